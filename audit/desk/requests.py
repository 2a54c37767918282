"""What the public asks for: the queue with its clock, and each request with what is done about it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from audit.desk import request_texts as texts
from audit.desk.choosing import chosen_in, query_of, record_reading, told_of
from audit.desk.faults import UNPROVEN
from audit.desk.headers import HEADERS
from audit.desk.pages import fault_page, page
from audit.desk.rooms import Room, TakesIn, sent_to
from audit.desk.visits import Visit
from ingest.application.answer_from_archive import NotRead, ReadFile, read_chosen
from ingest.application.answer_requests import (
    NotTaken,
    Overtaken,
    StepAnswer,
    Taken,
    WantedStep,
    answer_file,
    list_requests,
    open_answer_file,
    show_request,
    take_step,
)
from ingest.application.asked_records import asked_record
from ingest.domain.findings import Text
from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Doing,
    InformationRequest,
    Part,
    Refused,
    StepLack,
    Urgency,
    files_of,
)
from ingest.domain.people import Deed
from schemas.numbers import whole_number

_FIRST: Final = (Urgency.OVERDUE, Urgency.DUE, Urgency.FRESH, Urgency.DONE)
_MARKS: Final = {Urgency.OVERDUE: "error", Urgency.DUE: "warning", Urgency.FRESH: "info", Urgency.DONE: "good"}
_MOST: Final = 500
_SANDBOX: Final = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Type": "application/octet-stream"}


def queue(visit: Visit) -> Response:
    """List requests: those that are overdue first, and those that are done last, the newest of these first."""
    today = visit.desk.now().date()
    with visit.desk.requests() as ledger:
        asked = list_requests(visit.person, ledger)
    waiting = [one for one in asked if one.urgency(today) is not Urgency.DONE]
    done = [one for one in reversed(asked) if one.urgency(today) is Urgency.DONE]
    waiting.sort(key=lambda one: _FIRST.index(one.urgency(today)))
    return page(
        visit,
        "requests.html",
        texts,
        waiting=waiting,
        done=done[:_MOST],
        today=today,
        marks=_MARKS,
    )


def one(visit: Visit) -> Response:
    """Show a request."""
    return _one(visit, (), None)


def claim(visit: Visit) -> Response:
    """Take a request on, or over from another."""
    return _done(visit, lambda _: Claimed())


def answer(visit: Visit) -> Response:
    """Answer with all that was asked for, as chosen in the archive or sent with the form."""
    read = _read(visit)
    if isinstance(read, NotRead):
        return _one(visit, (read.lack,), texts.NOT_TAKEN)
    return _done(visit, lambda files: AnsweredWithCopy(text=visit.typed("text"), files=files), read)


def refuse(visit: Visit) -> Response:
    """Refuse what was asked for, or, where files come with it, what is masked in them."""
    text, ground, appeal = visit.typed("text"), visit.typed("ground"), visit.typed("appeal")

    def refusal(files: tuple[AnswerFile, ...]) -> Doing:
        if files:
            return AnsweredWithMaskedCopy(text=text, files=files, ground=ground, appeal=appeal)
        return Refused(text=text, ground=ground, appeal=appeal)

    return _done(visit, refusal)


def close(visit: Visit) -> Response:
    """Do nothing more about a request."""
    return _done(visit, lambda _: Closed(text=visit.typed("text")))


def file(visit: Visit) -> Response:
    """Give a file that went out with an answer; no browser is to run it."""
    with visit.desk.requests() as ledger:
        found, content = open_answer_file(visit.at("request"), visit.at("sha256"), visit.person, ledger)
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(content, headers={**HEADERS, **_SANDBOX, **named})


def _done(visit: Visit, doing: Callable[[tuple[AnswerFile, ...]], Doing], read: tuple[ReadFile, ...] = ()) -> Response:
    """Take a step, and show the request as it is then; or say why nothing was done. `read` goes with it."""
    seen = whole_number(visit.typed("seen"))
    if seen is None:
        return fault_page(visit, UNPROVEN)
    uploaded = [(answer_file(one.name, one.media_type, one.content), one.content) for one in visit.files]
    sent = [*((one.file, one.content) for one in read), *uploaded]
    wanted = WantedStep(
        request=visit.at("request"),
        seen=seen,
        doing=doing(tuple(described for described, _ in sent)),
        contents={described.sha256: content for described, content in sent},
    )
    with visit.desk.requests() as ledger:
        result: StepAnswer = take_step(wanted, visit.person, ledger, visit.desk.now)
    match result:
        case Taken():
            return sent_to(f"/requests/{wanted.request}")
        case NotTaken(lacks=lacks):
            return _one(visit, lacks, texts.NOT_TAKEN)
        case Overtaken():
            return _one(visit, (), texts.OVERTAKEN)


def _read(visit: Visit) -> tuple[ReadFile, ...] | NotRead:
    """Read what was chosen in the archive, which the record of the desk says before it is sent."""
    chosen = chosen_in(visit)
    return read_chosen(chosen, lambda them: record_reading(visit, them), visit.person, visit.desk.ports)


def _one(visit: Visit, lacks: tuple[StepLack, ...], refused: Text | None) -> Response:
    person, today = visit.person, visit.desk.now().date()
    with visit.desk.requests() as ledger:
        request = show_request(visit.at("request"), person, ledger)
    record = asked_record(request.about, person, visit.desk.ports) if request.about is not None else None
    open_for = _Ways(request, person.name)
    return page(
        visit,
        "request.html",
        texts,
        status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
        request=request,
        record=record,
        today=today,
        urgency=request.urgency(today),
        marks=_MARKS,
        refused=refused,
        lacks=lacks,
        files_of=files_of,
        gone={part.value: request.disposed_at(part) for part in Part},
        kind_of=lambda doing: type(doing).__name__,
        claims=open_for.claim and person.may(Deed.ANSWER_REQUESTS),
        answers=open_for.decision and person.may(Deed.ANSWER_REQUESTS),
        refuses=open_for.decision and person.may(Deed.REFUSE_REQUESTS),
        closes=open_for.closing and person.may(Deed.ANSWER_REQUESTS),
        chosen=chosen_in(visit),
        told_of=told_of,
        carry=query_of(chosen_in(visit)),
        kept={name: visit.typed(name) for name in ("text", "ground", "appeal")},
    )


class _Ways:
    """What can be done about a request by somebody of that name, roles apart."""

    def __init__(self, request: InformationRequest, name: str) -> None:
        state, is_own = request.state.value, request.claimed_by == name
        self.claim = state == "received" or (state == "claimed" and not is_own)
        self.decision = state == "claimed" and is_own
        self.closing = self.decision or state in {"answered", "refused"}


ROOMS: Final = (
    Room(method="GET", path="/requests", answer=queue),
    Room(method="GET", path="/requests/{request}", answer=one),
    Room(method="POST", path="/requests/{request}/claim", answer=claim),
    Room(method="POST", path="/requests/{request}/answer", answer=answer, takes_in=TakesIn.FILES),
    Room(method="POST", path="/requests/{request}/refusal", answer=refuse, takes_in=TakesIn.FILES),
    Room(method="POST", path="/requests/{request}/closing", answer=close),
    Room(method="GET", path="/requests/{request}/files/{sha256}", answer=file),
)
