"""Write FGS Ärendehantering 1.0 (`Arendehantering.xml`) from the canonical case model.

1.0 says less than the model. What its elements cannot hold exactly stands whole in a last EgnaElement with the
description `earkiv:beyond-erms`, in the form of `erms_beyond`. Further choices:

* Records beside cases stand last, in a case with the number `earkiv:loose-records`: 1.0 has cases or records.
* A case that is part of another follows it, with an ArendeRelation of the archive's own kind `ingår i`.
* A date loses zone and fraction (EgetTidDatum has none); Arendemening, which must be there, may be empty.
* Dates and parties stand in the order of their elements.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from ingest.domain.cases import Case, Described, Record
from ingest.domain.descriptions import Relation
from ingest.domain.submissions import Submission
from ingest.formats.writing.arendehantering_exactness import (
    IN_BILAGA,
    OVERVIEW,
    REFERENCES,
    inexact_fields,
    is_overview,
    persons,
)
from ingest.formats.writing.arendehantering_parts import (
    LinkOf,
    class_words,
    write_agent,
    write_disposal,
    write_document,
    write_own_element,
    write_person,
    write_relation,
    write_restriction,
    write_text,
)
from ingest.formats.writing.arendehantering_terms import (
    CASE_RELATIONS,
    CASE_STATUSES,
    DATES,
    FGS,
    RECORD_RELATIONS,
    RECORD_STATUSES,
    moment,
    name,
)
from ingest.formats.writing.erms_additional import fragments
from ingest.formats.writing.erms_beyond import LOOSE_RECORDS, beyond
from ingest.formats.writing.erms_exactness import is_number
from ingest.formats.xml_writer import XmlWriter, write_xml


def write_arendehantering(sink: BinaryIO, submission: Submission, link_of: LinkOf) -> None:
    """Write the cases or records of a submission; `link_of` says where each document lies in the package.

    Raises:
        ValueError: a text cannot be carried by XML.
    """
    with write_xml(sink, name("Leveransobjekt"), namespaces={"fgs": FGS}) as delivery:
        if submission.archival_creator is not None:
            with (
                delivery.element(name("ArkivbildarStruktur")) as structure,
                structure.element(name("Arkivbildare")) as creator,
            ):
                write_text(creator, "Namn", submission.archival_creator.name)
        if submission.cases:
            with delivery.element(name("ArkivobjektListaArenden")) as cases:
                for case in _all_cases(submission):
                    _write_case(cases, case, link_of)
        else:
            _write_records(delivery, submission.records, link_of)


def _all_cases(submission: Submission) -> Iterator[Case]:
    for case in submission.cases:
        yield from _with_parts(case, None)
    if submission.records:
        yield Case(id=LOOSE_RECORDS, title="Handlingar utan ärende", records=submission.records)


def _with_parts(case: Case, whole: str | None) -> Iterator[Case]:
    part_of = () if whole is None else (Relation(type="ingår i", target=whole),)
    yield replace(case, parts=(), relations=(*case.relations, *part_of))
    for part in case.parts:
        yield from _with_parts(part, case.id)


# ------------------------------------------------------------------------------------------- cases


def _write_case(parent: XmlWriter, case: Case, link_of: LinkOf) -> None:
    with parent.element(name("ArkivobjektArende"), _anchor(case)) as written:
        _write_identity(written, case)
        _write_overview(written, case)
        _write_extra_ids(written, case)
        write_text(written, "ArendeTyp", case.type)
        _write_dates(written, case, "Arkiverat", "Avslutat")
        write_text(written, "Beskrivning", case.description)
        for date in case.dates:
            if DATES.get(date.type) == "Beslutat":
                write_text(written, "Beslutat", moment(date))
        for location in case.locations:
            write_text(written, "Forvaringsplats", location)
        write_disposal(written, case.disposal)
        _write_agents(written, case)
        for one in case.classifications:
            write_text(written, "Klass", class_words(one))
        for restriction in case.restrictions:
            write_restriction(written, restriction)
        _write_persons(written, case, "Motpart")
        _write_note(written, case)
        for relation in case.relations:
            write_relation(written, "ArendeRelation", relation, CASE_RELATIONS)
        _write_dates(written, case, "SistaAnvandandetidpunkt", "Skapad", "Inkommen")
        write_text(written, "StatusArande", CASE_STATUSES.get(case.status or ""))
        _write_dates(written, case, "Upprattad", "Expedierad")
        write_text(written, "Atkomst", case.access)
        write_text(written, "Arendemening", case.title or "")
        _write_end(written, case, link_of)
        _write_records(written, case.records, link_of)


# ------------------------------------------------------------------------------------------- records


def _write_records(parent: XmlWriter, records: tuple[Record, ...], link_of: LinkOf) -> None:
    if records:
        with parent.element(name("ArkivobjektListaHandlingar")) as written:
            for record in records:
                _write_record(written, record, link_of)


def _write_record(parent: XmlWriter, record: Record, link_of: LinkOf) -> None:
    with parent.element(name("ArkivobjektHandling"), _anchor(record)) as written:
        _write_identity(written, record)
        _write_extra_ids(written, record)
        write_text(written, "Handlingstyp", record.type)
        _write_persons(written, record, "Avsandare")
        write_text(written, "Beskrivning", record.description)
        _write_dates(written, record, "Expedierad")
        write_disposal(written, record.disposal)
        _write_agents(written, record)
        _write_dates(written, record, "Inkommen")
        write_text(written, "Lopnummer", record.number if is_number(record.number) else None)
        _write_persons(written, record, "Mottagare")
        _write_note(written, record)
        for relation in record.relations:
            write_relation(written, "HandlingRelation", relation, RECORD_RELATIONS)
        write_text(written, "Rubrik", record.title)
        _write_dates(written, record, "Skapad", "SistaAnvandandetidpunkt")
        write_text(written, "StatusHandling", RECORD_STATUSES.get(record.status or ""))
        _write_dates(written, record, "Upprattad")
        write_text(written, "Atkomst", record.access)
        for location in record.locations:
            write_text(written, "Forvaringsplats", location)
        for restriction in record.restrictions:
            write_restriction(written, restriction)
        _write_end(written, record, link_of)


# ------------------------------------------------------------------------------------------- what both share


def _anchor(described: Described) -> dict[str, str]:
    return {} if described.system_id is None else {"Systemidentifierare": described.system_id}


def _write_identity(written: XmlWriter, described: Described) -> None:
    write_text(written, "ArkivobjektID", described.id)
    write_text(written, "Informationsklass", described.information_class)
    for one in described.classifications:
        write_text(written, "KlassReferens", one.code)
    several, single = ([o.text for o in described.identifications if o.type == kind] for kind in REFERENCES)
    for text in several:
        write_text(written, REFERENCES[0], text)
    for text in single[:1]:
        write_text(written, REFERENCES[1], text)


def _write_overview(written: XmlWriter, case: Case) -> None:
    said = {one.name: one.value for one in case.additional.own_elements if is_overview(one)}
    for local in OVERVIEW:
        write_text(written, local, said.get(local))


def _write_extra_ids(written: XmlWriter, described: Described) -> None:
    for extra in described.extra_ids:
        written.leaf(name("ExtraID"), {"ExtraIDTyp": extra.type}, extra.text)


def _write_dates(written: XmlWriter, described: Described, *elements: str) -> None:
    """Write the first date of each element that it can hold."""
    for local in elements:
        said = (moment(date) for date in described.dates if DATES.get(date.type) == local)
        write_text(written, local, next((text for text in said if text is not None), None))


def _write_agents(written: XmlWriter, described: Case | Record) -> None:
    own = [party for found in persons(described.parties, described).values() for party in found]
    for party in described.parties:
        if not any(party is one for one in own):
            write_agent(written, party)


def _write_persons(written: XmlWriter, described: Case | Record, local: str) -> None:
    for party in persons(described.parties, described)[local]:
        write_person(written, local, party)


def _write_note(written: XmlWriter, described: Described) -> None:
    for note in described.notes[:1]:
        write_text(written, "Notering", note.text)


def _write_end(written: XmlWriter, described: Case | Record, link_of: LinkOf) -> None:
    for document in described.documents:
        write_document(written, document, link_of)
    for element in described.additional.own_elements:
        if not (isinstance(described, Case) and is_overview(element)):
            write_own_element(written, element)
    kept = beyond(described, inexact_fields(described), IN_BILAGA)
    if kept is not None:
        write_own_element(written, kept)
    for fragment in fragments(described.additional):
        with written.element(name("TillkommandeXMLdata")) as foreign:
            foreign.subtree(fragment)
