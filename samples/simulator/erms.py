"""Writes CITS ERMS 3.0 (`erms.xml`, FGS Ärendehantering 2.0)."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from datetime import date

from samples.simulator.description import (
    Case,
    Delivery,
    Direction,
    Disposal,
    Party,
    Record,
    Restriction,
    Role,
)
from samples.simulator.layout import Placed, identifier, require_one_kind, xml_id
from samples.simulator.xml_tree import Vocabulary, file_bytes, midnight

NAMESPACE = "https://DILCIS.eu/XML/ERMS"
_XML = Vocabulary(NAMESPACE)
_DIRECTION: Mapping[Direction, str] = {
    Direction.INCOMING: "incoming",
    Direction.OUTGOING: "outgoing",
    Direction.INTERNAL: "internal_memo_without_follow-up",
}
_RECORD_STATUS: Mapping[Direction, str] = {
    Direction.INCOMING: "received",
    Direction.OUTGOING: "expedited",
    Direction.INTERNAL: "prepared",
}
_RECORD_DATE: Mapping[Direction, str] = {
    Direction.INCOMING: "received",
    Direction.OUTGOING: "expedited",
    Direction.INTERNAL: "prepared",
}


def erms_xml(delivery: Delivery, placed: Sequence[Placed]) -> bytes:
    """Write a delivery's cases, or its loose records; appendix/@path is each document's placed path.

    Raises:
        ValueError: the delivery holds both.
    """
    require_one_kind(delivery)
    aggregations = [_aggregation(delivery, case, placed) for case in delivery.cases]
    records = [_record(delivery, None, record, placed) for record in delivery.records]
    children = [
        _control(delivery),
        _XML.element("aggregations", children=aggregations) if aggregations else None,
        _XML.element("records", children=records) if records else None,
    ]
    return file_bytes(_XML.element("erms", children=children))


def _control(delivery: Delivery) -> ET.Element:
    creator = delivery.archival_creator
    number = creator.identifier.partition(":")[2]
    children = [
        _XML.text("identification", creator.name, {"identificationType": "arkivbildare"}),
        _XML.text("identification", number, {"identificationType": "organisationsnummer"}),
        _scheme(delivery) if delivery.cases else None,
        _maintenance(delivery),
    ]
    return _XML.element("control", children=children)


def _scheme(delivery: Delivery) -> ET.Element:
    scheme = delivery.cases[0].classification
    description = _XML.element(
        "textualDescriptionOfClassificationSchema",
        children=[_XML.text("p", f"{scheme.scheme} {scheme.version}")],
    )
    # ERMS272 and ERMS273: the scheme has an ID and a status.
    stated = {"classificationSchemaId": xml_id(delivery, "scheme"), "classificationSchemaStatus": "current"}
    return _XML.element("classificationSchema", stated, [description])


def _maintenance(delivery: Delivery) -> ET.Element:
    number = delivery.producer.identifier.partition(":")[2]
    agency = [
        _XML.text("agencyCode", number, {"type": "organisationsnummer"}),
        _XML.text("agencyName", delivery.producer.name),
    ]
    system = [_XML.text("name", f"{delivery.system.name} {delivery.system.version}")]
    event = [
        _XML.element("eventType", {"value": "created"}),
        _XML.text("eventDateTime", delivery.created.isoformat()),
        _XML.element("agent", {"agentType": "deliverer"}, system),
    ]
    children = [
        _XML.element("maintenanceStatus", {"value": "new"}),
        _XML.element("maintenanceAgency", children=agency),
        _XML.element("maintenanceHistory", children=[_XML.element("maintenanceEvent", children=event)]),
    ]
    return _XML.element("maintenanceInformation", children=children)


def _aggregation(delivery: Delivery, case: Case, placed: Sequence[Placed]) -> ET.Element:
    stated = {"systemIdentifier": identifier(delivery, case.id), "aggregationType": "caseFile"}
    dates = [
        _date("created", case.opened),
        _date("opened", case.opened),
        _date("decision_date", case.decided),
        _date("closed", case.closed),
    ]
    children = [
        _XML.text("objectId", case.id),
        _XML.text("extraId", case.system_number, {"extraIdType": "deliveringSystemId"}),
        _classification(case),
        _XML.element("keywords", children=[_XML.text("keyword", case.type)]),
        _XML.text("title", case.title),
        _XML.element("status", {"value": case.status}),
        *(_restriction(restriction) for restriction in case.restrictions),
        _disposal(case.disposal),
        _agents(case.parties),
        _XML.optional("description", case.description),
        _XML.element("dates", children=dates),
        *(_record(delivery, case, record, placed) for record in case.records),
    ]
    return _XML.element("aggregation", stated, children)


def _record(delivery: Delivery, case: Case | None, record: Record, placed: Sequence[Placed]) -> ET.Element:
    stated = {
        "systemIdentifier": identifier(delivery, record.id),
        "recordType": record.type,
        "recordPhysicalOrDigital": "digital",
    }
    dates = [_date("created", record.dated), _date(_RECORD_DATE[record.direction], record.dated)]
    appendices = [_appendix(entry) for entry in placed if entry.record is record]
    children = [
        _XML.text("objectId", record.id),
        _classification(case) if case else None,
        _XML.text("title", record.title),
        _XML.element("status", {"value": _RECORD_STATUS[record.direction]}),
        _XML.text("runningNumber", str(record.number)),
        *(_restriction(restriction) for restriction in record.restrictions),
        _XML.element("direction", {"directionDefinition": _DIRECTION[record.direction]}),
        _agents(record.parties),
        _XML.element("dates", children=dates),
        _XML.element("additionalInformation", children=appendices) if appendices else None,
    ]
    return _XML.element("record", stated, children)


def _classification(case: Case) -> ET.Element:
    place = case.classification
    return _XML.text("classification", place.title, {"classificationCode": place.code})


def _appendix(entry: Placed) -> ET.Element:
    document = entry.document
    stated = {"name": document.name, "fileFormat": document.format.media_type, "path": entry.path}
    return _XML.element("appendix", stated)


def _restriction(restriction: Restriction) -> ET.Element:
    ends = _XML.element("dates", children=[_date("end", restriction.ends)]) if restriction.ends else None
    children = [
        _XML.optional("explanatoryText", restriction.explanation),
        _XML.text("regulation", restriction.regulation),
        ends,
    ]
    return _XML.element("restriction", {"restrictionType": restriction.kind}, children)


def _disposal(disposal: Disposal | None) -> ET.Element | None:
    if disposal is None:
        return None
    day = _XML.text("disposalDate", midnight(disposal.earliest), {"dateType": "disposal_date"})
    children = [_XML.text("disposalMandate", disposal.mandate), _XML.element("dates", children=[day])]
    return _XML.element("disposal", {"disposable": str(disposal.disposable).lower()}, children)


def _agents(parties: Sequence[Party]) -> ET.Element | None:
    return _XML.element("agents", children=[_agent(party) for party in parties]) if parties else None


def _agent(party: Party) -> ET.Element:
    kind = "personnummer" if party.role is not Role.RESPONSIBLE_PERSON else "anställningsnummer"
    number = _XML.text("idNumber", party.id_number, {"idNumberType": kind}) if party.id_number else None
    children = [
        _XML.text("name", party.name),
        _XML.optional("organisation", party.organisation),
        _XML.optional("unitName", party.unit),
        number,
        _address(party),
        _XML.text("protectedIdentity", "true") if party.protected_identity else None,
    ]
    return _XML.element("agent", {"agentType": party.role}, children)


def _address(party: Party) -> ET.Element | None:
    lines = [
        _XML.text("addressLine", party.city, {"addressType": "postal_city"}) if party.city else None,
        _XML.text("contactLine", party.phone, {"contactType": "phonenumber"}) if party.phone else None,
        _XML.text("contactLine", party.email, {"contactType": "email"}) if party.email else None,
    ]
    said = [line for line in lines if line is not None]
    return _XML.element("addressContactInformation", children=said) if said else None


def _date(kind: str, day: date | None) -> ET.Element | None:
    return _XML.text("date", midnight(day), {"dateType": kind}) if day else None
