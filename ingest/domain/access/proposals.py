"""What level is proposed of each unit of a package, and why: one pure function of what the package says.

The strictest of all that closes the unit itself, anything it is in (it shares what is said of that), anything in it
(which its description, its count and the gaps in its series would tell), and the package as a whole. Nothing is ever
proposed to be public: what bears no mark is on request, for a missing mark proves nothing (DESIGN §8).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.domain.access.levels import Level, strictest
from ingest.domain.access.marks import LEVELS, Cause, Mark, denies_restriction, marks_of, marks_of_package
from ingest.domain.access.units import UnitKey, above, units_of
from ingest.domain.agreements import AccessDefault
from ingest.domain.submissions import Submission

Found = Mapping[UnitKey, Sequence[Cause]]
"""What the archive itself found in units: personal numbers, and what could not be searched for them."""


class Place(StrEnum):
    """Where it stands, as seen from the unit that it closes."""

    ITSELF = "itself"
    ABOVE = "above"
    BELOW = "below"
    PACKAGE = "package"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that closes a unit; `of` is the unit that bears the mark, () where it is no unit's."""

    cause: Cause
    place: Place
    of: UnitKey = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Why a unit is closed; at least one reason, since no mark is a reason too."""

    reasons: tuple[Reason, ...]

    @property
    def level(self) -> Level:
        """The strictest level of all the reasons."""
        return strictest(*(LEVELS[reason.cause] for reason in self.reasons))

    @property
    def is_unmarked(self) -> bool:
        """Whether nothing at all speaks against opening it, so that a person may open it together with its like."""
        return all(reason.cause is Cause.UNMARKED for reason in self.reasons)


def propose(submission: Submission, found: Found, default: AccessDefault) -> Mapping[UnitKey, Proposal]:
    """Propose a level of every unit, in delivered order.

    `found` is what a search for personal numbers found in each unit's own description and documents; `default` is the
    least strict level that the agreement allows to propose.
    """
    own = _own_marks(submission, found)
    below = _marks_below(own)
    common = _common(submission, default)
    return {
        key: Proposal(
            reasons=(
                *(Reason(cause=mark.cause, place=Place.ITSELF, of=key, words=mark.words) for mark in marks),
                *(
                    Reason(cause=mark.cause, place=Place.ABOVE, of=over, words=mark.words)
                    for over in above(key)
                    for mark in own[over]
                ),
                *below[key].values(),
                *common,
            )
            or (Reason(cause=Cause.UNMARKED, place=Place.ITSELF, of=key),)
        )
        for key, marks in own.items()
    }


def _own_marks(submission: Submission, found: Found) -> dict[UnitKey, tuple[Mark, ...]]:
    denied = (Mark(cause=Cause.CONTRADICTION, words=submission.access_restriction or ""),)
    own: dict[UnitKey, tuple[Mark, ...]] = {}
    for unit in units_of(submission):
        marks = marks_of(unit.described)
        marks += denied if marks and denies_restriction(submission) else ()
        if unit.key in own:
            marks += (*own[unit.key], Mark(cause=Cause.SAME_ID))
        own[unit.key] = tuple(dict.fromkeys(marks))
    return {key: (*marks, *(Mark(cause=cause) for cause in found.get(key, ()))) for key, marks in own.items()}


def _marks_below(own: Mapping[UnitKey, tuple[Mark, ...]]) -> Mapping[UnitKey, dict[Cause, Reason]]:
    """Give each unit one reason for each cause in what lies below it: the first, however many bear it."""
    below: defaultdict[UnitKey, dict[Cause, Reason]] = defaultdict(dict)
    for key, marks in own.items():
        for mark in marks:
            reason = Reason(cause=mark.cause, place=Place.BELOW, of=key, words=mark.words)
            for over in above(key):
                below[over].setdefault(mark.cause, reason)
    return below


def _common(submission: Submission, default: AccessDefault) -> tuple[Reason, ...]:
    package = (Reason(cause=m.cause, place=Place.PACKAGE, words=m.words) for m in marks_of_package(submission))
    agreement = (Reason(cause=Cause.AGREEMENT, place=Place.ARCHIVE),) if default is AccessDefault.HIDDEN else ()
    return (*package, *agreement)
