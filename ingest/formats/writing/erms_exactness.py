"""Which fields of a case or record CITS ERMS cannot hold exactly; they are kept in `erms_beyond`."""

import re
from collections.abc import Iterator
from typing import assert_never

from ingest.domain.cases import Case, Record
from ingest.formats.writing.erms_additional import holds_additional
from ingest.formats.writing.erms_beyond import LOOSE_RECORDS
from ingest.formats.writing.erms_blocks import (
    holds_classifications,
    holds_disposal,
    holds_relations,
    holds_restrictions,
)
from ingest.formats.writing.erms_parties import holds_dates, holds_notes, holds_parties
from ingest.formats.writing.erms_terms import AGGREGATION_TYPES, CARRIERS, DIRECTIONS, STATUSES

_INTEGER = re.compile(r"[+-]?[0-9]{1,9}\Z")


def inexact_fields(described: Case | Record) -> Iterator[str]:
    """Name the fields that the standard places do not hold exactly, in the order of the model."""
    held = {
        "system_id": described.system_id is not None,
        "status": described.status is None or described.status in STATUSES,
        "other_titles": all(title.other_type is None for title in described.other_titles),
        "classifications": holds_classifications(described.classifications),
        "relations": holds_relations(described.relations),
        "restrictions": holds_restrictions(described.restrictions),
        "disposal": holds_disposal(described.disposal),
        "parties": holds_parties(described.parties),
        "dates": holds_dates(described.dates),
        "notes": holds_notes(described.notes),
        "additional": holds_additional(described.additional),
        "documents": not described.documents,
        **_held_by_kind(described),
    }
    return (field for field, is_held in held.items() if not is_held)


def _held_by_kind(described: Case | Record) -> dict[str, bool]:
    match described:
        case Case():
            known = described.aggregation_type in AGGREGATION_TYPES
            fits = known and described.other_aggregation_type != LOOSE_RECORDS
            return {
                "type": described.type is None,
                "aggregation_type": fits,
                "other_aggregation_type": fits,
            }
        case Record():
            return {
                "number": described.number is None or is_number(described.number),
                "direction": described.direction is None or described.direction in DIRECTIONS,
                "physical_or_digital": described.physical_or_digital in {None, *CARRIERS.terms},
            }
        case _:
            assert_never(described)


def is_number(text: str | None) -> bool:
    """Say whether a text is an xs:int, as runningNumber demands."""
    return text is not None and _INTEGER.match(text) is not None
