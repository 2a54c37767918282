"""What a decision needs to open a unit: a releaser, a reason, ground, assessment, and all of it in view."""

from dataclasses import replace

import pytest

from ingest.domain.access.decisions import AccessDecision, Lack, ToldUnit, UnitInView, View, lacks
from ingest.domain.access.levels import Level
from ingest.domain.access.preapprovals import Approval, PreApproval
from ingest.domain.cases import Case
from ingest.domain.descriptions import Classification
from ingest.domain.people import PersonRole
from tests.fakes.decided import NOON, SECRET, UNMARKED, VIEW, decision, told

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


RUT = Approval(by="Rut Ek", role=PersonRole.RELEASER, at=NOON)
BO = replace(RUT, by="Bo Alm")
CLASS = PreApproval(
    agreement="bygg",
    agreement_version=2,
    scheme="KLASSA",
    code="3.1.2",
    ground="ingen",
    personal_data="Bara namn på sökande, som är offentliga.",
    approvals=(RUT, BO),
)
BYGGLOV = Classification(scheme="KLASSA", code="3.1.2")
CASE = Case(id="C", classifications=(BYGGLOV,))


def test_two_releasers_can_approve_a_class_beforehand() -> None:
    by_system = replace(OPENING, role=PersonRole.ARCHIVIST, approval=CLASS)
    assert CLASS.is_valid
    assert CLASS.covers(CASE, UNMARKED)
    assert lacked(by_system) == set()


@pytest.mark.parametrize(
    "approval",
    [
        replace(CLASS, approvals=(RUT,)),
        replace(CLASS, approvals=(RUT, replace(RUT, at=NOON))),
        replace(CLASS, approvals=(RUT, replace(BO, role=PersonRole.ARCHIVIST))),
        replace(CLASS, ground=""),
        replace(CLASS, personal_data=" "),
    ],
    ids=["one", "the same twice", "one who may not open", "no ground", "no assessment"],
)
def test_less_than_that_approves_nothing(approval: PreApproval) -> None:
    assert not approval.is_valid
    assert lacked(replace(OPENING, approval=approval)) == {Lack.RELEASER}


def test_an_approval_opens_nothing_that_bears_a_mark() -> None:
    assert not CLASS.covers(CASE, SECRET)
    assert lacked(replace(OPENING, approval=CLASS), now=told(SECRET)) == {Lack.RELEASER}


@pytest.mark.parametrize(
    "classes",
    [(), (replace(BYGGLOV, code="3.1"),), (replace(BYGGLOV, scheme=None),), (BYGGLOV, replace(BYGGLOV, code="9"))],
    ids=["none", "another", "another scheme", "two"],
)
def test_an_approval_covers_its_own_class_alone(classes: tuple[Classification, ...]) -> None:
    assert not CLASS.covers(replace(CASE, classifications=classes), UNMARKED)
