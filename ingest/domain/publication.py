"""What crosses over to the reading room: public records, made of decisions in force and of nothing else (DESIGN §1.5).

A unit is carried over because somebody decided so, never because nothing speaks against it: a proposal carries nothing.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.access.standing import PackageStanding
from ingest.domain.access.units import Unit, UnitKey, units_of
from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.conversions import DerivedObject
from ingest.domain.descriptions import TypedDate
from ingest.domain.packages import DigitalObject, FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.personal_numbers import find_numbers
from ingest.domain.submissions import Organisation, Submission

_UNKNOWN_TYPE: Final = "application/octet-stream"
_UNTITLED: Final = "Utan titel"
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_ID_LETTERS: Final = 32
_DATES: Final = ("opened", "created", "received", "sent", "closed")
"""The dates that place a unit in time, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFile:
    """A file of the package that crosses over: where it lies in the AIP, and what it is; `size` in bytes."""

    aip_path: PackagePath
    name: str
    media_type: str
    format: str
    size: int
    sha256: str

    def told(self) -> dict[str, Any]:
        """Give the file as a public record names it."""
        said = {"name": self.name, "mediaType": self.media_type, "size": self.size, "sha256": self.sha256}
        return {**said, "format": self.format} if self.format else said


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicUnit:
    """A unit that crosses over: its public record, but for the day it was first carried over, and its files."""

    key: UnitKey
    record: Mapping[str, Any]
    files: tuple[CarriedFile, ...]

    @property
    def id(self) -> str:
        """The public id."""
        return str(self.record["id"])


def public_ids(decisions: Iterable[AccessDecision]) -> dict[UnitKey, str]:
    """Give the public id of each unit that was ever decided on; `decisions` stand in the order of the journal.

    It is made of the id of the first decision that names the unit: random, told to nobody outside, and kept for ever.
    So it tells nothing, stays the same in every generation and after a rebuild, and confirms no guess at a case number.
    """
    ids: dict[UnitKey, str] = {}
    for decision in decisions:
        for unit in decision.units:
            ids.setdefault(unit.key, _public_id(decision.id, unit.key))
    return ids


def _public_id(decision: str, key: UnitKey) -> str:
    said = json.dumps(["earkiv public id", decision, *key], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:_ID_LETTERS]


def public_units(
    aip: Aip, standing: PackageStanding, ids: Mapping[UnitKey, str], barred: AbstractSet[str]
) -> tuple[PublicUnit, ...]:
    """Give the units that a decision in force lets the public see or ask for, each case before what is in it.

    `ids` are those of `public_ids`; `barred` the SHA-256 of files that never cross, whatever is decided. What
    shares its key with another unit stays: nobody could tell which of them was decided on.
    """
    units = units_of(aip.submission)
    times = Counter(unit.key for unit in units)
    decided = {key: found for key, count in times.items() if count == 1 and (found := carrying(standing, key))}
    crossing = _Crossing(
        submission=aip.submission,
        files=_Files(aip, barred),
        decided=decided,
        ids={key: ids[key] for key in decided},
        references=standing.references_shown(),
    )
    return tuple(crossing.crossed(unit) for unit in units if unit.key in decided)


def carrying(standing: PackageStanding, key: UnitKey) -> AccessDecision | None:
    """Give the decision that lets a unit cross over, None where none does; a stub needs words that a person chose."""
    stands = standing.units.get(key)
    if stands is None or stands.decision is None or stands.level is not stands.decision.level:
        return None
    match stands.level:
        case Level.PUBLIC:
            return stands.decision
        case Level.ON_REQUEST:
            return stands.decision if stands.decision.stub_text.strip() else None
        case Level.HIDDEN:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crossing:
    """What crosses over of one package: the decisions on its units, and the ids of those that cross."""

    submission: Submission
    files: "_Files"
    decided: Mapping[UnitKey, AccessDecision]
    ids: Mapping[UnitKey, str]
    references: AbstractSet[UnitKey]

    def crossed(self, unit: Unit) -> PublicUnit:
        decision, over = self.decided[unit.key], self.ids.get(unit.key[:-1])
        common = {
            "id": self.ids[unit.key],
            "kind": "case" if isinstance(unit.described, Case) else "record",
            "level": decision.level.value,
            **({} if over is None else {"partOf": over}),
        }
        if decision.level is not Level.PUBLIC:
            return PublicUnit(key=unit.key, record={**common, "title": decision.stub_text, "documents": []}, files=())
        files = tuple(self.files.of(unit.described))
        number = {"reference": _reference(unit.described)} if unit.key in self.references else {}
        record = {**common, **_told(unit.described, self.submission), **number}
        said = {name: value for name, value in record.items() if value != ""}
        return PublicUnit(key=unit.key, record={**said, "documents": [one.told() for one in files]}, files=files)


def _told(described: Case | Record, submission: Submission) -> dict[str, Any]:
    """Give what a public unit says of itself: nothing of parties, notes and addresses, which are about people."""
    dates = [day for date in map(described.date, _DATES) if date is not None and (day := _day(date))]
    last = _day(described.date("closed")) if isinstance(described, Case) and dates else ""
    creator = submission.archival_creator
    return {
        "title": _title(described),
        "type": described.type or "",
        "description": described.description or "",
        **({"date": dates[0]} if dates else {}),
        "dateTo": last,
        **_creator(creator),
        **_classes(described),
    }


def _title(described: Case | Record) -> str:
    """Give the title that the source itself meant for the public, else its title."""
    meant = (title.text for title in described.other_titles if title.type == "public" and title.text.strip())
    return next(meant, described.title or "").strip() or _UNTITLED


def _reference(described: Case | Record) -> str:
    return (described.number or described.id) if isinstance(described, Record) else described.id


def _day(date: TypedDate | None) -> str:
    return date.value.day if date is not None and date.value is not None else ""


def _creator(creator: Organisation | None) -> dict[str, Any]:
    """Give the archival creator; nothing in which a personal number stands, for that of a package nobody decided on."""
    if creator is None or not creator.name or any(find_numbers(creator.name)):
        return {}
    identifier = creator.identifier or ""
    shown = {"identifier": identifier} if identifier and not any(find_numbers(identifier)) else {}
    return {"archivalCreator": {"name": creator.name, **shown}}


def _classes(described: Case | Record) -> dict[str, Any]:
    one = next((one for one in described.classifications if one.title), None)
    if one is None:
        return {}
    scheme = " ".join(part for part in (one.scheme, one.version) if part)
    told = [{"title": one.title, **({"code": one.code} if one.code else {})}]
    return {"classification": told, **({"classificationScheme": scheme} if scheme else {})}


class _Files:
    """The files of a package by their delivered paths, each with the preservation copies made of it."""

    def __init__(self, aip: Aip, barred: AbstractSet[str]) -> None:
        self._barred = barred
        self._delivered = {one.path: one for one in aip.objects}
        self._copies: dict[PackagePath, list[DerivedObject]] = {}
        for copy in aip.derived:
            self._copies.setdefault(copy.source, []).append(copy)

    def of(self, described: Case | Record) -> Iterator[CarriedFile]:
        """Give the files of a unit's documents, those of what is in it and all barred ones left out, each once."""
        seen = set(self._barred)
        for document in described.documents:
            delivered = self._delivered.get(document.path) if document.path is not None else None
            if delivered is None:
                continue
            for one in (delivered, *self._copies.get(delivered.path, ())):
                if one.sha256 not in seen:
                    seen.add(one.sha256)
                    yield _carried(one, document.name)


def _carried(file: DigitalObject | DerivedObject, name: str) -> CarriedFile:
    designation = file.format
    if isinstance(file, DerivedObject):
        name = f"{PurePosixPath(name).stem}{PurePosixPath(file.place.aip_path).suffix}"
    return CarriedFile(
        aip_path=file.place.aip_path,
        name=name,
        media_type=media_type_of(designation),
        format=_format(designation),
        size=file.size,
        sha256=file.sha256,
    )


def _format(designation: FormatDesignation) -> str:
    """Give the name of a format with its version, which PRONOM often has in the name already."""
    name, version = designation.name, designation.version
    return name if version in name else f"{name} {version}"


def media_type_of(designation: FormatDesignation) -> str:
    """Give the first media type of PRONOM's list for a format, that of unknown bytes where there is none."""
    first = designation.mime_type.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip().lower()
    return first if _MEDIA_TYPE.fullmatch(first) else _UNKNOWN_TYPE
