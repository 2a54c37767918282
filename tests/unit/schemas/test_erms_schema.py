"""Our CITS ERMS 3.0 schema: it stands alone and differs from the published one only on purpose."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from tests.unit.schemas.erms_instances import (
    NAMESPACE,
    OUR_SCHEMA,
    PUBLISHED_SCHEMA,
    accepts,
    attributes,
    load,
    local,
    maximal_instances,
    maximal_records,
)

XS = "{http://www.w3.org/2001/XMLSchema}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PARTS = sorted(OUR_SCHEMA.parent.glob("*.xsd"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A document on which our verdict deliberately is another one than that of the published 3.0.0."""

    reason: str
    before: str
    after: str
    published: bool
    ours: bool

    def document(self) -> bytes:
        """A maximal document, changed in one place."""
        text = maximal_records().decode()
        assert self.before in text
        return text.replace(self.before, self.after, 1).encode()


SYSTEM_AGENT = '<agent agentType="creator"><name>Diariet</name></agent></agents></systemInformation>'
DIFFERENCES = {
    1: Difference(
        reason="3.0.2 corrects the spelling; deliveries of both versions are read",
        before='recordPhysicalOrDigital="physcical_and_digital"',
        after='recordPhysicalOrDigital="physical_and_digital"',
        published=False,
        ours=True,
    ),
    2: Difference(
        reason="3.0.2 lets systemInformation/agents hold several agents",
        before=SYSTEM_AGENT,
        after='<agent agentType="owner"><name>Nämnden</name></agent>' + SYSTEM_AGENT,
        published=False,
        ours=True,
    ),
    3: Difference(
        reason="the types are our own, so xsi:type cannot name the published ones",
        before="<control>",
        after=f'<control xmlns:xsi="{XSI}" xsi:type="controlType">',
        published=True,
        ours=False,
    ),
}
CHOICES = {
    "both": "<erms>{control}<aggregations>{case}</aggregations><records>{record}</records></erms>",
    "records before control": "<erms><records>{record}</records>{control}</erms>",
    "no aggregation": "<erms>{control}<aggregations/></erms>",
    "no record": "<erms>{control}<records/></erms>",
    "records twice": "<erms>{control}<records>{record}</records><records>{record}</records></erms>",
    "empty record": '<records><record systemIdentifier="r"/></records>',
    "empty case": '<aggregations><aggregation systemIdentifier="a" aggregationType="class"/></aggregations>',
    "restriction without agents": '<restriction restrictionType="gdpr"><regulation/></restriction>',
    "work and loan without agents": '<records><record systemIdentifier="r"><objectId/>'
    "<IPPInformation/><loan/></record></records>",
    "neither": "<erms>{control}</erms>",
    "record then aggregation": '<aggregations><aggregation systemIdentifier="a" aggregationType="class">'
    "<objectId/>{record}{case}</aggregation></aggregations>",
    "aggregation then record": '<aggregations><aggregation systemIdentifier="a" aggregationType="class">'
    "<objectId/>{case}{record}</aggregation></aggregations>",
    "two records": "<records>{record}{record}</records>",
    "agent extended twice": '<agent agentType="user"><name/><agentExtendingInformation>'
    '<agentExtendingAppendix name="n" path="p"/><agentExtendingXMLInformation/>'
    "</agentExtendingInformation></agent>",
    "agent not extended": '<agent agentType="user"><name/><agentExtendingInformation/></agent>',
    "no dates": "<dates/>",
    "disposal without dates": '<disposal disposable="true"/>',
    "two groups of action dates": '<action><actionText/><dates><actionDate dateType="end">2026-11-01T00:00:00'
    '</actionDate></dates><dates><actionDate dateType="end">2026-11-01T00:00:00</actionDate>'
    "</dates></action>",
    "empty action agents": "<action><actionText/><agents/></action>",
    "known element in foreign XML, broken": "<additionalXMLData><dates/></additionalXMLData>",
    "local element in foreign XML": "<additionalXMLData><control/></additionalXMLData>",
    "nil": f'<title xmlns:xsi="{XSI}" xsi:nil="true"/>',
    "narrower built-in type": f'<title xmlns:xsi="{XSI}" xmlns:xs="{XS[1:-1]}" xsi:type="xs:token">a</title>',
    "classification scheme that is nowhere": '<records><record systemIdentifier="r" '
    'classificationSchemaUsed="nowhere"><objectId/></record></records>',
    "scheme identity twice": '<records><record systemIdentifier="r"><objectId/><additionalInformation>'
    '<additionalXMLData><classificationSchema classificationSchemaId="s"/>'
    '<classificationSchema classificationSchemaId="s"/></additionalXMLData></additionalInformation>'
    "</record></records>",
}
PIECES = {
    "control": '<control><identification identificationType="t"/><maintenanceInformation>'
    '<maintenanceStatus value="new"/><maintenanceAgency><agencyName/></maintenanceAgency><maintenanceHistory>'
    '<maintenanceEvent><eventType value=" created "/><eventDateTime>2026-11-01T00:00:00</eventDateTime>'
    '<agent agentType="user"><name/></agent></maintenanceEvent></maintenanceHistory></maintenanceInformation>'
    "</control>",
    "case": '<aggregation systemIdentifier="a" aggregationType="caseFile"><objectId/></aggregation>',
    "record": '<record systemIdentifier="r"><objectId/></record>',
}


@pytest.fixture(scope="module")
def ours() -> etree.XMLSchema:
    return load(OUR_SCHEMA)


@pytest.fixture(scope="module")
def published(corpus: Path) -> etree.XMLSchema:
    return load(corpus / PUBLISHED_SCHEMA)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_part_compiles_by_itself_and_includes_only_its_neighbours(part: Path) -> None:
    load(part)
    root = etree.parse(str(part)).getroot()
    assert root.get("targetNamespace") == NAMESPACE
    assert not root.findall(f"{XS}import")
    for include in root.findall(f"{XS}include"):
        assert part.parent / str(include.get("schemaLocation")) in PARTS


def test_the_whole_schema_holds_every_part() -> None:
    reached, waiting = set[Path](), [OUR_SCHEMA]
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            includes = etree.parse(str(part)).getroot().findall(f"{XS}include")
            waiting += [part.parent / str(include.get("schemaLocation")) for include in includes]
    assert reached == set(PARTS)


def test_a_stricter_processor_compiles_the_schema_and_accepts_the_maximal_documents() -> None:
    schema = xmlschema.XMLSchema(OUR_SCHEMA, allow="local")
    for document in maximal_instances():
        assert schema.is_valid(document.decode())


def test_both_schemas_accept_every_maximal_document(ours: etree.XMLSchema, published: etree.XMLSchema) -> None:
    for document in maximal_instances():
        assert accepts(published, document), published.error_log
        assert accepts(ours, document), ours.error_log


def test_the_maximal_documents_touch_all_that_the_published_schema_declares(corpus: Path) -> None:
    declared = set(_declared(etree.parse(str(corpus / PUBLISHED_SCHEMA)).getroot()))
    touched = {item for document in maximal_instances() for item in _touched(etree.fromstring(document))}
    assert len([item for item in declared if len(item) == 3]) > 180
    assert declared - touched == set()


def _declared(schema: etree._Element) -> Iterator[tuple[str, ...]]:
    """(element), (parent, element), (element, @attribute), (element, @attribute, term) of an XML schema."""
    for node in schema.iter(f"{XS}element", f"{XS}attribute", f"{XS}enumeration"):
        if node.tag == f"{XS}element":
            name = str(node.get("name") or node.get("ref"))
            yield (name,)
            yield from ((owner, name) for owner in _owners(node, schema))
            continue
        attribute = node if node.tag == f"{XS}attribute" else next(node.iterancestors(f"{XS}attribute"))
        term = (str(node.get("value")),) if node is not attribute else ()
        yield from ((owner, "@" + str(attribute.get("name")), *term) for owner in _owners(attribute, schema))


def _owners(node: etree._Element, schema: etree._Element) -> Iterator[str]:
    """The names of the elements in whose content or type a declaration stands."""
    for above in node.iterancestors(f"{XS}element", f"{XS}complexType"):
        name = above.get("name")
        if name is not None:
            users = schema.iter(f"{XS}element") if above.tag == f"{XS}complexType" else (above,)
            yield from (str(user.get("name")) for user in users if user is above or user.get("type") == name)
            return


def _touched(document: etree._Element) -> Iterator[tuple[str, ...]]:
    for element in document.iter(f"{{{NAMESPACE}}}*"):
        name, parent = local(element), element.getparent()
        yield (name,)
        if parent is not None:
            yield (local(parent), name)
        for attribute, term in attributes(element).items():
            yield (name, f"@{attribute}")
            yield (name, f"@{attribute}", term)


@pytest.mark.parametrize("case", CHOICES)
def test_the_verdict_on_choices_and_corners_is_the_published_one(
    case: str, ours: etree.XMLSchema, published: etree.XMLSchema
) -> None:
    text = CHOICES[case].format(**PIECES)
    document = re.sub(r"^<(\w+)", rf'<\1 xmlns="{NAMESPACE}"', text).encode()
    assert accepts(ours, document) == accepts(published, document)


@pytest.mark.parametrize("number", DIFFERENCES)
def test_a_deliberate_difference_is_one(number: int, ours: etree.XMLSchema, published: etree.XMLSchema) -> None:
    difference = DIFFERENCES[number]
    assert accepts(published, difference.document()) == difference.published, difference.reason
    assert accepts(ours, difference.document()) == difference.ours, difference.reason


def test_the_schema_lists_the_same_differences() -> None:
    numbered = re.findall(r"^ +(\d)\. ", OUR_SCHEMA.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in numbered] == list(DIFFERENCES)


def test_a_real_delivery_is_judged_alike(corpus: Path, ours: etree.XMLSchema, published: etree.XMLSchema) -> None:
    (package,) = corpus.glob("fgs/p360/*.zip")
    with zipfile.ZipFile(package) as archive:
        document = archive.read("content/748461/erms.xml")
    assert accepts(published, document)
    assert accepts(ours, document)
