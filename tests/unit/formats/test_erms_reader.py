"""CITS ERMS into the case model: everything that is said, and nothing that is not."""

from io import BytesIO
from pathlib import Path

import pytest

from ingest.domain.cases import Case, Record
from ingest.domain.dates import Precision
from ingest.domain.descriptions import (
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    OwnElement,
    Relation,
    TypedDate,
    TypedText,
)
from ingest.domain.paths import PackagePath
from ingest.formats.erms_reader import ErmsDescription, is_erms, read_erms
from ingest.formats.xml import XmlFault, XmlRefused

SCHEMA = "erms-3.0"
CONTROL = """<control>
<identification identificationType="arkivbildare">Nämnden</identification>
<classificationSchema classificationSchemaId="s1" classificationSchemaStatus="current">
<textualDescriptionOfClassificationSchema><p>KLASSA 2.0</p></textualDescriptionOfClassificationSchema>
</classificationSchema>
<maintenanceInformation><maintenanceStatus value="new"/>
<maintenanceAgency><agencyName>A</agencyName></maintenanceAgency>
<maintenanceHistory><maintenanceEvent><eventType value="created"/><eventDateTime>2026-11-01T00:00:00</eventDateTime>
<agent agentType="deliverer"><name>S</name></agent></maintenanceEvent></maintenanceHistory></maintenanceInformation>
</control>"""
HEAD = "<objectId>EXN 2021/17</objectId>"
RECORD_HEAD = "<objectId>EXN 2021/17:1</objectId>"


def erms(inside: str) -> str:
    return f'<erms xmlns="https://DILCIS.eu/XML/ERMS">{CONTROL}{inside}</erms>'


def of_case(inside: str) -> str:
    start = '<aggregations><aggregation systemIdentifier="u1" aggregationType="caseFile">'
    return erms(f"{start}{inside}</aggregation></aggregations>")


def of_record(inside: str) -> str:
    start = '<records><record systemIdentifier="u2" recordType="Beslut" recordPhysicalOrDigital="digital">'
    return erms(f"{start}{inside}</record></records>")


class Reader:
    """Reads a document's text; a link leads to the file of that name, unless it is `absent`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "erms.xml"
        self.links: list[tuple[str, int]] = []

    def resolve(self, link: str, line: int) -> PackagePath | None:
        self.links.append((link, line))
        return None if link == "absent" else PackagePath(f"content/{link}")

    def description(self, text: str) -> ErmsDescription:
        self.path.write_text(text, encoding="utf-8")
        description = read_erms(self.path, self.resolve, schema=SCHEMA)
        assert description is not None
        assert description.schema_valid
        return description

    def case(self, inside: str) -> Case:
        (case,) = self.description(of_case(inside)).cases
        return case

    def record(self, inside: str) -> Record:
        (record,) = self.description(of_record(inside)).records
        return record


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_a_case_keeps_its_plain_words_as_delivered(reader: Reader) -> None:
    case = reader.case(
        HEAD + '<extraId extraIdType="deliveringSystemId">748</extraId><informationClass>K2</informationClass>'
        "<securityClass>S1</securityClass>"
        '<identification identificationType="diarium">D</identification>'
        '<classification classificationCode="3.1.2" classificationId="c">Bygglov</classification>'
        "<parentAggregationId>P</parentAggregationId><levelName>ärende</levelName>"
        "<keywords><keyword>bygge</keyword><keyword>lov</keyword></keywords>"
        "<title> Ansökan om bygglov </title>"
        '<otherTitle titleType="public">Bygglov</otherTitle><subject>S</subject><status value="closed"/>'
    )
    assert (case.id, case.system_id, case.aggregation_type) == ("EXN 2021/17", "u1", "caseFile")
    assert case.title == " Ansökan om bygglov "
    assert case.other_titles == (TypedText(type="public", text="Bygglov"),)
    assert case.extra_ids == (ExtraId(type="deliveringSystemId", text="748"),)
    assert case.identifications == (IdText(type="diarium", text="D"),)
    assert (case.information_class, case.security_class, case.status) == ("K2", "S1", "closed")
    assert (case.keywords, case.subjects) == (("bygge", "lov"), ("S",))
    assert (case.parent_id, case.level_name) == ("P", "ärende")
    scheme = Classification(code="3.1.2", title="Bygglov", scheme="KLASSA 2.0", id="c")
    assert case.classifications == (scheme,)
    assert case.additional.xml == ()


def test_history_notes_and_places_are_read(reader: Reader) -> None:
    case = reader.case(
        HEAD + '<relation relationType="replaces">EXN 2020/1</relation>'
        "<description>B</description>"
        '<dates><date dateType="closed">2021-06-01T00:00:00</date>'
        '<date dateType="other" otherDateType="laga kraft">2021-07-01T12:00:00Z</date></dates>'
        "<archivalHistory><historyLine>H</historyLine></archivalHistory><dispatchMode>post</dispatchMode>"
        "<access>A</access><physicalLocations><physicalLocation><currentLocation>hylla 3</currentLocation>"
        "</physicalLocation></physicalLocations><notes>"
        '<note noteType="t" noteDate="2021-01-01T00:00:00">N</note></notes>'
    )
    closed, other = case.dates
    assert case.date("closed") == closed
    assert closed.value is not None
    assert closed.value.precision is Precision.SECOND
    assert (other.type, other.other_type, other.raw) == ("other", "laga kraft", "2021-07-01T12:00:00Z")
    assert case.relations == (Relation(type="replaces", target="EXN 2020/1"),)
    assert (case.description, case.archival_history, case.dispatch_mode) == ("B", ("H",), "post")
    assert (case.access, case.locations) == ("A", ("hylla 3",))
    assert case.notes == (Note(text="N", type="t", date="2021-01-01T00:00:00"),)
    assert case.additional.xml == ()


def test_a_party_is_read_with_its_protection(reader: Reader) -> None:
    (party,) = reader.case(
        HEAD + '<agents><agent agentType="counterpart"><name>N</name><organisation>O</organisation>'
        '<unitName>U</unitName><idNumber idNumberType="personnummer">190001019999</idNumber><role>R</role>'
        '<addressContactInformation><addressLine addressType="postal_city">Ort</addressLine>'
        '<contactLine contactType="email">a@example.se</contactLine></addressContactInformation>'
        "<protectedIdentity>true</protectedIdentity></agent></agents>"
    ).parties
    assert (party.type, party.name, party.organisation) == ("counterpart", "N", "O")
    assert (party.unit, party.role) == ("U", "R")
    assert (party.id_number, party.id_number_type) == ("190001019999", "personnummer")
    assert party.addresses == (TypedText(type="postal_city", text="Ort"),)
    assert party.contacts == (TypedText(type="email", text="a@example.se"),)
    assert party.protected_identity is True


def test_silence_about_protection_is_kept_as_silence(reader: Reader) -> None:
    (party,) = reader.case(HEAD + '<agents><agent agentType="sender"><name>N</name></agent></agents>').parties
    assert party.protected_identity is None


def test_created_starts_a_restriction_and_end_ends_it(reader: Reader) -> None:
    (restriction,) = reader.record(
        RECORD_HEAD + '<restriction restrictionType="confidential"><explanatoryText>E</explanatoryText>'
        '<regulation>OSL 21 kap. 3 §</regulation><agent agentType="authorising_person"><name>N</name></agent>'
        '<dates><date dateType="created">2021-05-03T00:00:00</date><date dateType="reviewed">2022-01-01T00:00:00</date>'
        '<date dateType="end">2091-05-03T00:00:00</date></dates>'
        "<duration><calculatedDuration>70 år</calculatedDuration></duration></restriction>"
    ).restrictions
    assert (restriction.type, restriction.regulation) == ("confidential", "OSL 21 kap. 3 §")
    assert restriction.explanatory_text == "E"
    assert restriction.starts is not None
    assert restriction.ends is not None
    assert restriction.starts.raw == "2021-05-03T00:00:00"
    assert restriction.ends.raw == "2091-05-03T00:00:00"
    assert [date.type for date in restriction.other_dates] == ["reviewed"]
    assert restriction.durations == ("70 år",)
    assert [agent.type for agent in restriction.agents] == ["authorising_person"]


def test_a_restriction_that_only_starts_has_no_end(reader: Reader) -> None:
    (restriction,) = reader.record(
        RECORD_HEAD + '<restriction restrictionType="confidential"><regulation>L</regulation>'
        '<dates><date dateType="created">2021-05-03T00:00:00</date></dates></restriction>'
    ).restrictions
    assert restriction.starts is not None
    assert restriction.ends is None


def test_disposal_is_read(reader: Reader) -> None:
    disposal = reader.case(
        HEAD
        + '<disposal disposable="true"><disposalScheduleId>I</disposalScheduleId><disposalAction>A</disposalAction>'
        "<disposalPeriod>10 år</disposalPeriod><disposalMandate>M</disposalMandate>"
        "<disposalDescription>D</disposalDescription>"
        "<disposalComments><disposalComment>C</disposalComment></disposalComments>"
        '<dates><disposalDate dateType="disposal_date">2031-01-01T00:00:00</disposalDate></dates></disposal>'
    ).disposal
    assert disposal is not None
    (date,) = disposal.dates
    assert disposal == Disposal(
        disposable=True,
        action="A",
        period="10 år",
        mandate="M",
        description="D",
        schedule_id="I",
        comments=("C",),
        dates=(TypedDate(type="disposal_date", raw="2031-01-01T00:00:00", value=date.value),),
    )


def test_a_record_has_its_number_direction_and_files(reader: Reader) -> None:
    record = reader.record(
        RECORD_HEAD + "<title>Beslut</title><runningNumber>7</runningNumber>"
        '<direction directionDefinition="outgoing"/><additionalInformation>\n'
        '<appendix name="Beslut.pdf" path="b.pdf" fileFormat="PDF" originalFileFormat="DOCX" description="d"'
        ' disposable="false" eSignatureHasExisted="true"/>\n'
        '<appendix name="Borta" path="absent"/></additionalInformation>'
    )
    found, absent = record.documents
    assert (record.number, record.direction, record.type) == ("7", "outgoing", "Beslut")
    assert record.physical_or_digital == "digital"
    assert (found.name, found.link, found.path) == ("Beslut.pdf", "b.pdf", "content/b.pdf")
    assert (found.file_format, found.original_file_format, found.description) == ("PDF", "DOCX", "d")
    assert (found.disposable, found.e_signature) == (False, True)
    assert (absent.path, absent.line) == (None, found.line + 1)
    assert reader.links == [("b.pdf", found.line), ("absent", absent.line)]


def test_cases_lie_inside_cases_and_files_can_belong_to_a_case(reader: Reader) -> None:
    case = reader.case(
        HEAD + '<additionalInformation><appendix name="A" path="a.pdf"/></additionalInformation>'
        '<aggregation systemIdentifier="u3" aggregationType="own_aggregation_definition" otherAggregationType="del">'
        '<objectId>del 1</objectId><record systemIdentifier="u4"><objectId>r</objectId></record></aggregation>'
    )
    (part,) = case.parts
    assert [document.path for document in case.documents] == ["content/a.pdf"]
    assert (part.id, part.other_aggregation_type) == ("del 1", "del")
    assert [record.id for record in part.records] == ["r"]
    assert case.records == ()


def test_own_elements_nest(reader: Reader) -> None:
    record = reader.record(
        RECORD_HEAD + "<additionalInformation><ownElement><ownElementDescription>Fastighet</ownElementDescription>"
        '<ownElement name="beteckning" dataType="string" format="f"><value>Kvarnen 1:2</value>'
        '<ownElement name="del"><value>1</value></ownElement></ownElement></ownElement></additionalInformation>'
    )
    inner = OwnElement(name="del", value="1")
    value = OwnElement(name="beteckning", value="Kvarnen 1:2", type="string", format="f", elements=(inner,))
    assert record.additional.own_elements == (OwnElement(name="Fastighet", elements=(value,)),)


def test_foreign_xml_is_kept_as_canonical_text(reader: Reader) -> None:
    record = reader.record(
        RECORD_HEAD + "<additionalInformation><additionalXMLData>"
        '<f:fastighet xmlns:f="urn:f" b="2" a="1"><!-- x --><f:kod/></f:fastighet>'
        "</additionalXMLData></additionalInformation>"
    )
    fragment = '<f:fastighet xmlns:f="urn:f" a="1" b="2"><!-- x --><f:kod></f:kod></f:fastighet>'
    assert record.additional.xml == (fragment,)


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<action><actionText>Beslut</actionText></action>", "action"),
        ("<loan><term>år</term></loan>", "loan"),
        ("<IPPInformation><ippType>upphovsrätt</ippType></IPPInformation>", "IPPInformation"),
        ('<eSignatures><eSignature present="true"/></eSignatures>', "eSignatures"),
        ('<direction directionDefinition="other" otherDirectionDefinition="internal"/>', "direction"),
        (
            "<additionalInformation><additionalBinData>YQ==</additionalBinData></additionalInformation>",
            "additionalBinData",
        ),
        (
            "<physicalLocations><physicalLocation><homeLocation>h</homeLocation></physicalLocation></physicalLocations>",
            "physicalLocations",
        ),
        (
            (
                '<disposal disposable="false"><disposingPerson>P</disposingPerson><dates>'
                '<disposalDate dateType="lifted">2021-01-01T00:00:00</disposalDate></dates></disposal>'
            ),
            "disposal",
        ),
    ],
)
def test_what_the_model_has_no_words_for_is_kept_as_xml(reader: Reader, inside: str, kept: str) -> None:
    (fragment,) = reader.record(RECORD_HEAD + inside).additional.xml
    assert fragment.startswith(f'<{kept} xmlns="https://DILCIS.eu/XML/ERMS"')


def test_the_delivery_as_a_whole_speaks_too(reader: Reader) -> None:
    text = of_record(RECORD_HEAD).replace(
        "</records>", '</records><additionalInformation><appendix name="x" path="x"/></additionalInformation>'
    )
    description = reader.description(text)
    assert description.identifications == (IdText(type="arkivbildare", text="Nämnden"),)
    assert description.additional[0].startswith("<additionalInformation")


def test_a_document_that_breaks_the_schema_is_still_read(reader: Reader) -> None:
    reader.path.write_text(of_case(HEAD + '<status value="oklart"/>'), encoding="utf-8")
    description = read_erms(reader.path, reader.resolve, schema=SCHEMA)
    assert description is not None
    assert not description.schema_valid
    assert description.cases[0].status == "oklart"


def test_another_document_is_no_erms(reader: Reader) -> None:
    inner = f"<x>{of_case(HEAD)}</x>"
    reader.path.write_text(inner, encoding="utf-8")
    assert read_erms(reader.path, reader.resolve, schema=None) is None
    assert not is_erms(BytesIO(reader.path.read_bytes()))
    reader.path.write_text(of_case(HEAD), encoding="utf-8")
    assert is_erms(BytesIO(reader.path.read_bytes()))
    reader.path.write_bytes(b"%PDF-1.7")
    assert not is_erms(BytesIO(reader.path.read_bytes()))


def test_a_document_type_is_refused(reader: Reader) -> None:
    reader.path.write_text("<!DOCTYPE erms [<!ENTITY x 'y'>]>" + of_case(HEAD), encoding="utf-8")
    with pytest.raises(XmlRefused) as refusal:
        read_erms(reader.path, reader.resolve, schema=None)
    assert refusal.value.code is XmlFault.DOCTYPE
