"""Which fields of a case or record FGS Ärendehantering 1.0 cannot hold exactly."""

from collections.abc import Iterator
from typing import assert_never

from ingest.domain.cases import Case, Described, Record
from ingest.domain.descriptions import Disposal, OwnElement, Party, Relation, Restriction
from ingest.formats.writing.arendehantering_terms import (
    CASE_RELATIONS,
    CASE_STATUSES,
    DATES,
    RECORD_RELATIONS,
    RECORD_STATUSES,
    RESTRICTIONS,
    holds_agent,
    holds_dates,
    holds_person,
    says_moment,
)
from ingest.formats.writing.erms_additional import holds_additional
from ingest.formats.writing.erms_exactness import is_number

OVERVIEW = ("MinaArendeoversikterKlassificering", "MinaArendeoversikterStatus")
"""The two elements of a case for the citizens' case overview; the model has them as own elements."""
REFERENCES = ("HandlingstypsReferens", "ForvaringsenhetsReferens")
"""References into the archive's own description; the model has them as identifications."""
IN_BILAGA = frozenset(
    {
        "name",
        "description",
        "mime_type",
        "character_set",
        "schema_uri",
        "e_signature",
        "preserve",
    }
)
"""The fields of a document that Bilaga holds exactly; an empty digest it does not."""
_NO_PLACE = (
    "other_titles",
    "security_class",
    "keywords",
    "subjects",
    "archival_history",
    "dispatch_mode",
    "level_name",
    "parent_id",
    "classifications",
)
_EMPTY: tuple[object, ...] = (None, ())
_OF_CASE = frozenset(DATES.values())
_OF_RECORD = _OF_CASE - {"Arkiverat", "Avslutat", "Beslutat"}


def inexact_fields(described: Case | Record) -> Iterator[str]:
    """Name the fields that the elements of 1.0 do not hold exactly, in a fixed order."""
    held = {
        **{field: getattr(described, field) in _EMPTY for field in _NO_PLACE},
        "identifications": _holds_references(described),
        "restrictions": all(map(_holds_restriction, described.restrictions)),
        "disposal": described.disposal is None or _holds_disposal(described.disposal),
        "notes": not described.notes or (len(described.notes) == 1 and _is_bare_note(described)),
        "documents": not described.documents,
        **_held_by_kind(described),
    }
    return (field for field, is_held in held.items() if not is_held)


def _held_by_kind(described: Case | Record) -> dict[str, bool]:
    match described:
        case Case():
            return {
                "title": described.title is not None,
                "status": described.status is None or described.status in CASE_STATUSES,
                "relations": _holds_relations(described.relations, frozenset(CASE_RELATIONS)),
                "parties": all(map(_fits_case, described.parties)),
                "dates": holds_dates(described.dates, _OF_CASE),
                "aggregation_type": described.aggregation_type == "caseFile",
                "other_aggregation_type": described.other_aggregation_type is None,
                "additional": holds_additional(described.additional),
            }
        case Record():
            return {
                "status": described.status is None or described.status in RECORD_STATUSES,
                "relations": _holds_relations(described.relations, frozenset(RECORD_RELATIONS)),
                "parties": all(_fits_record(one, described.parties) for one in described.parties),
                "dates": holds_dates(described.dates, _OF_RECORD),
                "number": described.number is None or is_number(described.number),
                "direction": described.direction is None,
                "physical_or_digital": described.physical_or_digital is None,
                "additional": holds_additional(described.additional),
            }
        case _:
            assert_never(described)


def is_overview(element: OwnElement) -> bool:
    """Say whether an own element is one of the two for the citizens' case overview."""
    bare = element.type is None and element.format is None and not element.elements
    return element.name in OVERVIEW and element.value is not None and bare


def persons(parties: tuple[Party, ...], described: Case | Record) -> dict[str, tuple[Party, ...]]:
    """Give the parties that have an element of their own, by its name; the others are each an Agent."""
    match described:
        case Case():
            return {"Motpart": _of(parties, "counterpart")}
        case Record():
            return {"Avsandare": _of(parties, "sender")[:1], "Mottagare": _of(parties, "receiver")}
        case _:
            assert_never(described)


def _of(parties: tuple[Party, ...], kind: str) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.type == kind)


def _fits_case(party: Party) -> bool:
    return holds_person(party) if party.type == "counterpart" else holds_agent(party)


def _fits_record(party: Party, parties: tuple[Party, ...]) -> bool:
    alone = party.type == "receiver" or (party.type == "sender" and len(_of(parties, "sender")) == 1)
    return holds_person(party) if alone else holds_agent(party)


def _holds_references(described: Described) -> bool:
    kinds = [one.type for one in described.identifications]
    return set(kinds) <= set(REFERENCES) and kinds.count("ForvaringsenhetsReferens") <= 1


def _is_bare_note(described: Described) -> bool:
    return all(note.type is None and note.date is None for note in described.notes)


def _holds_restriction(restriction: Restriction) -> bool:
    beyond = (restriction.information_class, restriction.security_class, restriction.starts)
    lists = (restriction.other_dates, restriction.durations, restriction.agents)
    ends = restriction.ends
    bare_end = ends is None or (ends.type == "end" and ends.other_type is None and says_moment(ends))
    return restriction.type in RESTRICTIONS and bare_end and beyond == (None, None, None) and not any(lists)


def _holds_disposal(disposal: Disposal) -> bool:
    beyond = (disposal.action, disposal.description, disposal.schedule_id)
    dates = disposal.dates
    plain = all(d.type == "retention_period_end" and d.other_type is None and says_moment(d) for d in dates)
    return beyond == (None, None, None) and not disposal.comments and plain and len(dates) <= 1


def _holds_relations(relations: tuple[Relation, ...], known: frozenset[str]) -> bool:
    return all(relation.type in known for relation in relations)
