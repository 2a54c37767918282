"""Access decisions that lack nothing, for tests to take something from."""

from datetime import UTC, datetime

from ingest.domain.access.decisions import AccessDecision, ToldUnit, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
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


def told(proposed: Proposal = UNMARKED, view: View = VIEW) -> ToldUnit:
    """Give a unit as it is told of."""
    return ToldUnit(view=view, proposal=proposed)
