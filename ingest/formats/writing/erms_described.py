"""Cases and records as CITS ERMS aggregations and records, in the order its schema demands."""

from collections.abc import Mapping

from ingest.domain.cases import Case, Described, Record
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.formats.writing.erms_additional import fragments, write_own_element
from ingest.formats.writing.erms_beyond import LOOSE_RECORDS, beyond
from ingest.formats.writing.erms_blocks import (
    write_classification,
    write_disposal,
    write_relation,
    write_restriction,
)
from ingest.formats.writing.erms_exactness import inexact_fields, is_number
from ingest.formats.writing.erms_parties import (
    name,
    termed,
    write_dates,
    write_notes,
    write_party,
    write_text,
)
from ingest.formats.writing.erms_terms import AGGREGATION_TYPES, CARRIERS, DIRECTIONS, STATUSES
from ingest.formats.writing.names import given
from ingest.formats.xml_writer import XmlWriter

Places = Mapping[PackagePath, PackagePath]
"""Where each delivered file lies in the AIP."""
Schemes = Mapping[tuple[str | None, str | None], str]
"""The xs:ID of each classification scheme, by name and version."""
_CORRECTED, _AS_PUBLISHED = "physical_and_digital", "physcical_and_digital"


class DescribedWriter:
    """Writes cases and records of one AIP; knows where its files lie and what its schemes are called."""

    def __init__(self, places: Places, schemes: Schemes, loose_id: str) -> None:
        self._places = places
        self._schemes = schemes
        self._loose_id = loose_id

    def write_members(self, parent: XmlWriter, cases: tuple[Case, ...], records: tuple[Record, ...]) -> None:
        """Write cases or records; records beside cases stand in an aggregation of their own, after them."""
        for case in cases:
            self._write_case(parent, case)
        if cases and records:
            kind = {"aggregationType": "own_aggregation_definition", "otherAggregationType": LOOSE_RECORDS}
            with parent.element(name("aggregation"), {"systemIdentifier": self._loose_id, **kind}) as loose:
                loose.leaf(name("objectId"), text=LOOSE_RECORDS)
                self._write_records(loose, records)
        else:
            self._write_records(parent, records)

    def _write_records(self, parent: XmlWriter, records: tuple[Record, ...]) -> None:
        for record in records:
            self._write_record(parent, record)

    def _write_case(self, parent: XmlWriter, case: Case) -> None:
        kind = termed(
            "aggregationType",
            case.aggregation_type,
            AGGREGATION_TYPES,
            "otherAggregationType",
            case.other_aggregation_type,
        )
        with parent.element(name("aggregation"), {**self._anchors(case), **kind}) as written:
            _write_identity(written, case)
            _write_content(written, case)
            for relation in case.relations:
                write_relation(written, relation)
            self._write_additional(written, case)
            _write_limits(written, case)
            _write_history(written, case)
            self.write_members(written, case.parts, case.records)

    def _write_record(self, parent: XmlWriter, record: Record) -> None:
        carrier = _AS_PUBLISHED if record.physical_or_digital == _CORRECTED else record.physical_or_digital
        attributes = {
            "recordType": record.type,
            "recordPhysicalOrDigital": carrier if carrier in CARRIERS else None,
        }
        with parent.element(name("record"), {**self._anchors(record), **given(attributes)}) as written:
            _write_identity(written, record)
            _write_content(written, record)
            if is_number(record.number):
                write_text(written, "runningNumber", record.number)
            for relation in record.relations:
                write_relation(written, relation)
            _write_limits(written, record)
            if record.direction in DIRECTIONS:
                written.leaf(name("direction"), {"directionDefinition": str(record.direction)})
            _write_history(written, record)
            self._write_additional(written, record)

    def _anchors(self, described: Described) -> dict[str, str]:
        used = [self._schemes.get((one.scheme, one.version)) for one in described.classifications]
        anchors = {
            "systemIdentifier": described.id if described.system_id is None else described.system_id,
            "classificationSchemaUsed": next((one for one in used if one is not None), None),
        }
        return given(anchors)

    def _write_additional(self, parent: XmlWriter, described: Case | Record) -> None:
        kept = beyond(described, inexact_fields(described))
        own = (*described.additional.own_elements, *(() if kept is None else (kept,)))
        foreign_parts = tuple(fragments(described.additional))
        if not (described.documents or own or foreign_parts):
            return
        with parent.element(name("additionalInformation")) as additional:
            for document in described.documents:
                self._write_appendix(additional, document)
            for element in own:
                write_own_element(additional, element)
            for fragment in foreign_parts:
                with additional.element(name("additionalXMLData")) as foreign:
                    foreign.subtree(fragment)

    def _write_appendix(self, additional: XmlWriter, document: Document) -> None:
        place = None if document.path is None else self._places.get(document.path)
        attributes = {
            "name": document.name,
            "path": document.link if place is None else place,
            "description": document.description,
            "fileFormat": document.file_format,
            "originalFileFormat": document.original_file_format,
            "disposable": _boolean(document.disposable),
            "eSignatureHasExisted": _boolean(document.e_signature),
        }
        additional.leaf(name("appendix"), given(attributes))


# ------------------------------------------------------------------------------------------- shared blocks


def _write_identity(written: XmlWriter, described: Described) -> None:
    write_text(written, "objectId", described.id)
    for extra in described.extra_ids:
        written.leaf(name("extraId"), {"extraIdType": extra.type}, extra.text)
    write_text(written, "informationClass", described.information_class)
    write_text(written, "securityClass", described.security_class)
    for one in described.identifications:
        written.leaf(name("identification"), {"identificationType": one.type}, one.text)
    for classification in described.classifications:
        write_classification(written, classification)
    write_text(written, "parentAggregationId", described.parent_id)


def _write_content(written: XmlWriter, described: Described) -> None:
    write_text(written, "levelName", described.level_name)
    _write_list(written, "keywords", "keyword", described.keywords)
    write_text(written, "title", described.title)
    for title in described.other_titles:
        written.leaf(name("otherTitle"), {"titleType": title.type}, title.text)
    for subject in described.subjects:
        write_text(written, "subject", subject)
    if described.status in STATUSES:
        written.leaf(name("status"), {"value": str(described.status)})


def _write_limits(written: XmlWriter, described: Described) -> None:
    for restriction in described.restrictions:
        write_restriction(written, restriction)
    write_disposal(written, described.disposal)


def _write_history(written: XmlWriter, described: Described) -> None:
    if described.parties:
        with written.element(name("agents")) as agents:
            for party in described.parties:
                write_party(agents, party)
    write_text(written, "description", described.description)
    write_dates(written, described.dates)
    _write_list(written, "archivalHistory", "historyLine", described.archival_history)
    write_text(written, "dispatchMode", described.dispatch_mode)
    write_text(written, "access", described.access)
    if described.locations:
        with written.element(name("physicalLocations")) as places:
            for location in described.locations:
                with places.element(name("physicalLocation")) as place:
                    write_text(place, "currentLocation", location)
    write_notes(written, described.notes)


def _write_list(written: XmlWriter, frame: str, local: str, lines: tuple[str, ...]) -> None:
    if lines:
        with written.element(name(frame)) as around:
            for line in lines:
                write_text(around, local, line)


def _boolean(value: bool | None) -> str | None:  # noqa: FBT001 - a value to be written, not a switch
    return None if value is None else str(value).lower()
