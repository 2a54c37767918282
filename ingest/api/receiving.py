"""What a request brings, landed in staging as it comes and settled when all of it has come."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from typing import Final, Generic, TypeVar

from fastapi import Request

from ingest.api import texts
from ingest.api.access import agreement_for
from ingest.api.asked import Asked
from ingest.api.bodies import FEW_BYTES, Body, Whole, bounded, spooled, whole
from ingest.api.multipart import FormPart, parts
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.application.arrivals import Refused
from ingest.application.arriving import Arrival, Sender
from ingest.application.deliver_container import UNNAMED, container_from, land_container, with_note
from ingest.application.hold_push import HeldPush, hold
from ingest.application.land_push import Landing, land_push
from ingest.application.resumable_uploads import bytes_copied, own_upload
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Text, Violation
from ingest.domain.keys import Caller
from ingest.domain.packages import StagedObject
from ingest.domain.paths import UnsafePath, parse_path
from ingest.domain.uploads import Upload
from ingest.errors import UnknownSubject
from ingest.formats import side_car
from ingest.formats.case_push_json import MAX_BYTES
from ingest.formats.pushed_case import read_push
from ingest.formats.side_car import side_car_name
from ingest.pipeline.step import Ports

AnswerT = TypeVar("AnswerT")

CONTAINERS: Final = frozenset(
    {
        "application/zip",
        "application/x-zip-compressed",
        "application/x-tar",
        "application/gzip",
        "application/x-gzip",
        "application/zstd",
        "application/octet-stream",
    }
)
_REQUEST_KEY: Final = re.compile(r"[\x20-\x21\x23-\x7e]{1,255}")
_MOST_WITH_NOTE: Final = 2 * side_car.MAX_BYTES
"""So many bytes has a form with a delivery note at most, unless it says how many it has."""
_CASE: Final = "case"
_PACKAGE: Final = "package"
_NOTE: Final = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose(Generic[AnswerT]):
    """What a request wants with what it brings: what is done with a push, an unreadable push, and a container.

    Large cases are done with one at a time, by whoever holds `turn`: nobody with another purpose waits for it.
    """

    push: Callable[[Sequence[StagedObject] | Refused, Landing, SubmissionAgreement], AnswerT]
    unreadable: Callable[[tuple[Violation, ...]], AnswerT]
    container: Callable[[Arrival, SourceContainer, SubmissionAgreement, Ports], AnswerT]
    turn: Lock = field(default_factory=Lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering(Generic[AnswerT]):
    """A request that delivers: who calls, what they ask for, and to whom."""

    purpose: Purpose[AnswerT]
    request: Request
    service: Service
    caller: Caller
    asked: Asked

    @property
    def sender(self) -> Sender:
        """Say who sends. Raises Problem (400)."""
        named = _request_key(self.request.headers.get("idempotency-key"))
        return Sender(producer=self.caller.producer, agreement=self.under(), request_key=named)

    def under(self, named: str | None = None) -> SubmissionAgreement:
        """Give the agreement that was asked for, by the request or else by what it brings. Raises Problem (400)."""
        return agreement_for(self.caller, self.asked.agreement or named, self.asked.version, self.service)


def _request_key(header: str | None) -> str | None:
    """Read an Idempotency-Key, bare or in quotes. Raises Problem (400)."""
    if header is None:
        return None
    bare = header[1:-1] if len(header) > 1 and header[0] == header[-1] == '"' else header
    if not _REQUEST_KEY.fullmatch(bare):
        raise malformed(texts.BAD_REQUEST_KEY)
    return bare


def receive(delivering: Delivering[AnswerT]) -> AnswerT:
    """Take in what a request brings. Raises Problem, ClientGone, EarkivError; nothing of it is kept then."""
    if delivering.asked.upload is not None:
        return _from_upload(delivering, delivering.asked.upload)
    media_type = delivering.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {*CONTAINERS, "application/json", "multipart/form-data"}:
        raise _unsupported(texts.UNSUPPORTED_DETAIL)
    if delivering.request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise _unsupported(texts.ENCODED_DETAIL)
    body = Body(delivering.request, delivering.service.pace)
    arrivals, stated = delivering.service.arrivals, body.stated_size
    with arrivals.room.promised(stated or 0) as promise, arrivals.arriving(delivering.sender, stated) as arrival:
        chunks = bounded(body.chunks(promise.came), arrival.most_bytes)
        match media_type:
            case "application/json":
                return _from_json(delivering, arrival, chunks)
            case "multipart/form-data":
                return _from_form(delivering, arrival, chunks)
            case _:
                return _from_container(delivering, arrival, chunks)


def _unsupported(detail: Text) -> Problem:
    return Problem(
        status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        type=ProblemType.UNSUPPORTED,
        title=texts.UNSUPPORTED,
        detail=detail,
    )


def _from_json(delivering: Delivering[AnswerT], arrival: Arrival, chunks: Iterator[bytes]) -> AnswerT:
    ports = delivering.service.archive.ports
    with ExitStack() as lent:
        case = whole(chunks, MAX_BYTES, lent)
        return _settled(case, Landing(arrival=arrival, ports=ports), delivering, lent)


def _settled(case: Whole, landing: Landing, delivering: Delivering[AnswerT], lent: ExitStack) -> AnswerT:
    read = _read(case, delivering, lent)
    if isinstance(read, tuple):
        return delivering.purpose.unreadable(read)
    landed = land_push(read, landing, delivering.service.arrivals.room)
    # The descriptor is read anew there, and takes several times its size: large ones take turns.
    with delivering.purpose.turn if read.descriptor_size > FEW_BYTES else nullcontext():
        return delivering.purpose.push(landed, landing, read.agreement)


def _read(case: Whole, delivering: Delivering[AnswerT], lent: ExitStack) -> HeldPush | tuple[Violation, ...]:
    """Read a case, so that what is in memory afterwards is bounded by the number of its documents."""
    # What is read takes several times its size: large ones take turns. Nothing of unknown length is done meanwhile.
    with delivering.service.reading if case.is_large else nullcontext():
        push = read_push(case.read())
        if isinstance(push, tuple):
            return push
        return hold(push, delivering.under(push.agreement), lambda chunks: spooled(chunks, lent))


def _from_container(delivering: Delivering[AnswerT], arrival: Arrival, chunks: Iterator[bytes]) -> AnswerT:
    ports, agreement = delivering.service.archive.ports, delivering.under()
    name = _named(delivering.asked.name)
    source = land_container(arrival, name, chunks, ports)
    return delivering.purpose.container(arrival, source, agreement, ports)


def _from_upload(delivering: Delivering[AnswerT], upload_id: str) -> AnswerT:
    """Take in a container that was uploaded before; the request itself brings nothing, or a form with its note."""
    ports, agreement = delivering.service.archive.ports, delivering.under()
    upload = _finished(upload_id, delivering)
    _named(upload.name or UNNAMED)
    body = Body(delivering.request, delivering.service.pace)
    arrivals = delivering.service.arrivals
    content_type = delivering.request.headers.get("content-type", "")
    is_form = content_type.startswith("multipart/form-data")
    stated = body.stated_size if body.stated_size is not None else _MOST_WITH_NOTE * is_form
    arriving = arrivals.arriving(delivering.sender, stated, upload.length)
    with arriving as arrival, ExitStack() as lent:
        try:
            with arrivals.room.promised(bytes_copied(upload)):
                source = container_from(upload, arrival, ports)
        except UnknownSubject as gone:
            raise _not_there(upload_id) from gone
        if delivering.asked.sha256 not in {None, source.sha256}:
            raise Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                type=ProblemType.DIGEST,
                title=texts.DIGEST,
                detail=texts.UPLOAD_IS_OTHER,
            )
        if not is_form:
            return delivering.purpose.container(arrival, source, agreement, ports)
        form = _Form(delivering, arrival, lent, source)
        for part in parts(bounded(body.chunks(), arrival.most_bytes), content_type):
            form.take(part)
        return form.settled()


def _finished(upload_id: str, delivering: Delivering[AnswerT]) -> Upload:
    """Give the caller's own finished upload. Raises Problem (400)."""
    try:
        upload = own_upload(upload_id, delivering.caller.producer, delivering.service.archive.ports)
    except UnknownSubject:
        upload = None
    if upload is None or not upload.is_finished:
        raise _not_there(upload_id)
    return upload


def _not_there(upload_id: str) -> Problem:
    return malformed(Text(sv=texts.NO_UPLOAD.sv.format(id=upload_id), en=texts.NO_UPLOAD.en.format(id=upload_id)))


def _named(name: str) -> str:
    """Accept the name that a sender gives a container. Raises Problem (400)."""
    if isinstance(parse_path(name), UnsafePath) or "/" in name:
        raise malformed(Text(sv=texts.BAD_NAME.sv.format(name=name), en=texts.BAD_NAME.en.format(name=name)))
    return name


def _from_form(delivering: Delivering[AnswerT], arrival: Arrival, chunks: Iterator[bytes]) -> AnswerT:
    with ExitStack() as lent:
        form = _Form(delivering, arrival, lent)
        for part in parts(chunks, delivering.request.headers["content-type"]):
            form.take(part)
        return form.settled()


class _Form(Generic[AnswerT]):
    """A form whose parts land one after another."""

    def __init__(
        self, delivering: Delivering[AnswerT], arrival: Arrival, lent: ExitStack, package: SourceContainer | None = None
    ) -> None:
        self._delivering = delivering
        self._arrival = arrival
        self._ports = delivering.service.archive.ports
        self._landing = Landing(arrival=arrival, ports=self._ports)
        self._lent = lent
        self._case: Whole | None = None
        self._package = package

    def take(self, part: FormPart) -> None:
        """Land a part. Raises Problem (400) for one that comes twice."""
        if part.name == _CASE and self._case is None:
            self._case = whole(part.chunks, MAX_BYTES, self._lent)
        elif part.name == _PACKAGE and self._package is None:
            name = _named(part.file_name or _PACKAGE)
            self._package = land_container(self._arrival, name, part.chunks, self._ports)
        elif part.name in (_CASE, _PACKAGE) or not self._landing.land(part.name, part.chunks):
            said = texts.PART_TWICE
            raise malformed(Text(sv=said.sv.format(name=part.name), en=said.en.format(name=part.name)))

    def settled(self) -> AnswerT:
        """Settle what has come. Raises Problem (400) for neither a case nor a package, or for more beside a package."""
        if self._package is None:
            if self._case is None:
                raise malformed(texts.NO_CASE)
            return _settled(self._case, self._landing, self._delivering, self._lent)
        if self._case is not None or self._landing.parts.keys() - {_NOTE}:
            raise malformed(texts.BOTH)
        source = self._with_note(self._package)
        return self._delivering.purpose.container(self._arrival, source, self._delivering.under(), self._ports)

    def _with_note(self, package: SourceContainer) -> SourceContainer:
        note = self._landing.parts.get(_NOTE)
        if note is None:
            return package
        _named(side_car_name(package.name))
        return with_note(self._arrival, package, note, self._ports)
