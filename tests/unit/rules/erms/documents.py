"""A sound ERMS document that uses every block the rules look at, and small ways to break it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from lxml import etree
from lxml.etree import _Element

from ingest.domain.paths import PackagePath
from ingest.rules.erms.documents import ErmsVersion, erms_violations

NAMESPACE: Final = "https://DILCIS.eu/XML/ERMS"
SOURCE: Final = PackagePath("metadata/descriptive/erms.xml")
Break = Callable[[_Element], None]

SOUND: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<erms xmlns="{NAMESPACE}">
  <control>
    <identification identificationType="arkivbildare">Exempelnämnden</identification>
    <classificationSchema classificationSchemaId="klassa" classificationSchemaStatus="current">
      <useDatePeriod><fromDate>2012-01-01</fromDate><toDate>2022-12-31</toDate></useDatePeriod>
      <textualDescriptionOfClassificationSchema><p>KLASSA 2.0</p></textualDescriptionOfClassificationSchema>
    </classificationSchema>
    <classificationSchema classificationSchemaId="egen" classificationSchemaStatus="previous"/>
    <maintenanceInformation>
      <maintenanceStatus value="new"/>
      <maintenanceAgency>
        <agencyCode type="organisationsnummer">2120009994</agencyCode>
        <otherAgencyCode type="GLN">73500000</otherAgencyCode>
        <agencyName>Exempelstaden</agencyName>
      </maintenanceAgency>
      <maintenanceHistory>
        <maintenanceEvent>
          <eventType value="created"/>
          <eventDateTime>2024-05-29T20:48:56</eventDateTime>
          <agent agentType="deliverer"><name>Exempeldiariet</name></agent>
        </maintenanceEvent>
      </maintenanceHistory>
    </maintenanceInformation>
    <systemInformation>
      <agents><agent agentType="custodian"><name>Exempel AB</name></agent></agents>
    </systemInformation>
  </control>
  <aggregations>
    <aggregation systemIdentifier="a1" aggregationType="caseFile" classificationSchemaUsed="klassa">
      <objectId>EXN 2021/17</objectId>
      <extraId extraIdType="deliveringSystemId">748461</extraId>
      <classification classificationCode="3.1.2">Bygglov</classification>
      <keywords><keyword>bygglov</keyword></keywords>
      <title>Ansökan om bygglov</title>
      <status value="closed"/>
      <relation relationType="own_relation_definition" otherRelationType="följer">EXN 2020/3</relation>
      <restriction restrictionType="other_type" otherRestrictionType="avtal">
        <regulation>Avtal 2020-17</regulation>
        <dates><date dateType="end">2091-05-03T00:00:00</date></dates>
      </restriction>
      <loan>
        <agent agentType="borrower"><name>Arkivet</name></agent>
        <dates><date dateType="loan">2022-01-01T00:00:00</date></dates>
      </loan>
      <disposal disposable="true">
        <disposalPeriod>P5Y</disposalPeriod>
        <disposalMandate>Beslut 2019:4</disposalMandate>
        <disposalComments><disposalComment>Se beslutet.</disposalComment></disposalComments>
        <dates>
          <disposalDate dateType="other_date" otherDisposalDateType="prövning">2031-01-01T00:00:00</disposalDate>
        </dates>
      </disposal>
      <agents>
        <agent agentType="other" otherAgentType="ombud">
          <name>Anna Exempel</name>
          <idNumber idNumberType="anställningsnummer">17</idNumber>
          <addressContactInformation>
            <addressLine addressType="other" otherAddressLineType="gård">Norrgården</addressLine>
            <contactLine contactType="other" otherContactLineType="radio">7</contactLine>
          </addressContactInformation>
        </agent>
        <agent agentType="counterpart"><name>Bo Exempel</name><protectedIdentity>true</protectedIdentity></agent>
      </agents>
      <dates>
        <date dateType="created">2021-04-01T00:00:00</date>
        <date dateType="closed">2021-06-01T00:00:00</date>
      </dates>
      <action>
        <actionText>Lov beviljas.</actionText>
        <actionType>beslut</actionType>
        <dates><actionDate dateType="decision_date">2021-05-03T00:00:00</actionDate></dates>
        <agents><agent agentType="authorising_person"><name>Nämnden</name></agent></agents>
      </action>
      <archivalHistory><historyLine>Överfört 2023.</historyLine></archivalHistory>
      <physicalLocations>
        <physicalLocation><currentLocation>Hylla 4</currentLocation></physicalLocation>
      </physicalLocations>
      <notes><note noteDate="2021-05-03T00:00:00">Platsbesök gjort.</note></notes>
      <eSignatures><eSignature present="true"><signature><s xmlns="urn:example"/></signature></eSignature></eSignatures>
      <record systemIdentifier="h1" recordType="Ansökan" recordPhysicalOrDigital="digital"
              classificationSchemaUsed="klassa">
        <objectId>EXN 2021/17:1</objectId>
        <extraId extraIdType="deliveringSystemId">748462</extraId>
        <identification identificationType="referens">SE/X</identification>
        <classification classificationCode="3.1.2">Bygglov</classification>
        <parentAggregationId>EXN 2021/17</parentAggregationId>
        <title>Ansökan</title>
        <status value="received"/>
        <runningNumber>1</runningNumber>
        <direction directionDefinition="other" otherDirectionDefinition="inlånad"/>
        <agents><agent agentType="other" otherAgentType="ombud"><name>Cecilia Exempel</name></agent></agents>
        <dates>
          <date dateType="created">2021-04-01T00:00:00</date>
          <date dateType="other" otherDateType="inläst">2021-04-02T00:00:00</date>
        </dates>
        <notes><note noteDate="2021-05-03T00:00:00">Komplett.</note></notes>
        <additionalInformation>
          <appendix name="Ansökan" path="ansokan.pdf" fileFormat="PDF">
            <eSignature present="true"><signature><s xmlns="urn:example"/></signature></eSignature>
          </appendix>
          <ownElement>
            <ownElementDescription>Byggnadens ålder</ownElementDescription>
            <ownElement name="ålder"><value>1931</value></ownElement>
          </ownElement>
        </additionalInformation>
      </record>
      <record systemIdentifier="h2" classificationSchemaUsed="klassa">
        <objectId>EXN 2021/17:2</objectId>
        <classification classificationCode="3.1.2">Bygglov</classification>
        <title>Beslut</title>
        <runningNumber>2</runningNumber>
        <dates><date dateType="created">2021-05-03T00:00:00</date></dates>
      </record>
    </aggregation>
  </aggregations>
</erms>
"""


def found(place: _Element, path: str) -> _Element:
    """Give the first element at a path of ERMS names."""
    steps = "/".join(f"e:{step}" if step[0].isalpha() else step for step in path.split("/"))
    places = place.xpath(f".//{steps}", namespaces={"e": NAMESPACE})
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


def stated(path: str, attribute: str, value: str | None) -> Break:
    """Give an attribute another value, None takes it away."""

    def broken(root: _Element) -> None:
        element = found(root, path)
        if value is None:
            del element.attrib[attribute]
        else:
            element.set(attribute, value)

    return broken


def said(path: str, text: str) -> Break:
    """Put a text in place of all that is inside the element."""

    def broken(root: _Element) -> None:
        element = found(root, path)
        for child in list(element):
            element.remove(child)
        element.text = text

    return broken


def added(path: str, xml: str) -> Break:
    """Put an element into another, at its end."""

    def broken(root: _Element) -> None:
        found(root, path).append(etree.fromstring(f'<x xmlns="{NAMESPACE}">{xml}</x>')[0])

    return broken


def ids(folder: Path, document: bytes, version: ErmsVersion = ErmsVersion.V3_0) -> list[str]:
    """Judge a document and give the ids of what is found, in order."""
    local = folder / "erms.xml"
    local.write_bytes(document)
    return [violation.rule for violation in erms_violations(local, SOURCE, version)]


def mutated(*breaks: Break) -> bytes:
    """The sound document, broken."""
    root = etree.fromstring(SOUND.encode())
    for each in breaks:
        each(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
