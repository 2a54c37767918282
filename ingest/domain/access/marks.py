"""What closes a unit: marks that its source set, and what the archive itself knows of it.

Every cause has one level. A value that is not known, a mark without legal ground and what contradicts itself hide. No
date is read to open anything: in one profile it says when a restriction ends, in another when it starts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ingest.domain.access.levels import Level
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Restriction, TypedDate
from ingest.domain.submissions import Submission


class Cause(StrEnum):
    """Why a unit is proposed to be closed."""

    UNMARKED = "unmarked"
    PRIVACY = "privacy"
    NOT_TO_BE_PUBLISHED = "not to be published"
    PERSONAL_NUMBER = "personal number"
    NOT_SEARCHED = "not searched for personal numbers"
    SECRECY = "secrecy"
    CLASSED = "security or information class"
    PROTECTED_IDENTITY = "protected identity"
    NO_LEGAL_GROUND = "no legal ground"
    UNKNOWN_VALUE = "unknown value"
    CONTRADICTION = "contradiction"
    SAME_ID = "same id"
    ALSO_IN_PRIVATE = "document of a private unit too"
    ALSO_IN_HIDDEN = "document of a hidden unit too"
    AGREEMENT = "agreement"


LEVELS: Final[Mapping[Cause, Level]] = MappingProxyType(
    {
        Cause.UNMARKED: Level.ON_REQUEST,
        Cause.PRIVACY: Level.ON_REQUEST,
        Cause.NOT_TO_BE_PUBLISHED: Level.ON_REQUEST,
        Cause.PERSONAL_NUMBER: Level.ON_REQUEST,
        Cause.NOT_SEARCHED: Level.ON_REQUEST,
        Cause.ALSO_IN_PRIVATE: Level.ON_REQUEST,
        Cause.ALSO_IN_HIDDEN: Level.HIDDEN,
        Cause.SECRECY: Level.HIDDEN,
        Cause.CLASSED: Level.HIDDEN,
        Cause.PROTECTED_IDENTITY: Level.HIDDEN,
        Cause.NO_LEGAL_GROUND: Level.HIDDEN,
        Cause.UNKNOWN_VALUE: Level.HIDDEN,
        Cause.CONTRADICTION: Level.HIDDEN,
        Cause.SAME_ID: Level.HIDDEN,
        Cause.AGREEMENT: Level.HIDDEN,
    }
)
"""What each cause proposes: no cause proposes public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One cause, and the words in the source that are behind it ("" when it said none)."""

    cause: Cause
    words: str = ""


_OTHER: Final = "other_type"
_TYPES: Final = {"confidential": Cause.SECRECY, "gdpr": Cause.PRIVACY, "integrity": Cause.PRIVACY}
_PACKAGE: Final = {
    "secrecy": Cause.SECRECY,
    "secrecy and pul": Cause.SECRECY,
    "pul": Cause.PRIVACY,
    "gdpr": Cause.PRIVACY,
}
_OPEN: Final = frozenset({"public", "open", "offentlig", "öppen", "allmän"})
_NO: Final = frozenset({"no", "nej", "none", "ingen", "false", "0"})
_YES: Final = frozenset({"yes", "ja", "true", "1"})


def marks_of(described: Case | Record) -> tuple[Mark, ...]:
    """Give what a case or record says that closes it; its restrictions, classes, parties and words on access."""
    restrictions = described.restrictions
    marks = [mark for restriction in restrictions for mark in _of_restriction(restriction)]
    marks += _classes(described.information_class, described.security_class)
    if any(party.protected_identity for party in described.parties):
        marks.append(Mark(cause=Cause.PROTECTED_IDENTITY))
    access = described.access or ""
    if _folded(access) in _OPEN:
        marks += [Mark(cause=Cause.CONTRADICTION, words=access)] if marks else []
    elif access.strip():
        marks.append(Mark(cause=Cause.UNKNOWN_VALUE, words=access))
    return tuple(marks)


def marks_of_package(submission: Submission) -> tuple[Mark, ...]:
    """Give what a package says of itself as a whole (ext:ACCESSRESTRICT, additionalPackageInfo) that closes it."""
    said = submission.access_restriction
    marks = [] if said is None or _denies(said) else [_of_package(said)]
    for attribute in submission.attributes:
        place = attribute.type.lower()
        if place.endswith("userestrict/@restricted"):
            marks += _judged(attribute.text, closing=_YES, harmless=_NO)
        elif place.endswith("audience/@publishable"):
            marks += _judged(attribute.text, closing=_NO, harmless=_YES)
    return tuple(marks)


def denies_restriction(submission: Submission) -> bool:
    """Whether the package says outright that nothing in it is restricted: any mark in it contradicts that."""
    return submission.access_restriction is not None and _denies(submission.access_restriction)


def _of_restriction(restriction: Restriction) -> Iterator[Mark]:
    words = restriction.other_type or restriction.type
    yield Mark(cause=_TYPES.get(restriction.type, Cause.UNKNOWN_VALUE), words=words)
    if not (restriction.regulation or "").strip():
        yield Mark(cause=Cause.NO_LEGAL_GROUND, words=words)
    if restriction.other_type and restriction.type != _OTHER:
        yield Mark(cause=Cause.CONTRADICTION, words=f"{restriction.type}, {restriction.other_type}")
    yield from _classes(restriction.information_class, restriction.security_class)
    if any(agent.protected_identity for agent in restriction.agents):
        yield Mark(cause=Cause.PROTECTED_IDENTITY)
    yield from _of_dates(restriction)


def _of_dates(restriction: Restriction) -> Iterator[Mark]:
    starts, ends = restriction.starts, restriction.ends
    dates = (starts, ends, *restriction.other_dates)
    yield from (Mark(cause=Cause.UNKNOWN_VALUE, words=date.raw) for date in dates if date and date.value is None)
    if starts and ends and _is_after(starts, ends):
        yield Mark(cause=Cause.CONTRADICTION, words=f"{starts.raw} > {ends.raw}")


def _is_after(one: TypedDate, other: TypedDate) -> bool:
    return one.value is not None and other.value is not None and one.value.earliest > other.value.earliest


def _classes(*classes: str | None) -> list[Mark]:
    return [Mark(cause=Cause.CLASSED, words=said) for said in classes if said and said.strip()]


def _of_package(said: str) -> Mark:
    return Mark(cause=_PACKAGE.get(_folded(said), Cause.UNKNOWN_VALUE), words=said)


def _judged(said: str, *, closing: frozenset[str], harmless: frozenset[str]) -> list[Mark]:
    """Judge a yes or no: neither of them hides."""
    if _folded(said) in harmless:
        return []
    cause = Cause.NOT_TO_BE_PUBLISHED if _folded(said) in closing else Cause.UNKNOWN_VALUE
    return [Mark(cause=cause, words=said)]


def _denies(said: str) -> bool:
    return _folded(said) in _NO


def _folded(said: str) -> str:
    return " ".join(said.casefold().split())
