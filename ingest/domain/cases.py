"""The canonical case model: what every dialect is read into and every description is written from.

The names are those of CITS ERMS 3.0 in English; each class says its Swedish FGS term. Values that a source did not
give are None or empty, never invented. Texts are kept as delivered.
"""

from dataclasses import dataclass, field

from ingest.domain.descriptions import (
    Additional,
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    Party,
    Relation,
    Restriction,
    TypedDate,
    TypedText,
)
from ingest.domain.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What cases and records have in common (FGS `ArkivobjektArende`, `ArkivobjektHandling`).

    `line` is the one in the descriptor where it begins, 0 when unknown; it is no part of what is said.
    """

    id: str
    system_id: str | None = None
    title: str | None = None
    other_titles: tuple[TypedText, ...] = ()
    type: str | None = None
    status: str | None = None
    description: str | None = None
    information_class: str | None = None
    security_class: str | None = None
    extra_ids: tuple[ExtraId, ...] = ()
    identifications: tuple[IdText, ...] = ()
    classifications: tuple[Classification, ...] = ()
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    disposal: Disposal | None = None
    parties: tuple[Party, ...] = ()
    dates: tuple[TypedDate, ...] = ()
    access: str | None = None
    archival_history: tuple[str, ...] = ()
    dispatch_mode: str | None = None
    level_name: str | None = None
    parent_id: str | None = None
    locations: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    additional: Additional = Additional()
    line: int = field(default=0, compare=False)

    def date(self, kind: str) -> TypedDate | None:
        """Give the first date of that ERMS dateType (`closed`, `opened`, `received` …), or None."""
        return next((d for d in self.dates if d.type == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Described):
    """A record (handling) and its documents (bilagor, FGS `Bilaga`, ERMS `appendix`)."""

    number: str | None = None
    direction: str | None = None
    physical_or_digital: str | None = None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Described):
    """A case (ärende, FGS `ArkivobjektArende`, ERMS `aggregation`), with records or with parts, never both.

    `documents` are the files of the case itself (`Bilaga` of the case), not those of its records.
    """

    aggregation_type: str = "caseFile"
    other_aggregation_type: str | None = None
    documents: tuple[Document, ...] = ()
    records: tuple[Record, ...] = ()
    parts: "tuple[Case, ...]" = ()


CLOSED_STATUSES = frozenset({"closed", "obliterated", "ad_acta"})
"""ERMS status values that mean that a case is finally handled (FGS: Stängt, Makulerat, Ad Acta.)."""


def all_records(case: Case) -> tuple[Record, ...]:
    """List the case's records, those of its parts included, in delivered order."""
    return case.records + tuple(record for part in case.parts for record in all_records(part))
