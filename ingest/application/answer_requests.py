"""What the desk does about requests of the public: list them, take one on, answer, refuse, close (DESIGN §8)."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.domain.information_requests import (
    AnswerFile,
    Doing,
    InformationRequest,
    Step,
    StepLack,
    Urgency,
    deed_of,
    files_of,
    lacks_of,
)
from ingest.domain.people import Deed, Person
from ingest.errors import UnknownSubject
from ingest.public_ports import RequestLedger
from schemas.public_requests import MOST_BYTES, MOST_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The step is durable; the request as it is now."""

    request: InformationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """The step lacks something; nothing was done."""

    lacks: tuple[StepLack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Somebody else has taken a step since the request was read; nothing was done. The request as it is now."""

    request: InformationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedStep:
    """A step that a person wants who has seen so many steps; `contents` are the bytes of its files by SHA-256."""

    request: str
    seen: int
    doing: Doing
    contents: Mapping[str, bytes] = field(default_factory=dict)


StepAnswer = Taken | NotTaken | Overtaken


def answer_file(name: str, media_type: str, content: bytes) -> AnswerFile:
    """Describe a file that is to go out with an answer."""
    return AnswerFile(name=name, media_type=media_type, size=len(content), sha256=digest_of(content))


def digest_of(content: bytes) -> str:
    """Give the SHA-256."""
    return hashlib.sha256(content).hexdigest()


def list_requests(person: Person, ledger: RequestLedger) -> tuple[InformationRequest, ...]:
    """Give every request, oldest first. Raises NotPermitted."""
    person.require(Deed.READ_REQUESTS)
    return ledger.requests()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRequests:
    """How many requests wait for somebody at the desk, how many of them are overdue, and when the oldest came."""

    count: int
    overdue: int
    oldest: datetime | None


def waiting_requests(person: Person, ledger: RequestLedger, today: date) -> WaitingRequests:
    """Count the requests that are neither answered nor closed. Raises NotPermitted."""
    urgencies = [(one, one.urgency(today)) for one in list_requests(person, ledger)]
    waiting = [(one, urgency) for one, urgency in urgencies if urgency is not Urgency.DONE]
    return WaitingRequests(
        count=len(waiting),
        overdue=sum(urgency is Urgency.OVERDUE for _, urgency in waiting),
        oldest=min((one.received_at for one, _ in waiting), default=None),
    )


def show_request(request_id: str, person: Person, ledger: RequestLedger) -> InformationRequest:
    """Give one request. Raises NotPermitted, UnknownSubject."""
    person.require(Deed.READ_REQUESTS)
    return ledger.request(request_id)


def open_answer_file(request_id: str, sha256: str, person: Person, ledger: RequestLedger) -> tuple[AnswerFile, bytes]:
    """Give a file that went out with an answer. Raises NotPermitted, UnknownSubject, DamageFound."""
    person.require(Deed.READ_REQUESTS)
    files = (file for step in ledger.request(request_id).steps for file in files_of(step.doing))
    file = next((one for one in files if one.sha256 == sha256), None)
    if file is None:
        raise UnknownSubject(f"Filen {sha256} finns inte.", f"There is no file {sha256}.")
    return file, ledger.content(request_id, file)


def take_step(wanted: WantedStep, person: Person, ledger: RequestLedger, now: Callable[[], datetime]) -> StepAnswer:
    """Take a step about a request. Raises NotPermitted, UnknownSubject, and ValueError for a file without its bytes."""
    doing = wanted.doing
    person.require(deed_of(doing))
    request = ledger.request(wanted.request)
    if len(request.steps) != wanted.seen:
        return Overtaken(request=request)
    files = files_of(doing)
    if any(
        file.sha256 not in wanted.contents or digest_of(wanted.contents[file.sha256]) != file.sha256 for file in files
    ):
        message = "a file of the answer has no bytes, or others"
        raise ValueError(message)
    lacking = lacks_of(request, doing, person.name)
    if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:
        lacking = (*lacking, StepLack.SIZE)
    if lacking:
        return NotTaken(lacks=lacking)
    step = Step(by=person.name, at=now(), doing=doing)
    if not ledger.add_step(request, step, wanted.contents):
        return Overtaken(request=ledger.request(request.id))
    return Taken(request=request.after(step))
