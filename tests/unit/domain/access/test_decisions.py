"""What a decision needs to open a unit: a releaser, a reason, ground, assessment, and all of it in view."""

from dataclasses import replace

import pytest

from ingest.domain.access.decisions import AccessDecision, Lack, ToldUnit, UnitInView, View, lacks
from ingest.domain.access.levels import Level
from ingest.domain.people import PersonRole
from tests.fakes.decided import SECRET, VIEW, decision, told

OPENING = decision(Level.PUBLIC, ("C",))
OTHERS = [role for role in PersonRole if role is not PersonRole.RELEASER]


def lacked(made: AccessDecision, seen: View = VIEW, now: ToldUnit | None = told()) -> set[Lack]:  # noqa: B008 - frozen
    return set(lacks(made, UnitInView(key=("C",), view=seen, closed=""), now, ""))


def test_a_complete_decision_of_a_releaser_lacks_nothing() -> None:
    assert lacked(OPENING) == set()
    assert lacked(OPENING, now=told(SECRET)) == set()


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_opens(role: PersonRole) -> None:
    assert lacked(replace(OPENING, role=role)) == {Lack.RELEASER}


@pytest.mark.parametrize(
    ("lack", "without"),
    [
        (Lack.REASON, replace(OPENING, reason=" ")),
        (Lack.GROUND, replace(OPENING, ground="")),
        (Lack.PERSONAL_DATA, replace(OPENING, personal_data="")),
    ],
)
def test_what_must_be_stated_is_stated(lack: Lack, without: AccessDecision) -> None:
    assert lacked(without) == {lack}


def test_the_assessment_of_personal_data_is_for_what_becomes_public() -> None:
    assert lacked(replace(decision(Level.ON_REQUEST, ("C",)), personal_data="")) == set()


@pytest.mark.parametrize("now", [None, told(view=replace(VIEW, content="e")), told(view=replace(VIEW, hits="e"))])
def test_other_content_and_other_hits_are_not_what_was_in_view(now: ToldUnit | None) -> None:
    assert lacked(OPENING, now=now) == {Lack.VIEW}


@pytest.mark.parametrize(
    ("seen", "closed", "lack"),
    [
        ("", "d-1", {Lack.CLOSED_SINCE}),
        ("d-1", "d-2", {Lack.CLOSED_SINCE}),
        ("d-1", "d-1", set()),
        (None, "d-1", set()),
    ],
)
def test_what_somebody_closed_is_opened_by_whoever_has_seen_that(
    seen: str | None, closed: str, lack: set[Lack]
) -> None:
    """Decisions of the time before that was written, None, bind what was in view alone."""
    unit = UnitInView(key=("C",), view=VIEW, closed=seen)
    assert set(lacks(OPENING, unit, told(), closed)) == lack
