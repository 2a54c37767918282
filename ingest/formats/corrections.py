"""A correction of metadata: what is to be said otherwise of single cases, records and documents, as JSON.

It has the shape of a pushed case and says no more than what changes: `cases`, their `records` and `parts`, and loose
`records`, each found by its `id`, and `documents`, each found by its `path` as it was delivered. A field that is given
replaces the one that was there, a list the whole list; `null` takes it away (as in RFC 7396). Identities, and the bytes
of documents, are not corrected. Whatever dialect a package came in, its cases are read into the same model, so that one
form of correction does for all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedDate
from ingest.domain.documents import Document
from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import Submission
from ingest.formats.case_push_cases import read_case, read_document, read_record
from ingest.formats.case_push_fields import Fields, fields_of
from ingest.formats.case_push_json import JsonDocument, JsonFault, pointer, read_json, unwritable
from ingest.formats.case_push_schema import OUTSIDE, UNKNOWN, breaches
from ingest.formats.correction_fields import (
    CASE,
    DOCUMENTS,
    NAME,
    OF_DOCUMENTS,
    RECORD,
    Kind,
    document_faults,
    filled_whole,
)

UnitT = TypeVar("UnitT", Case, Record)
NOT_JSON: Final = "EARKIV-PKG-1"
_TOP: Final = frozenset({"cases", "records"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction whose form is right; `value` is its JSON."""

    value: Mapping[str, Any]
    document: JsonDocument


class _Wrong(Exception):
    """A place of a correction that does not fit the package."""

    def __init__(self, at: str, value: str, detail: str) -> None:
        super().__init__(detail)
        self.violation = Violation(rule=OUTSIDE, location=Location(file=NAME, xpath=at, value=value), detail=detail)


def read_correction(content: bytes) -> Correction | tuple[Violation, ...]:
    """Read a correction, or give everything that is wrong with its form, all at once."""
    document = read_json(content)
    if isinstance(document, JsonFault):
        return (unreadable(document.line, document.detail),)
    return correction_of(document)


def correction_of(document: JsonDocument) -> Correction | tuple[Violation, ...]:
    """Take JSON for a correction, or give everything that is wrong with its form, all at once."""
    if not isinstance(document.value, dict) or not document.value.keys() & _TOP:
        return (unreadable(1, "an object with cases or records"),)
    if unknown := document.value.keys() - _TOP:
        return tuple(Violation(rule=UNKNOWN, location=_at(pointer("", name))) for name in sorted(unknown))
    whole = filled_whole(document.value)
    found = breaches(JsonDocument(value=whole, lines=document.lines), NAME)
    broken = [Violation(rule=OUTSIDE, location=_at(at), detail="a character") for at in unwritable(document.value)]
    documents = tuple(document_faults(document.value))
    if faults := (*found, *(one for one in broken if one.location.xpath not in {v.location.xpath for v in found})):
        return (*faults, *documents)
    return documents or Correction(value=document.value, document=document)


def _at(pointed: str) -> Location:
    return Location(file=NAME, xpath=pointed)


def unreadable(line: int, detail: str) -> Violation:
    """Say that a correction is not JSON, or not the right kind of it."""
    return Violation(rule=NOT_JSON, location=Location(file=NAME, line=line), detail=detail)


def corrected(submission: Submission, correction: Correction) -> Submission | tuple[Violation, ...]:
    """Give a submission as the correction has it, or say what is not there, or there twice."""
    top = fields_of(JsonDocument(value=filled_whole(correction.value), lines=correction.document.lines))
    if top is None:
        message = "a correction that was read is an object"
        raise AssertionError(message)
    try:
        return replace(
            submission,
            cases=_replaced(submission.cases, top, "cases", correction.value, _corrected_case),
            records=_replaced(submission.records, top, "records", correction.value, _corrected_record),
        )
    except _Wrong as wrong:
        return (wrong.violation,)


def _replaced(
    units: Sequence[UnitT],
    around: Fields,
    name: str,
    given: Mapping[str, Any],
    change: Callable[[UnitT, Fields, Mapping[str, Any]], UnitT],
) -> tuple[UnitT, ...]:
    changed, ids = list(units), [unit.id for unit in units]
    for fields, said in zip(around.objects(name), given.get(name) or (), strict=True):
        place = _place(ids, fields, "id")
        changed[place] = change(changed[place], fields, said)
    return tuple(changed)


def _place(known: Sequence[str], fields: Fields, key: str) -> int:
    wanted = fields.word(key)
    if known.count(wanted) != 1:
        raise _Wrong(fields.at, wanted, f"{known.count(wanted)} in the package with that {key} at this place")
    return known.index(wanted)


def _documents(documents: Sequence[Document], around: Fields, given: Mapping[str, Any]) -> tuple[Document, ...]:
    """A document that no delivered file answers to is found by the words of its link."""
    changed, paths = list(documents), [str(one.path or one.link) for one in documents]
    for fields, said in zip(around.objects(DOCUMENTS), given.get(DOCUMENTS) or (), strict=True):
        place, read = _place(paths, fields, "path"), read_document(fields, {})
        values = {OF_DOCUMENTS[name]: getattr(read, OF_DOCUMENTS[name]) for name in said if name in OF_DOCUMENTS}
        changed[place] = replace(changed[place], **values)
    return tuple(changed)


def _corrected_case(case: Case, fields: Fields, said: Mapping[str, Any]) -> Case:
    read = read_case(fields, {})
    values = {attribute: getattr(read, attribute) for attribute in _named(said, CASE)}
    return replace(
        case,
        **values,
        dates=_dates(case.dates, read.dates, said, CASE),
        documents=_documents(case.documents, fields, said),
        records=_replaced(case.records, fields, "records", said, _corrected_record),
        parts=_replaced(case.parts, fields, "parts", said, _corrected_case),
    )


def _corrected_record(record: Record, fields: Fields, said: Mapping[str, Any]) -> Record:
    read = read_record(fields, {})
    values = {attribute: getattr(read, attribute) for attribute in _named(said, RECORD)}
    return replace(
        record,
        **values,
        dates=_dates(record.dates, read.dates, said, RECORD),
        documents=_documents(record.documents, fields, said),
    )


def _named(said: Mapping[str, Any], kind: Kind) -> set[str]:
    return {kind.attributes[name] for name in said if name in kind.attributes}


def _dates(
    before: tuple[TypedDate, ...], read: tuple[TypedDate, ...], said: Mapping[str, Any], kind: Kind
) -> tuple[TypedDate, ...]:
    """Keep the dates of which nothing is said; `dates` that name a kind with a field of its own speak of that kind."""
    own = frozenset(kind.dates.values())
    listed = {date.get("type") for date in said.get("dates") or ()}
    given = {term for name, term in kind.dates.items() if name in said} | (listed & own)

    def is_said(date: TypedDate) -> bool:
        return date.type in given or ("dates" in said and date.type not in own)

    kept = (date for date in before if not is_said(date))
    return (*kept, *(date for date in _without_filler(read, said, kind) if is_said(date)))


def _without_filler(read: tuple[TypedDate, ...], said: Mapping[str, Any], kind: Kind) -> tuple[TypedDate, ...]:
    """Leave out the dates that were filled in: each is the first of its kind, before what `dates` list."""
    for name, term in kind.dates.items():
        if name in kind.filler and name not in said:
            first = next(place for place, date in enumerate(read) if date.type == term)
            read = (*read[:first], *read[first + 1 :])
    return read
