"""Access decisions that lack nothing, for tests to take something from."""

from dataclasses import replace
from datetime import UTC, datetime

from ingest.domain.access.decisions import AccessDecision, ToldUnit, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
from ingest.domain.access.preapprovals import Approval, ContentClass, PreApproval
from ingest.domain.access.proposals import Place, Proposal, Reason
from ingest.domain.access.units import UnitKey
from ingest.domain.people import PersonRole

VIEW = View(content="c" * 64, hits="d" * 64)
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def decision(level: Level, *keys: UnitKey, view: View = VIEW, role: PersonRole = PersonRole.RELEASER) -> AccessDecision:
    """Give a complete decision on units that all have the same in view."""
    return AccessDecision(
        id=f"{level}-{role}",
        package="p",
        generation=1,
        units=tuple(UnitInView(key=key, view=view) for key in keys),
        level=level,
        by="Rut Ek",
        role=role,
        at=NOON,
        reason="Begäran av en forskare.",
        ground="ingen",
        personal_data="Inga personuppgifter.",
    )


def proposal(*causes: Cause) -> Proposal:
    """Give a proposal for these causes, all of the unit itself."""
    return Proposal(reasons=tuple(Reason(cause=cause, place=Place.ITSELF) for cause in causes))


UNMARKED = proposal(Cause.UNMARKED)
SECRET = proposal(Cause.SECRECY)


CLASS = ContentClass(agreement="bygg", agreement_version=2, scheme="KLASSA", code="3.1.2")


def told(proposed: Proposal = UNMARKED, view: View = VIEW, of_class: ContentClass | None = CLASS) -> ToldUnit:
    """Give a unit as it is told of."""
    return ToldUnit(view=view, proposal=proposed, of_class=of_class)


def word(name: str, role: PersonRole = PersonRole.RELEASER) -> Approval:
    """Give a person's word for a pre-approval."""
    return Approval(by=name, subject=f"s-{name}", role=role, at=NOON, reason="Alla sådana har prövats.")


APPROVED = PreApproval(
    id="a-1",
    of_class=CLASS,
    ground="ingen",
    personal_data="Bara namn på sökande, som är offentliga.",
    begins="2026-11-01",
    ends="2026-12-31",
    approvals=(word("Rut Ek"), word("Bo Alm")),
)
"""A class that two have approved beforehand, for tests to take something from."""


def by_approval(approval: PreApproval, *keys: UnitKey, view: View = VIEW) -> AccessDecision:
    """Give a decision by a pre-approval, by somebody who could open nothing alone."""
    made = decision(Level.PUBLIC, *keys, view=view, role=PersonRole.ARCHIVIST)
    return replace(made, id=f"by {approval.id}", approval=approval)
