"""A person's decision on who may see units of a package, and what it lacks to let more be seen than before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.domain.access.levels import Level
from ingest.domain.access.preapprovals import ContentClass, PreApproval
from ingest.domain.access.proposals import Proposal
from ingest.domain.access.units import UnitKey
from ingest.domain.people import Deed, PersonRole, acts_as


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that there is to see of a unit, as two SHA-256 in hexadecimal.

    `content` stands for the unit with all below it and their files, and for what is said of anything it is in and of
    the package; `hits` for the personal numbers found in any of that.
    """

    content: str
    hits: str


class Reference(StrEnum):
    """Whether the producer's own number of a unit is shown: gaps in a series tell what is not there."""

    SHOWN = "shown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInView:
    """A unit that is decided on, and what was in view then.

    `closed` is what had last closed the unit, or anything that it is in, as `Standing` tells it; "" = nothing had. None
    stands in decisions of the time before that was written: they bind what was in view alone.
    """

    key: UnitKey
    view: View
    closed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDecision:
    """A decision, the same for several units of one generation of a package.

    `ground` is the legal ground, or the words that say that there is none; `personal_data` the assessment that making
    something public needs; `stub_text` what the public reads in place of a unit that is on request. `role` is the one
    that the person acted in; where an `approval` stands for it, two people have decided before.
    """

    id: str
    package: str
    generation: int
    units: tuple[UnitInView, ...]
    level: Level
    by: str
    role: PersonRole
    at: datetime
    reason: str
    ground: str = ""
    personal_data: str = ""
    reference: Reference = Reference.WITHHELD
    stub_text: str = ""
    approval: PreApproval | None = None


class Lack(StrEnum):
    """What a decision lacks to open a unit."""

    RELEASER = "releaser"
    REASON = "reason"
    GROUND = "ground"
    PERSONAL_DATA = "personal data"
    VIEW = "view"
    CLOSED_SINCE = "closed since"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldUnit:
    """A unit as it is told of now: all that there is to see of it, the proposal that it gives, and its class."""

    view: View
    proposal: Proposal
    of_class: ContentClass | None = None


def lacks(decision: AccessDecision, seen: UnitInView, now: ToldUnit | None, closed: str) -> Iterator[Lack]:
    """Name what a decision lacks to open a unit that it names.

    `seen` is what was in view then, `now` the unit as it is told of (None = untold), `closed` the decision that last
    closed it ("" = none): what somebody closes is opened by nobody who has not seen that.
    """
    if not _may_open(decision, now, closed):
        yield Lack.RELEASER
    if not decision.reason.strip():
        yield Lack.REASON
    if not decision.ground.strip():
        yield Lack.GROUND
    if decision.level is Level.PUBLIC and not decision.personal_data.strip():
        yield Lack.PERSONAL_DATA
    if now is None or now.view != seen.view:
        yield Lack.VIEW
    if seen.closed not in {None, closed}:
        yield Lack.CLOSED_SINCE


def _may_open(decision: AccessDecision, now: ToldUnit | None, closed: str) -> bool:
    """Whether a releaser decides, or an approval of two stands for that: which opens nothing that anybody closed."""
    approval = decision.approval
    if approval is not None:
        is_covered = now is not None and not closed and approval.covers(now.of_class, now.proposal)
        return is_covered and decision.level is Level.PUBLIC and approval.opens_at(decision.at)
    return Deed.LOWER_ACCESS in acts_as(decision.role)
