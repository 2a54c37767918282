"""Hand-made CITS ERMS 3.0 documents that use every element, attribute and vocabulary term of the schema."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lxml import etree

NAMESPACE: Final = "https://DILCIS.eu/XML/ERMS"
OUR_SCHEMA: Final = Path(__file__).resolve().parents[3] / "schemas/erms/earkiv-erms-3.0.xsd"
PUBLISHED_SCHEMA: Final = "fgs/xsd/ERMS_v3.xsd"
"""Where the published schema, version 3.0.0, lies in the corpus."""


def _terms(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DATE_TERMS: Final = _terms(
    "aggregated appraisal archived archiving captured checked_in checked_out classification closed "
    "confidentiality_assessed created decision decision_date decision_deadline decrypted deleted "
    "destroyed dispatch encrypted end expedited expiration finished first_used last_addition "
    "last_addition_timestamp last_reviewed loan main_signature modified moved opened opening_date "
    "originated other_signature ownership_start prepared received received_at_location relocated "
    "rendered reviewed sent start take_back transferred other"
)
TERMS: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("aggregation", "aggregationType"): _terms(
        "caseFile class component file subfile volume own_aggregation_definition"
    ),
    ("record", "recordPhysicalOrDigital"): (
        "physical",
        "digital",
        "physcical_and_digital",
        "does_not_apply",
    ),
    ("status", "value"): _terms(
        "ad_acta closed expedited initiated in_progress obliterated on_hold open prepared received"
    ),
    ("direction", "directionDefinition"): _terms(
        "incoming outgoing internal_memo_for_follow-up internal_memo_without_follow-up case_draft other"
    ),
    ("relation", "relationType"): _terms(
        "replaces is_replaced_with reference referenced_by demands needed_by contains part_of "
        "other_format_version another_format_version_of has_version is_version_of is_redacted_version_of "
        "has_redacted_version rendition_version_of has_rendition_version is_child_of is_parent_of moved "
        "moved_from deleted own_relation_definition"
    ),
    ("restriction", "restrictionType"): ("confidential", "gdpr", "integrity", "other_type"),
    ("agent", "agentType"): _terms(
        "administrator agent archiver authorising_person borrower contact_person counterpart creator "
        "custodian deliverer dispatcher editor ipp_owner main_signatory mover opening_person "
        "other_signatory owner reader recipient receiver relocator responsible_person sender user other"
    ),
    ("addressLine", "addressType"): _terms(
        "postal_address postal_code postal_city post_box municipality_code municipality parish "
        "parish_code province county country other"
    ),
    ("contactLine", "contactType"): ("phonenumber", "mobilenumber", "fax", "email", "homepage", "other"),
    ("date", "dateType"): DATE_TERMS,
    ("actionDate", "dateType"): DATE_TERMS,
    ("disposalDate", "dateType"): _terms(
        "action_due applied confirmation_due disposal_date lifted overdue_alert retention_period_start "
        "retention_period_end other_date"
    ),
    ("classificationSchema", "classificationSchemaStatus"): ("current", "previous", "other"),
    ("maintenanceStatus", "value"): _terms("cancelled created deleted derived new revised unknown updated"),
    ("eventType", "value"): _terms("created revised deleted cancelled derived updated unknown"),
}
"""Every vocabulary of the published schema 3.0.0, by the element and attribute that carry it."""

_APPENDIX: Final = (
    'name="beslut.pdf" path="content/1/beslut.pdf" description="Beslut" fileFormat="PDF/A-2b"'
    ' originalFileFormat="DOCX" disposable="false" eSignatureHasExisted="true"'
)
_SIGNATURE: Final = (
    '<eSignature present="true" dateeSignatureIsVerified="2026-11-02T10:00:00Z">'
    '<signature><s:Signature xmlns:s="urn:sig">AA==</s:Signature></signature></eSignature>'
)
_OWN: Final = (
    "<ownElement><ownElementDescription>Fastighet</ownElementDescription>"
    '<ownElement name="fastighet" dataType="string" format="text"><value>Eken 1</value>'
    '<property><attribute name="yta" dataType="int" format="m2"><value>12</value>'
    '<property><attribute name="källa"/></property></attribute></property>'
    '<ownElement name="inre"><value>1</value></ownElement></ownElement></ownElement>'
)
ADDITIONAL: Final = (
    f"<additionalInformation><appendix {_APPENDIX}>{_SIGNATURE}</appendix>{_OWN}"
    '<additionalXMLData><x:fri xmlns:x="urn:x" a="1">text</x:fri><title>Känt element</title>'
    "</additionalXMLData>"
    "<additionalBinData>aGVqIGhlag==</additionalBinData></additionalInformation>"
)
_NOTES: Final = '<notes><note noteType="allmän" noteDate="2026-11-01T09:00:00">Anteckning</note></notes>'


def _each(element: str, attribute: str, content: str, beside: str) -> str:
    """One element per term of the element's vocabulary, all with the same content and attribute beside."""
    terms = TERMS[element, attribute]
    return "".join(f'<{element} {attribute}="{term}" {beside}="annat">{content}</{element}>' for term in terms)


def _dates() -> str:
    return "<dates>" + _each("date", "dateType", "2026-11-01T08:30:00", "otherDateType") + "</dates>"


def _agent() -> str:
    """An agent with everything, then one of every kind."""
    lines = _each("addressLine", "addressType", "Storgatan 1", "otherAddressLineType")
    lines += _each("contactLine", "contactType", "0980-12 34 56", "otherContactLineType")
    return (
        '<agent agentType="other" otherAgentType="ombud"><name>Åsa Öberg</name><agentExtendingInformation>'
        f"<agentExtendingAppendix {_APPENDIX}>{_SIGNATURE}</agentExtendingAppendix>"
        "</agentExtendingInformation>"
        "<organisation>Bygglovsenheten</organisation><unitName>Plan</unitName>"
        '<idNumber idNumberType="organisationsnummer">2120001234</idNumber><role>handläggare</role>'
        f"<addressContactInformation>{lines}</addressContactInformation>"
        f"<protectedIdentity>false</protectedIdentity>{_NOTES}</agent>"
        '<agent agentType="agent"><name>System</name><agentExtendingInformation>'
        "<agentExtendingXMLInformation>"
        '<e:eac xmlns:e="urn:eac"/></agentExtendingXMLInformation></agentExtendingInformation></agent>'
    )


def _agents() -> str:
    return "<agents>" + _agent() + _each("agent", "agentType", "<name>Namn</name>", "otherAgentType") + "</agents>"


def _control(maintenance_status: str) -> str:
    event_agent = '<agent agentType="deliverer"><name>Diariet</name><role>export</role></agent>'
    events = "".join(
        f'<maintenanceEvent><eventType value="{term}"/>'
        "<eventDateTime>2026-11-03T12:00:00+01:00</eventDateTime>"
        f"{event_agent}</maintenanceEvent>"
        for term in TERMS["eventType", "value"]
    )
    schemes = "".join(
        f'<classificationSchema classificationSchemaId="s{number}" classificationSchemaStatus="{term}"'
        ' otherClassificationSchemaStatus="annan"><useDatePeriod><fromDate>2016-01-01</fromDate>'
        "<toDate>2025-12-31</toDate></useDatePeriod><textualDescriptionOfClassificationSchema><p>KlaSSA</p>"
        f"</textualDescriptionOfClassificationSchema>{ADDITIONAL}</classificationSchema>"
        for number, term in enumerate(TERMS["classificationSchema", "classificationSchemaStatus"])
    )
    return (
        '<control><identification identificationType="arkivbildare">Byggnadsnämnden</identification>'
        f"<informationClass>1</informationClass>{schemes}<securityClass>öppen</securityClass>{_dates()}"
        f'<maintenanceInformation><maintenanceStatus value="{maintenance_status}"/><maintenanceAgency>'
        '<agencyCode type="orgnr">2120001234</agencyCode><otherAgencyCode type="lokal">BN</otherAgencyCode>'
        '<agencyName>Byggnadsnämnden</agencyName><note noteType="n">Not</note></maintenanceAgency>'
        f"<maintenanceHistory>{events}</maintenanceHistory></maintenanceInformation><systemInformation>"
        '<extraMetadataInformation><v:version xmlns:v="urn:v">9</v:version></extraMetadataInformation>'
        '<agents><agent agentType="creator"><name>Diariet</name></agent></agents>'
        "</systemInformation></control>"
    )


def _identity() -> str:
    return (
        '<objectId>BN 2026-17</objectId><extraId extraIdType="gammalt">17</extraId>'
        "<informationClass>1</informationClass><securityClass>öppen</securityClass>"
        '<identification identificationType="arkivkod">F2</identification>'
        '<classification classificationId="c1"'
        ' classificationCode="3.1" fullyQualifiedClassificationCode="BN.3.1"'
        ' newFullyQualifiedClassificationCode="BN.4.1">Bygglov</classification>'
        "<parentAggregationId>BN 2026</parentAggregationId>"
    )


def _content() -> str:
    return (
        "<levelName>ärende</levelName><keywords><keyword>bygglov</keyword></keywords><title>Carport</title>"
        '<otherTitle titleType="offentlig">Carport, Eken 1</otherTitle><subject>lov</subject>'
        '<status value="closed"/>'
    )


def _limits() -> str:
    duration = f"{_dates()}<calculatedDuration>70 år</calculatedDuration>"
    restriction = (
        "<explanatoryText>Hälsa</explanatoryText><regulation>OSL 25:1</regulation><informationClass>2"
        "</informationClass>"
        f"<securityClass>hög</securityClass>{_agent()}{_dates()}<duration>{duration}</duration>"
    )
    return (
        _each("restriction", "restrictionType", restriction, "otherRestrictionType")
        + f"<IPPInformation>{_agent()}<reproductionConditions>Fråga</reproductionConditions>"
        f"<ippDuration>{duration}</ippDuration><ippType>verk</ippType></IPPInformation>"
        f"<loan>{_agent()}{_dates()}<term>en månad</term></loan>{_disposal()}"
    )


def _disposal() -> str:
    texts = (
        "<defaultDisposalScheduleId>D1</defaultDisposalScheduleId><disposalScheduleId>D2</disposalScheduleId>"
        "<disposalAction>gallra</disposalAction><disposalPeriod>10 år</disposalPeriod>"
        "<disposalMandate>RA-MS 2026:1</disposalMandate>"
        "<disposalDescription>Efter frist</disposalDescription>"
        "<disposalComments><disposalComment>Prövad</disposalComment></disposalComments>"
        "<lastReviewedDisposalComment>Kvar</lastReviewedDisposalComment>"
        "<disposingPerson>A</disposingPerson><supervisingPerson>B</supervisingPerson>"
    )
    dates = _each("disposalDate", "dateType", "2036-11-01T00:00:00", "otherDisposalDateType")
    return f'<disposal disposable="true">{texts}<dates>{dates}</dates></disposal>'


def _history() -> str:
    action_dates = _each("actionDate", "dateType", "2026-11-01T08:30:00", "otherDateType")
    return (
        f"{_agents()}<description>Ansökan om carport</description>{_dates()}<action>"
        "<actionText>Beslut</actionText>"
        "<actionDue>snart</actionDue><actionMotivation>PBL 9:30</actionMotivation>"
        "<actionType>beslut</actionType>"
        f"<dates>{action_dates}</dates><agents>{_agent()}</agents></action>"
        "<archivalHistory><historyLine>Flyttad</historyLine></archivalHistory>"
        "<dispatchMode>post</dispatchMode><access>fri</access><physicalLocations><physicalLocation>"
        "<currentLocation>K2</currentLocation><homeLocation>K1</homeLocation></physicalLocation>"
        f"</physicalLocations>{_NOTES}<eSignatures>{_SIGNATURE}</eSignatures>"
    )


def _relations() -> str:
    return _each("relation", "relationType", "BN 2025-3", "otherRelationType")


def _records() -> str:
    """A record with everything, then small ones for the terms that a record holds only once."""
    full = (
        '<record systemIdentifier="r0" recordType="beslut" recordPhysicalOrDigital="digital"'
        f' classificationSchemaUsed="s0">{_identity()}{_content()}<runningNumber>1</runningNumber>'
        f'{_relations()}{_limits()}<direction directionDefinition="other" otherDirectionDefinition="annan">'
        f"via ombud</direction>{_history()}{ADDITIONAL}</record>"
    )
    carriers = TERMS["record", "recordPhysicalOrDigital"]
    states = (f'<status value="{term}"/>' for term in TERMS["status", "value"])
    ways = (f'<direction directionDefinition="{term}"/>' for term in TERMS["direction", "directionDefinition"])
    small = (f"<objectId>1</objectId>{inside}</record>" for inside in (*states, *ways))
    return full + "".join(
        f'<record systemIdentifier="r" recordPhysicalOrDigital="{carriers[number % len(carriers)]}">{record}'
        for number, record in enumerate(small)
    )


def _aggregations() -> str:
    small = _each("aggregation", "aggregationType", "<objectId>2</objectId>", "systemIdentifier")
    nested = '<aggregation systemIdentifier="c" aggregationType="file"><objectId>3</objectId>'
    nested += f"{_records()}</aggregation>"
    return (
        '<aggregation systemIdentifier="a" aggregationType="own_aggregation_definition"'
        f' otherAggregationType="projekt" classificationSchemaUsed="s0">{_identity()}'
        "<hierarchicalParentClassId>3</hierarchicalParentClassId>"
        "<maxLevelsOfAggregation>2</maxLevelsOfAggregation>"
        f"{_content()}{_relations()}{ADDITIONAL}{_limits()}{_history()}{nested}{small}</aggregation>"
    )


def _document(maintenance_status: str, body: str) -> bytes:
    text = f'<erms xmlns="{NAMESPACE}">{_control(maintenance_status)}{body}{ADDITIONAL}</erms>'
    return text.encode()


def maximal_aggregations() -> bytes:
    """A document of aggregations, with all that they and the document may hold, records inside."""
    return _document("new", f"<aggregations>{_aggregations()}</aggregations>")


def maximal_records() -> bytes:
    """A document of records without aggregations, each part as full as the schema lets it be."""
    return _document("revised", f"<records>{_records()}</records>")


def maximal_instances() -> Iterable[bytes]:
    """The two maximal documents, then one for each state that a document states once."""
    yield maximal_aggregations()
    yield maximal_records()
    record = '<records><record systemIdentifier="r"><objectId>1</objectId></record></records>'
    for term in TERMS["maintenanceStatus", "value"]:
        yield _document(term, record)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname


def attributes(element: etree._Element) -> dict[str, str]:
    """An element's attributes, as they are now."""
    return {str(name): str(term) for name, term in element.attrib.items()}


def path(element: etree._Element) -> str:
    """The local names from the root to an element."""
    return "/".join([local(above) for above in reversed(list(element.iterancestors()))] + [local(element)])


def load(schema: Path) -> etree.XMLSchema:
    """A compiled schema, read without network."""
    return etree.XMLSchema(etree.parse(str(schema), etree.XMLParser(no_network=True)))


def accepts(schema: etree.XMLSchema, document: bytes) -> bool:
    """Whether a schema accepts a document. Parses anew: a validated tree remembers its xs:ID values."""
    return schema.validate(etree.fromstring(document, etree.XMLParser(no_network=True, huge_tree=True)))
