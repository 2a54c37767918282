"""A sound PREMIS document that uses everything the rules look at, and small ways to break it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element

from ingest.domain.paths import PackagePath
from ingest.rules.premis.documents import PremisJudge

NAMESPACE: Final = "http://www.loc.gov/premis/v3"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
SOURCE: Final = PackagePath("metadata/preservation/premis.xml")
PDF: Final = PackagePath("representations/rep1/data/ansokan.pdf")
ENTRIES: Final = frozenset({SOURCE, PDF})
SHA256: Final = "ab" * 32
Break = Callable[[_Element], None]


def identified(kind: str, value: str) -> str:
    inside = f"<{kind}IdentifierType>UUID</{kind}IdentifierType><{kind}IdentifierValue>{value}</{kind}IdentifierValue>"
    return f"<{kind}Identifier>{inside}</{kind}Identifier>"


def documented(kind: str, information: str) -> str:
    """The documentation of a right, with what must stand before it."""
    name = f"{kind}DocumentationIdentifier"
    return f"{information}<{name}><{name}Type>URI</{name}Type><{name}Value>urn:{kind}</{name}Value></{name}>"


def granted(number: int, basis: str, information: str) -> str:
    return f"""
    <rightsStatement>
      {identified("rightsStatement", f"r{number}")}
      <rightsBasis>{basis}</rightsBasis>
      {information}
      <rightsGranted><act>disseminate</act><termOfGrant><startDate>2021-01-01</startDate></termOfGrant></rightsGranted>
    </rightsStatement>"""


_COPYRIGHT = documented(
    "copyright", "<copyrightStatus>copyrighted</copyrightStatus><copyrightJurisdiction>se</copyrightJurisdiction>"
)
_STATUTE = documented(
    "statute", "<statuteJurisdiction>se</statuteJurisdiction><statuteCitation>TF 2 kap.</statuteCitation>"
)
_OTHER = documented("otherRights", "")
_RELATION = """<relationshipType>structural</relationshipType><relationshipSubType>represents</relationshipSubType>"""

SOUND: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<premis xmlns="{NAMESPACE}" xmlns:xsi="{XSI}" version="3.0">
  <object xsi:type="intellectualEntity">
    {identified("object", "o1")}
    <environmentFunction>
      <environmentFunctionType>software</environmentFunctionType>
      <environmentFunctionLevel>1</environmentFunctionLevel>
    </environmentFunction>
    <environmentDesignation><environmentName>Exempeldiariet</environmentName></environmentDesignation>
  </object>
  <object xsi:type="representation">
    {identified("object", "o2")}
    <significantProperties>
      <significantPropertiesType>pages</significantPropertiesType>
      <significantPropertiesValue>3</significantPropertiesValue>
    </significantProperties>
    <relationship>{_RELATION}{identified("relatedObject", "o1")}</relationship>
  </object>
  <object xsi:type="file">
    {identified("object", "o3")}
    <objectCharacteristics>
      <fixity>
        <messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>
        <messageDigest>{SHA256}</messageDigest>
      </fixity>
      <size>17</size>
      <format>
        <formatDesignation><formatName>PDF</formatName></formatDesignation>
        <formatRegistry>
          <formatRegistryName>PRONOM</formatRegistryName><formatRegistryKey>fmt/276</formatRegistryKey>
        </formatRegistry>
      </format>
      <creatingApplication><creatingApplicationName>Writer</creatingApplicationName></creatingApplication>
    </objectCharacteristics>
    <originalName>ansokan.pdf</originalName>
    <storage>
      <contentLocation>
        <contentLocationType>path</contentLocationType>
        <contentLocationValue>{PDF}</contentLocationValue>
      </contentLocation>
    </storage>
    <relationship>
      {_RELATION}{identified("relatedObject", "o2")}{identified("relatedEvent", "e1")}
    </relationship>
    {identified("linkingRightsStatement", "r1")}
  </object>
  <event>
    {identified("event", "e1")}
    <eventType>creation</eventType>
    <eventDateTime>2021-05-03T12:00:00+02:00</eventDateTime>
    <eventOutcomeInformation><eventOutcome>success</eventOutcome></eventOutcomeInformation>
    {identified("linkingAgent", "a1")}
    {identified("linkingObject", "o3")}
  </event>
  <agent>
    {identified("agent", "a1")}
    <agentName>Exempeldiariet</agentName>
    <agentType>software</agentType>
    <agentVersion>7.2</agentVersion>
    {identified("linkingRightsStatement", "r1")}
  </agent>
  <rights>
    {granted(1, "copyright", f"<copyrightInformation>{_COPYRIGHT}</copyrightInformation>")}
    {granted(2, "license", f"<licenseInformation>{documented('license', '')}</licenseInformation>")}
    {granted(3, "statute", f"<statuteInformation>{_STATUTE}</statuteInformation>")}
    {
    granted(
        4,
        "other",
        f"<otherRightsInformation>{_OTHER}<otherRightsBasis>avtal</otherRightsBasis></otherRightsInformation>",
    )
}
  </rights>
</premis>
"""


def found(root: _Element, path: str) -> _Element:
    """Give the first element at a path of PREMIS names; `object[2]` and the like count."""
    steps = "/".join(f"p:{step}" for step in path.split("/"))
    places = root.xpath(f"./{steps}", namespaces={"p": NAMESPACE})
    assert isinstance(places, list)
    first = places[0]
    assert isinstance(first, _Element)
    return first


def without(path: str) -> Break:
    """Take the first element at the path away."""

    def broken(root: _Element) -> None:
        element = found(root, path)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return broken


def said(path: str, text: str) -> Break:
    """Give an element another text."""

    def broken(root: _Element) -> None:
        found(root, path).text = text

    return broken


def mutated(*breaks: Break) -> bytes:
    """The sound document, broken."""
    root = etree.fromstring(SOUND.encode())
    for each in breaks:
        each(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def ids(folder: Path, document: bytes) -> list[str]:
    """Judge a document alone by all rules but its schema, and give the ids of what is found."""
    local = folder / "premis.xml"
    local.write_bytes(document)
    judge = PremisJudge(ENTRIES)
    told = (*judge.violations(local, SOURCE), *judge.ended())
    return [violation.rule for violation in told if violation.rule != "EARKIV-XML-4"]
