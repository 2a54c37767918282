"""What of a request is disposed of, and when: from the answer on, day by day, and never while it waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Disposal,
    Doing,
    InformationRequest,
    Part,
    Refused,
    Step,
)
from ingest.domain.request_disposal import KeepingTimes, due_parts

ASKED_AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANSWERED_AT = ASKED_AT + timedelta(days=2)
TIMES = KeepingTimes(contact_days=90, file_days=30)
FILE = AnswerFile(name="svar.pdf", media_type="application/pdf", size=7, sha256="a" * 64)
COPY = AnsweredWithCopy(text="Här.", files=(FILE,))
REFUSED = Refused(text="Nej.", ground="OSL 21:1", appeal="Kammarrätten")
MASKED = AnsweredWithMaskedCopy(text="Delvis.", files=(FILE,), ground="OSL 21:1", appeal="Kammarrätten")
CLOSED = Closed(text="Klart.")


def asked(*doings: Doing, contact: str = "08-1") -> InformationRequest:
    """Give a request that was taken on when it came, and of which the rest was done two days later."""
    steps = tuple(Step(by="Anna", at=ANSWERED_AT, doing=doing) for doing in doings)
    first = Step(by="Anna", at=ASKED_AT, doing=Claimed())
    return InformationRequest(
        id="r", received_at=ASKED_AT, language="sv", question="Ön?", contact=contact, steps=(first, *steps)
    )


def due(request: InformationRequest, days: float) -> tuple[Part, ...]:
    return due_parts(request, TIMES, ANSWERED_AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("request_", "days", "parts"),
    [
        (asked(COPY), 29.99, ()),
        (asked(COPY), 30, (Part.FILES,)),
        (asked(MASKED), 89.99, (Part.FILES,)),
        (asked(MASKED), 90, (Part.CONTACT, Part.FILES)),
        (asked(COPY, contact=""), 90, (Part.FILES,)),
        (asked(REFUSED), 89.99, ()),
        (asked(REFUSED), 90, (Part.CONTACT,)),
        (asked(REFUSED, contact=""), 9999, ()),
        (asked(REFUSED, CLOSED), 90, (Part.CONTACT,)),
        (asked(CLOSED), 89.99, ()),
        (asked(CLOSED, contact=""), 90, (Part.REQUEST,)),
        (asked(), 9999, ()),
    ],
)
def test_each_part_has_its_time(request_: InformationRequest, days: float, parts: tuple[Part, ...]) -> None:
    assert due(request_, days) == parts


def test_a_request_that_nobody_has_taken_on_waits_for_ever() -> None:
    assert due(replace(asked(), steps=()), 9999) == ()


def test_what_is_closed_later_is_kept_from_the_answer_on() -> None:
    answered = asked(REFUSED)
    closed = answered.after(Step(by="Anna", at=ANSWERED_AT + timedelta(days=80), doing=CLOSED))
    assert due(closed, 90) == (Part.CONTACT,)


def test_what_was_disposed_of_is_not_due_again() -> None:
    gone = Disposal(part=Part.FILES, at=ANSWERED_AT)
    assert due(replace(asked(COPY), disposals=(gone,)), 90) == (Part.CONTACT,)
    assert due(replace(asked(COPY), contact="", disposals=(gone,)), 90) == ()
