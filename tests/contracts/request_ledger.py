"""What every store of requests promises the desk, whichever database keeps it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from access.asking.book import Keeping, NewRequest, RequestBook
from ingest.adapters.public_requests import open_request_ledger
from ingest.application.answer_requests import answer_file
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
from ingest.domain.request_disposal import KeepingTimes
from ingest.errors import DamageFound, UnknownSubject
from ingest.public_ports import RequestLedger
from schemas.public_requests import ADD_REQUEST, PIECE_BYTES, DisposedPart, StepKind, hashed

TIMES = KeepingTimes(contact_days=90, file_days=30)
NOON = datetime(2026, 11, 27, 12, 0, 0, tzinfo=UTC)
FILE = AnswerFile(name="svar å.pdf", media_type="application/pdf", size=7, sha256="a" * 64)
LONG_CONTENT = bytes(range(256)) * (2 * PIECE_BYTES // 256) + b"end"
LONG = answer_file("lång.bin", "application/octet-stream", LONG_CONTENT)
EVERY: tuple[Doing, ...] = (
    Claimed(),
    AnsweredWithCopy(text="Här är det.", files=(FILE,)),
    AnsweredWithMaskedCopy(text="Se bilagan.", files=(FILE, FILE), ground="OSL 21:1", appeal="Kammarrätten"),
    Refused(text="Nej.", ground="OSL 21:1", appeal="Kammarrätten"),
    Closed(text="Klart."),
)


def request_row(number: int, **said: Any) -> dict[str, Any]:
    """Give a request as the reading room writes it."""
    return {
        "id": f"r{number}",
        "secret": hashed(f"secret {number}"),
        "form": hashed(f"form {number}"),
        "received_at": f"2026-11-27T12:00:{number:02}Z",
        "language": "sv",
        "about": None,
        "question": "Vad beslutades om Ön?",
        "contact": "",
        **said,
    }


def asked_now(name: str) -> NewRequest:
    """Give a request as the reading room has it."""
    return NewRequest(
        id=f"r{name}",
        secret=f"secret {name}",
        form=f"form {name}",
        received_at="2026-11-27T12:00:00Z",
        language="sv",
        question="Ön?",
        contact="08-1",
        about="p" * 32,
    )


class RequestLedgerContract:
    """`address` is a fresh place for a store; `write` changes it as the reading room does."""

    @pytest.fixture
    def address(self) -> Any:
        raise NotImplementedError

    @pytest.fixture
    def ledger(self, address: Any) -> Iterator[RequestLedger]:
        with open_request_ledger(address, TIMES) as ledger:
            yield ledger

    def write(self, address: Any, statement: str, parameters: dict[str, Any]) -> None:
        raise NotImplementedError

    def book(self, address: Any) -> RequestBook:
        """Give the store as the reading room has it."""
        raise NotImplementedError

    def test_what_is_asked_is_read_oldest_first(self, address: Any, ledger: RequestLedger) -> None:
        assert ledger.requests() == ()
        for number in (2, 1):
            self.write(address, ADD_REQUEST, request_row(number, about="p" * 32, contact="a@example.se"))
        first, second = ledger.requests()
        assert (first.id, second.id) == ("r1", "r2")
        assert first == InformationRequest(
            id="r1",
            received_at=NOON.replace(second=1),
            language="sv",
            question="Vad beslutades om Ön?",
            contact="a@example.se",
            about="p" * 32,
        )
        assert ledger.request("r2") == second

    def test_a_form_sent_twice_is_one_request(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1))
        self.write(address, ADD_REQUEST, request_row(2, form=hashed("form 1")))
        assert [one.id for one in ledger.requests()] == ["r1"]

    def test_every_step_comes_back_as_it_was_taken(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1))
        self.write(address, ADD_REQUEST, request_row(2))
        request = ledger.request("r1")
        for doing in EVERY:
            step = Step(by="Åsa", at=NOON, doing=doing)
            assert ledger.add_step(request, step, {})
            request = request.after(step)
        assert ledger.request("r1") == request
        assert ledger.requests() == (request, ledger.request("r2"))
        assert ledger.request("r2").steps == ()

    def test_of_two_steps_at_once_one_is_taken(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1))
        request = ledger.request("r1")
        first, second = (Step(by=by, at=NOON, doing=Claimed()) for by in ("Anna", "Bo"))
        assert ledger.add_step(request, first, {})
        assert not ledger.add_step(request, second, {LONG.sha256: LONG_CONTENT})
        assert ledger.request("r1").steps == (first,)
        with pytest.raises(UnknownSubject):
            ledger.content("r1", LONG)

    @pytest.mark.parametrize("content", [b"", b"x", LONG_CONTENT], ids=["nothing", "a byte", "three pieces"])
    def test_a_file_comes_back_byte_for_byte(self, address: Any, ledger: RequestLedger, content: bytes) -> None:
        file = answer_file("svar.pdf", "application/pdf", content)
        for number in (1, 2):
            self.write(address, ADD_REQUEST, request_row(number))
        step = Step(by="Anna", at=NOON, doing=AnsweredWithCopy(text="Här.", files=(file, file)))
        assert ledger.add_step(ledger.request("r1"), step, {file.sha256: content})
        assert ledger.content("r1", file) == content
        with pytest.raises(UnknownSubject):
            ledger.content("r2", file)

    def test_a_file_that_was_changed_is_damage(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1))
        step = Step(by="Anna", at=NOON, doing=AnsweredWithCopy(text="Här.", files=(LONG,)))
        assert ledger.add_step(ledger.request("r1"), step, {LONG.sha256: LONG_CONTENT})
        self.write(address, "DELETE FROM pieces WHERE number = :number", {"number": 1})
        with pytest.raises(DamageFound):
            ledger.content("r1", LONG)

    def test_what_was_never_asked_is_unknown(self, ledger: RequestLedger) -> None:
        with pytest.raises(UnknownSubject):
            ledger.request("r1")

    def test_what_the_reading_room_writes_the_desk_reads_and_the_answer_is_read_there(
        self, address: Any, ledger: RequestLedger
    ) -> None:
        book, new = self.book(address), asked_now("1")
        assert book.add(new)
        assert not book.add(replace(new, question="Något annat"))
        assert book.holds(new)
        assert not book.holds(replace(new, question="Något annat"))
        (request,) = ledger.requests()
        assert (request.id, request.question, request.contact, request.about) == ("r1", "Ön?", "08-1", "p" * 32)
        for doing, contents in (
            (Claimed(), {}),
            (AnsweredWithCopy(text="Här.", files=(LONG,)), {LONG.sha256: LONG_CONTENT}),
        ):
            step = Step(by="Åsa", at=NOON, doing=doing)
            assert ledger.add_step(request, step, contents)
            request = request.after(step)
        standing = book.standing(new.secret)
        assert standing is not None
        assert (standing.id, standing.question, standing.about) == ("r1", "Ön?", "p" * 32)
        assert [one.kind for one in standing.steps] == [StepKind.CLAIMED, StepKind.COPY]
        (file,) = standing.steps[-1].files
        assert b"".join(book.content(standing, file)) == LONG_CONTENT
        assert "Åsa" not in repr(standing)

    def test_no_other_secret_leads_to_a_request(self, address: Any, ledger: RequestLedger) -> None:
        book = self.book(address)
        assert book.add(asked_now("1"))
        assert [one.id for one in ledger.requests()] == ["r1"]
        for secret in ("secret 2", hashed("secret 1"), "", "secret 1 "):
            assert book.standing(secret) is None

    def test_it_is_there_when_it_is_opened_again(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1))
        with open_request_ledger(address, TIMES) as again:
            assert again.requests() == ledger.requests() != ()

    def test_contact_details_are_erased_and_all_else_stays(self, address: Any, ledger: RequestLedger) -> None:
        self.write(address, ADD_REQUEST, request_row(1, contact="Anna, Ön 3"))
        self.write(address, ADD_REQUEST, request_row(2, contact="Bo, Ön 4"))
        before, gone = ledger.request("r1"), Disposal(part=Part.CONTACT, at=NOON)
        for _ in range(2):
            ledger.dispose("r1", gone)
        assert ledger.requests() == (replace(before, contact="", disposals=(gone,)), ledger.request("r2"))
        assert ledger.request("r2").contact == "Bo, Ön 4"

    def test_files_are_erased_and_their_digests_stay(self, address: Any, ledger: RequestLedger) -> None:
        book, new = self.book(address), asked_now("1")
        assert book.add(new)
        step = Step(by="Anna", at=NOON, doing=AnsweredWithCopy(text="Här.", files=(LONG,)))
        assert ledger.add_step(ledger.request("r1"), step, {LONG.sha256: LONG_CONTENT})
        before, gone = ledger.request("r1"), Disposal(part=Part.FILES, at=NOON)
        ledger.dispose("r1", gone)
        assert ledger.request("r1") == replace(before, disposals=(gone,))
        with pytest.raises(UnknownSubject):
            ledger.content("r1", LONG)
        standing = book.standing(new.secret)
        assert standing is not None
        assert standing.disposed == {DisposedPart.FILES: "2026-11-27T12:00:00Z"}
        assert standing.steps[-1].files[0].sha256 == LONG.sha256

    def test_of_a_whole_request_nothing_is_left(self, address: Any, ledger: RequestLedger) -> None:
        book, new = self.book(address), asked_now("1")
        assert book.add(new)
        assert book.add(asked_now("2"))
        assert ledger.add_step(ledger.request("r1"), Step(by="Anna", at=NOON, doing=Claimed()), {})
        for _ in range(2):
            ledger.dispose("r1", Disposal(part=Part.REQUEST, at=NOON))
        ledger.dispose("r1", Disposal(part=Part.CONTACT, at=NOON))
        assert [one.id for one in ledger.requests()] == ["r2"]
        assert book.standing(new.secret) is None

    def test_the_reading_room_is_told_how_long_things_are_kept(self, address: Any, ledger: RequestLedger) -> None:
        assert ledger.requests() == ()
        book = self.book(address)
        assert book.keeping() == Keeping(contact_days=90, file_days=30)
        with open_request_ledger(address, KeepingTimes(contact_days=1, file_days=30)):
            assert book.keeping() == Keeping(contact_days=1, file_days=30)
