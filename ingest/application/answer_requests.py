"""What the desk does about requests of the public: list them, take one on, answer, refuse, close (DESIGN §8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ingest.domain.information_requests import Doing, InformationRequest, Step, StepLack, deed_of, lacks_of
from ingest.domain.people import Deed, Person
from ingest.public_ports import RequestLedger


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


StepAnswer = Taken | NotTaken | Overtaken


def list_requests(person: Person, ledger: RequestLedger) -> tuple[InformationRequest, ...]:
    """Give every request, oldest first. Raises NotPermitted."""
    person.require(Deed.READ_REQUESTS)
    return ledger.requests()


def show_request(request_id: str, person: Person, ledger: RequestLedger) -> InformationRequest:
    """Give one request. Raises NotPermitted, UnknownSubject."""
    person.require(Deed.READ_REQUESTS)
    return ledger.request(request_id)


def take_step(
    request_id: str, seen: int, doing: Doing, person: Person, ledger: RequestLedger, now: Callable[[], datetime]
) -> StepAnswer:
    """Take a step about a request of which the person has seen so many steps. Raises NotPermitted, UnknownSubject."""
    person.require(deed_of(doing))
    request = ledger.request(request_id)
    if len(request.steps) != seen:
        return Overtaken(request=request)
    lacking = lacks_of(request, doing, person.name)
    if lacking:
        return NotTaken(lacks=lacking)
    step = Step(by=person.name, at=now(), doing=doing)
    if not ledger.add_step(request, step):
        return Overtaken(request=ledger.request(request_id))
    return Taken(request=request.after(step))
