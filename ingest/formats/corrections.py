"""A correction of metadata: what is to be said otherwise of single cases and records, as JSON.

It has the shape of a pushed case and says no more than what changes: `cases`, their `records` and `parts`, and loose
`records`, each found by its `id`. A field that is given replaces the one that was there, a list the whole list; `null`
takes it away (as in RFC 7396). Identities and documents are not corrected. Whatever dialect a package came in, its
cases are read into the same model, so that one form of correction does for all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import TypedDate
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Submission
from ingest.formats.case_push_cases import read_case, read_record
from ingest.formats.case_push_fields import Fields, fields_of
from ingest.formats.case_push_json import JsonDocument, JsonFault, pointer, read_json, unwritable
from ingest.formats.case_push_schema import OUTSIDE, UNKNOWN, breaches

UnitT = TypeVar("UnitT", Case, Record)
NAME: Final = PackagePath("correction.json")
NOT_JSON: Final = "EARKIV-PKG-1"
_INSIDE: Final = ("records", "parts")
_TOP: Final = frozenset({"cases", "records"})
_COMMON: Final = {
    "systemIdentifier": "system_id",
    "title": "title",
    "otherTitles": "other_titles",
    "type": "type",
    "status": "status",
    "description": "description",
    "informationClass": "information_class",
    "securityClass": "security_class",
    "extraIds": "extra_ids",
    "identifications": "identifications",
    "classification": "classifications",
    "classifications": "classifications",
    "keywords": "keywords",
    "subjects": "subjects",
    "relations": "relations",
    "restrictions": "restrictions",
    "disposal": "disposal",
    "parties": "parties",
    "access": "access",
    "archivalHistory": "archival_history",
    "dispatchMode": "dispatch_mode",
    "levelName": "level_name",
    "parentId": "parent_id",
    "locations": "locations",
    "notes": "notes",
    "additional": "additional",
}
OF_CASES: Final = {**_COMMON, "aggregationType": "aggregation_type", "otherAggregationType": "other_aggregation_type"}
OF_RECORDS: Final = {
    **_COMMON,
    "number": "number",
    "direction": "direction",
    "physicalOrDigital": "physical_or_digital",
}
"""The fields that can be corrected by their names in JSON, and what they are called in the model."""
CASE_DATES: Final = {"opened": "opened", "closed": "closed"}
RECORD_DATES: Final = {"date": "created"}
"""The dates that have a field of their own, with their ERMS kind; `dates` are all the others."""
_CASE_FILLER: Final = {"title": "-", "status": "closed", "closed": "2000-01-01"}
_RECORD_FILLER: Final = {"title": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What tells cases from records: how one is read, which fields it has, which dates, and what it must have."""

    attributes: Mapping[str, str]
    dates: Mapping[str, str]
    filler: Mapping[str, str]


_CASE: Final = _Kind(attributes=OF_CASES, dates=CASE_DATES, filler=_CASE_FILLER)
_RECORD: Final = _Kind(attributes=OF_RECORDS, dates=RECORD_DATES, filler=_RECORD_FILLER)


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
    whole = _filled_whole(document.value)
    found = breaches(JsonDocument(value=whole, lines=document.lines), NAME)
    broken = [Violation(rule=OUTSIDE, location=_at(at), detail="a character") for at in unwritable(document.value)]
    documents = [
        Violation(rule=OUTSIDE, location=_at(at), detail="documents are not corrected")
        for at in _documents(document.value, "")
    ]
    if faults := (*found, *(one for one in broken if one.location.xpath not in {v.location.xpath for v in found})):
        return (*faults, *documents)
    return tuple(documents) or Correction(value=document.value, document=document)


def _at(pointed: str) -> Location:
    return Location(file=NAME, xpath=pointed)


def unreadable(line: int, detail: str) -> Violation:
    """Say that a correction is not JSON, or not the right kind of it."""
    return Violation(rule=NOT_JSON, location=Location(file=NAME, line=line), detail=detail)


def _documents(value: object, at: str) -> Iterator[str]:
    match value:
        case dict():
            for name, inside in value.items():
                if name == "documents":
                    yield pointer(at, name)
                elif name in ("cases", *_INSIDE):
                    yield from _documents(inside, pointer(at, name))
        case list():
            for number, inside in enumerate(value):
                yield from _documents(inside, pointer(at, number))
        case _:
            pass


# ------------------------------------------------------------------------------------------- form


def _filled_whole(value: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a push must have around the correction, so that the published schema judges all that it says."""
    whole: dict[str, Any] = {**value, "delivery": "-", "archivalCreator": {"name": "-"}}
    for name, kind in (("cases", _CASE), ("records", _RECORD)):
        if isinstance(value.get(name), list):
            whole[name] = [_filled(one, kind) for one in value[name]]
    return whole


def _filled(unit: object, kind: _Kind) -> object:
    if not isinstance(unit, dict):
        return unit
    kept = {name: value for name, value in unit.items() if value is not None}
    filler = {name: value for name, value in kind.filler.items() if name not in unit}
    for name in _INSIDE:
        if isinstance(kept.get(name), list):
            kept[name] = [_filled(one, _RECORD if name == "records" else _CASE) for one in kept[name]]
    return {**filler, **kept}


# ------------------------------------------------------------------------------------------- application


def corrected(submission: Submission, correction: Correction) -> Submission | tuple[Violation, ...]:
    """Give a submission as the correction has it, or say which case or record is not there, or there twice."""
    top = fields_of(JsonDocument(value=_filled_whole(correction.value), lines=correction.document.lines))
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
    changed = list(units)
    for fields, said in zip(around.objects(name), given.get(name) or (), strict=True):
        places = [place for place, unit in enumerate(units) if unit.id == fields.word("id")]
        if len(places) != 1:
            raise _Wrong(fields.at, fields.word("id"), f"{len(places)} in the package with that id at this place")
        changed[places[0]] = change(changed[places[0]], fields, said)
    return tuple(changed)


def _corrected_case(case: Case, fields: Fields, said: Mapping[str, Any]) -> Case:
    read = read_case(fields, {})
    values = {attribute: getattr(read, attribute) for attribute in _named(said, _CASE)}
    return replace(
        case,
        **values,
        dates=_dates(case.dates, read.dates, said, _CASE),
        records=_replaced(case.records, fields, "records", said, _corrected_record),
        parts=_replaced(case.parts, fields, "parts", said, _corrected_case),
    )


def _corrected_record(record: Record, fields: Fields, said: Mapping[str, Any]) -> Record:
    read = read_record(fields, {})
    values = {attribute: getattr(read, attribute) for attribute in _named(said, _RECORD)}
    return replace(record, **values, dates=_dates(record.dates, read.dates, said, _RECORD))


def _named(said: Mapping[str, Any], kind: _Kind) -> set[str]:
    return {kind.attributes[name] for name in said if name in kind.attributes}


def _dates(
    before: tuple[TypedDate, ...], read: tuple[TypedDate, ...], said: Mapping[str, Any], kind: _Kind
) -> tuple[TypedDate, ...]:
    """Keep the dates of which nothing is said; `dates` that name a kind with a field of its own speak of that kind."""
    own = frozenset(kind.dates.values())
    listed = {date.get("type") for date in said.get("dates") or ()}
    given = {term for name, term in kind.dates.items() if name in said} | (listed & own)

    def is_said(date: TypedDate) -> bool:
        return date.type in given or ("dates" in said and date.type not in own)

    kept = (date for date in before if not is_said(date))
    return (*kept, *(date for date in _without_filler(read, said, kind) if is_said(date)))


def _without_filler(read: tuple[TypedDate, ...], said: Mapping[str, Any], kind: _Kind) -> tuple[TypedDate, ...]:
    """Leave out the dates that were filled in: each is the first of its kind, before what `dates` list."""
    for name, term in kind.dates.items():
        if name in kind.filler and name not in said:
            first = next(place for place, date in enumerate(read) if date.type == term)
            read = (*read[:first], *read[first + 1 :])
    return read
