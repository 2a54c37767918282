"""The life of a request: each step in its order, with all that it must say, by whom it may be taken."""

from datetime import UTC, date, datetime

import pytest

from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Doing,
    InformationRequest,
    Refused,
    RequestState,
    Step,
    StepLack,
    Urgency,
    deed_of,
    lacks_of,
)
from ingest.domain.people import Deed

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
FILE = AnswerFile(name="svar.pdf", media_type="application/pdf", size=1, sha256="a" * 64)
ASKED = InformationRequest(id="r", received_at=NOON, language="sv", question="Vad beslutades?")
COPY = AnsweredWithCopy(text="Se bilagan.", files=(FILE,))
MASKED = AnsweredWithMaskedCopy(text="Se bilagan.", files=(FILE,), ground="OSL 21 kap. 1 §", appeal="Kammarrätten")
REFUSED = Refused(text="Kan inte lämnas ut.", ground="OSL 21 kap. 1 §", appeal="Kammarrätten")
CLOSED = Closed(text="Klart.")
EVERY: tuple[Doing, ...] = (Claimed(), COPY, MASKED, REFUSED, CLOSED)


def after(*steps: Doing, by: str = "Anna") -> InformationRequest:
    request = ASKED
    for doing in steps:
        request = request.after(Step(by=by, at=NOON, doing=doing))
    return request


@pytest.mark.parametrize(
    ("before", "state", "may"),
    [
        ((), RequestState.RECEIVED, {Claimed()}),
        ((Claimed(),), RequestState.CLAIMED, set(EVERY)),
        ((Claimed(), COPY), RequestState.ANSWERED, {CLOSED}),
        ((Claimed(), MASKED), RequestState.ANSWERED, {CLOSED}),
        ((Claimed(), REFUSED), RequestState.REFUSED, {CLOSED}),
        ((Claimed(), CLOSED), RequestState.CLOSED, set()),
    ],
)
def test_every_step_has_its_place(before: tuple[Doing, ...], state: RequestState, may: set[Doing]) -> None:
    request = after(*before)
    assert request.state is state
    assert {doing for doing in EVERY if not lacks_of(request, doing, "Anna")} == may


def test_whoever_answers_has_claimed_it_and_anybody_may_take_it_over() -> None:
    request = after(Claimed())
    assert lacks_of(request, COPY, "Bo") == (StepLack.CLAIM,)
    taken = request.after(Step(by="Bo", at=NOON, doing=Claimed()))
    assert (taken.claimed_by, lacks_of(taken, COPY, "Bo")) == ("Bo", ())


@pytest.mark.parametrize(
    ("doing", "lacking"),
    [
        (AnsweredWithCopy(text=" "), {StepLack.TEXT}),
        (
            AnsweredWithMaskedCopy(text="", files=(), ground="", appeal=""),
            {StepLack.TEXT, StepLack.GROUND, StepLack.APPEAL, StepLack.FILES},
        ),
        (Refused(text="Nej.", ground=" ", appeal=""), {StepLack.GROUND, StepLack.APPEAL}),
        (Closed(text=""), {StepLack.TEXT}),
    ],
)
def test_what_a_step_must_say(doing: Doing, lacking: set[StepLack]) -> None:
    assert set(lacks_of(after(Claimed()), doing, "Anna")) == lacking


def test_what_is_masked_is_refused() -> None:
    wanted = {doing: deed_of(doing) for doing in EVERY}
    assert {doing for doing, deed in wanted.items() if deed is Deed.REFUSE_REQUESTS} == {MASKED, REFUSED}


def test_the_clock_runs_in_working_days_until_it_is_decided() -> None:
    request = after(Claimed())
    assert request.days_waited(date(2026, 12, 1)) == 2
    answered = request.after(Step(by="Anna", at=datetime(2026, 11, 30, 9, tzinfo=UTC), doing=COPY))
    assert answered.days_waited(date(2026, 12, 24)) == 1


# Received on a Friday: the days after it are 0, 0 (a weekend), 1, 2, 3, 4 working days.
URGENCIES = {27: Urgency.FRESH, 28: Urgency.FRESH, 29: Urgency.FRESH, 30: Urgency.DUE}


@pytest.mark.parametrize(("day", "urgency"), URGENCIES.items())
def test_whoever_asks_is_taken_on_within_a_working_day(day: int, urgency: Urgency) -> None:
    assert after().urgency(date(2026, 11, day)) is urgency


@pytest.mark.parametrize(
    ("day", "received", "claimed"),
    [
        (1, Urgency.DUE, Urgency.FRESH),
        (2, Urgency.DUE, Urgency.DUE),
        (3, Urgency.OVERDUE, Urgency.OVERDUE),
    ],
)
def test_and_decided_within_three(day: int, received: Urgency, claimed: Urgency) -> None:
    assert after().urgency(date(2026, 12, day)) is received
    assert after(Claimed()).urgency(date(2026, 12, day)) is claimed
    assert after(Claimed(), COPY).urgency(date(2026, 12, day)) is Urgency.DONE
