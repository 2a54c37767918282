"""Who may do what about a request, and what happens where two do it at once."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from ingest.adapters.public_requests import open_request_ledger
from ingest.application.answer_requests import (
    NotTaken,
    Overtaken,
    StepAnswer,
    Taken,
    WaitingRequests,
    WantedStep,
    answer_file,
    list_requests,
    open_answer_file,
    show_request,
    take_step,
    waiting_requests,
)
from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Disposal,
    Doing,
    InformationRequest,
    Refused,
    RequestState,
    Step,
    StepLack,
    files_of,
)
from ingest.domain.people import Deed, NotPermitted, Person, PersonRole, acts_as
from ingest.errors import UnknownSubject
from ingest.public_ports import RequestLedger
from schemas.public_requests import ADD_REQUEST, MOST_BYTES, MOST_FILES
from tests.contracts.request_ledger import TIMES, request_row

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
CONTENT = b"%PDF-"
FILE = answer_file("svar.pdf", "application/pdf", CONTENT)
REFUSED = Refused(text="Nej.", ground="OSL 21 kap. 1 §", appeal="Kammarrätten")
MASKED = AnsweredWithMaskedCopy(text="Se bilagan.", files=(FILE,), ground="OSL 21 kap. 1 §", appeal="Kammarrätten")
ANSWERING = {PersonRole.ARCHIVIST, PersonRole.RELEASER}


def step(
    request: str,
    seen: int,
    doing: Doing,
    person: Person,
    ledger: RequestLedger,
    contents: Mapping[str, bytes] = MappingProxyType({FILE.sha256: CONTENT}),
) -> StepAnswer:
    sent = contents if files_of(doing) else {}
    return take_step(WantedStep(request=request, seen=seen, doing=doing, contents=sent), person, ledger, lambda: NOON)


def somebody(role: PersonRole, name: str = "Anna") -> Person:
    return Person(name=name, subject=name, roles=frozenset({role}))


RUT = somebody(PersonRole.RELEASER, "Rut")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[RequestLedger]:
    """A store with one request."""
    path = tmp_path / "requests.sqlite"
    with open_request_ledger(path, TIMES) as ledger:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(ADD_REQUEST, request_row(1))
        yield ledger


def allowed(doing: Doing, person: Person, ledger: RequestLedger) -> bool:
    try:
        step("r1", 99, doing, person, ledger)
    except NotPermitted:
        return False
    return True


@pytest.mark.parametrize("role", PersonRole)
def test_every_role_does_what_it_may_and_no_more(role: PersonRole, ledger: RequestLedger) -> None:
    person = somebody(role)
    plain: tuple[Doing, ...] = (Claimed(), AnsweredWithCopy(text="Ja."), Closed(text="Klart."))
    refusing: tuple[Doing, ...] = (REFUSED, MASKED)
    assert {allowed(doing, person, ledger) for doing in plain} == {role in ANSWERING}
    assert {allowed(doing, person, ledger) for doing in refusing} == {role is PersonRole.RELEASER}
    if Deed.READ_REQUESTS in acts_as(role):
        assert list_requests(person, ledger) == (show_request("r1", person, ledger),)
    else:
        for read in (lambda: list_requests(person, ledger), lambda: show_request("r1", person, ledger)):
            with pytest.raises(NotPermitted):
                read()


def test_what_waits_is_counted_until_it_is_answered(ledger: RequestLedger) -> None:
    friday, next_friday = NOON.date(), NOON.date() + timedelta(days=7)
    received = ledger.request("r1").received_at
    auditor = somebody(PersonRole.AUDITOR)
    assert waiting_requests(auditor, ledger, friday) == WaitingRequests(count=1, overdue=0, oldest=received)
    assert waiting_requests(auditor, ledger, next_friday) == WaitingRequests(count=1, overdue=1, oldest=received)
    step("r1", 0, Claimed(), RUT, ledger)
    step("r1", 1, REFUSED, RUT, ledger)
    assert waiting_requests(auditor, ledger, next_friday) == WaitingRequests(count=0, overdue=0, oldest=None)
    with pytest.raises(NotPermitted):
        waiting_requests(somebody(PersonRole.OPERATOR), ledger, friday)


def test_a_request_goes_its_way_and_everything_is_kept(ledger: RequestLedger) -> None:
    way: tuple[Doing, ...] = (Claimed(), REFUSED, Closed(text="Överklagades inte."))
    for number, doing in enumerate(way):
        answer = step("r1", number, doing, RUT, ledger)
        assert answer == Taken(request=ledger.request("r1"))
    request = ledger.request("r1")
    assert request.state is RequestState.CLOSED
    assert [(one.by, one.doing) for one in request.steps] == [("Rut", doing) for doing in way]


def test_what_is_lacking_is_said_and_nothing_is_done(ledger: RequestLedger) -> None:
    answer = step("r1", 0, AnsweredWithCopy(text=""), RUT, ledger)
    assert answer == NotTaken(lacks=(StepLack.ORDER, StepLack.TEXT))
    assert ledger.request("r1").steps == ()


def test_whoever_has_not_seen_the_last_step_is_told(ledger: RequestLedger) -> None:
    step("r1", 0, Claimed(), RUT, ledger)
    bo = somebody(PersonRole.ARCHIVIST, "Bo")
    assert step("r1", 0, Claimed(), bo, ledger) == Overtaken(request=ledger.request("r1"))


class Raced:
    """A ledger in which another is always a moment faster."""

    def __init__(self, ledger: RequestLedger) -> None:
        self._ledger = ledger

    def requests(self) -> tuple[InformationRequest, ...]:
        return self._ledger.requests()

    def request(self, request_id: str) -> InformationRequest:
        return self._ledger.request(request_id)

    def add_step(self, request: InformationRequest, step: Step, contents: Mapping[str, bytes]) -> bool:
        self._ledger.add_step(request, Step(by="Bo", at=NOON, doing=Claimed()), {})
        return self._ledger.add_step(request, step, contents)

    def content(self, request_id: str, file: AnswerFile) -> bytes:
        return self._ledger.content(request_id, file)

    def dispose(self, request_id: str, disposal: Disposal) -> None:
        self._ledger.dispose(request_id, disposal)


def test_of_two_at_once_one_is_told_of_the_other(ledger: RequestLedger) -> None:
    answer = step("r1", 0, Claimed(), RUT, Raced(ledger))
    assert isinstance(answer, Overtaken)
    assert answer.request.claimed_by == "Bo"


def test_a_file_goes_out_with_its_answer_and_those_who_may_read_requests_open_it(ledger: RequestLedger) -> None:
    step("r1", 0, Claimed(), RUT, ledger)
    assert isinstance(step("r1", 1, MASKED, RUT, ledger), Taken)
    assert open_answer_file("r1", FILE.sha256, somebody(PersonRole.AUDITOR), ledger) == (FILE, CONTENT)
    with pytest.raises(UnknownSubject):
        open_answer_file("r1", "0" * 64, RUT, ledger)
    with pytest.raises(NotPermitted):
        open_answer_file("r1", FILE.sha256, somebody(PersonRole.OPERATOR), ledger)


@pytest.mark.parametrize("contents", [{}, {FILE.sha256: b"other bytes"}])
def test_no_answer_names_a_file_that_is_not_sent_with_it(contents: dict[str, bytes], ledger: RequestLedger) -> None:
    step("r1", 0, Claimed(), RUT, ledger)
    with pytest.raises(ValueError, match="no bytes, or others"):
        step("r1", 1, MASKED, RUT, ledger, contents)


@pytest.mark.parametrize(
    ("files", "lacks"),
    [
        ((FILE,) * MOST_FILES, ()),
        ((FILE,) * (MOST_FILES + 1), (StepLack.SIZE,)),
        ((replace(FILE, size=MOST_BYTES),), ()),
        ((replace(FILE, size=MOST_BYTES), FILE), (StepLack.SIZE,)),
    ],
)
def test_an_answer_has_bounds(
    files: tuple[AnswerFile, ...], lacks: tuple[StepLack, ...], ledger: RequestLedger
) -> None:
    step("r1", 0, Claimed(), RUT, ledger)
    answer = step("r1", 1, AnsweredWithCopy(text="Här.", files=files), RUT, ledger)
    assert (answer.lacks if isinstance(answer, NotTaken) else ()) == lacks
