"""`/v1/uploads`: resumable uploads by the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload)."""

import base64
import binascii
import hashlib
import hmac
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response

from ingest.api import texts
from ingest.api.access import Deliverer, Served
from ingest.api.bodies import Body, ClientGone
from ingest.api.documents import answers
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.api.service import Service
from ingest.api.tus_headers import APPENDING, CREATION, SPOKEN
from ingest.api.tus_protocol import ROOT, VERSION
from ingest.application.resumable_uploads import (
    Announced,
    begin,
    land_segments,
    let_go,
    own_passing_upload,
    takes_more,
)
from ingest.domain.keys import Caller
from ingest.domain.uploads import Segment, Upload
from ingest.errors import EarkivError, UnknownSubject, logged_of

logger = logging.getLogger(__name__)

EXTENSIONS: Final = "creation,creation-with-upload,expiration,checksum,termination"
_ALGORITHMS: Final = {"sha256": hashlib.sha256, "sha512": hashlib.sha512, "sha1": hashlib.sha1, "md5": hashlib.md5}
_BYTES: Final = "application/offset+octet-stream"
_MOST_METADATA: Final = 4096
_CHECKSUM_MISMATCH: Final = 460
_MOST_BYTES: Final = 1 << 50


def _spoken(request: Request) -> None:
    """Hold both sides to the same version of the protocol. Raises Problem (412)."""
    if request.headers.get("tus-resumable") != VERSION:
        raise Problem(
            status=HTTPStatus.PRECONDITION_FAILED,
            type=ProblemType.TUS_VERSION,
            title=texts.TUS_VERSION,
            detail=texts.TUS_VERSION_DETAIL,
            headers={"Tus-Version": VERSION},
        )


router = APIRouter(prefix=ROOT, tags=["uploads"])
Spoken = Annotated[None, Depends(_spoken)]


@router.options("", operation_id="get_upload_abilities", status_code=HTTPStatus.NO_CONTENT, response_class=Response)
async def abilities(service: Served) -> Response:
    """Say which parts of the protocol are spoken, and whether uploads may go to the store direct beside it."""
    ways = "tus" if service.archive.ports.direct is None else "tus, direct"
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
        "Earkiv-Upload-Ways": ways,
    }
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)


@router.post(
    "",
    operation_id="create_upload",
    status_code=HTTPStatus.CREATED,
    response_class=Response,
    responses=answers(400, 401, 403, 408, 409, 412, 413, 422, 429, 460, 503),
    openapi_extra=CREATION,
)
async def create(request: Request, service: Served, caller: Deliverer, spoken: Spoken) -> Response:
    """Announce an upload; its first bytes may come along."""
    _ = spoken
    return await service.in_a_place(lambda: _created(request, caller, service), caller.producer)


def _created(request: Request, caller: Caller, service: Service) -> Response:
    ports = service.archive.ports
    metadata = request.headers.get("upload-metadata", "")
    announced = Announced(
        sender=caller.producer,
        length=_number(request, "upload-length"),
        name=_name(metadata),
        metadata=metadata,
    )
    upload = begin(announced, service.arrivals.room, ports)
    if request.headers.get("content-type", "") == _BYTES:
        upload = _with_first_bytes(upload, request, service)
    headers = {"Location": f"/v1/uploads/{upload.id}", **_progress(upload)}
    return Response(status_code=HTTPStatus.CREATED, headers=headers)


def _with_first_bytes(upload: Upload, request: Request, service: Service) -> Upload:
    """Land the bytes that come with an announcement. It is let go unless they land: nobody can name it then."""
    try:
        return _received(upload, request, service)
    except BaseException:
        try:
            let_go(upload, service.archive.ports)
        except EarkivError as fault:
            logger.warning("an upload that nobody can name stays until its time is over", extra=logged_of(fault))
        raise


@router.head(
    "/{upload_id}",
    operation_id="get_upload_progress",
    response_class=Response,
    responses=answers(400, 401, 403, 404, 412),
    openapi_extra=SPOKEN,
)
def progress(upload_id: str, service: Served, caller: Deliverer, spoken: Spoken) -> Response:
    """Say how much has come."""
    _ = spoken
    upload = own_passing_upload(upload_id, caller.producer, service.archive.ports)
    headers = {"Upload-Length": str(upload.length), "Cache-Control": "no-store", **_progress(upload)}
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return Response(headers=headers)


@router.patch(
    "/{upload_id}",
    operation_id="append_to_upload",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    responses=answers(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 429, 460, 503),
    openapi_extra=APPENDING,
)
async def append(request: Request, upload_id: str, service: Served, caller: Deliverer, spoken: Spoken) -> Response:
    """Go on where the upload is. What comes before a cut is kept."""
    _ = spoken
    return await service.in_a_place(lambda: _appended(request, upload_id, caller, service), caller.producer)


def _appended(request: Request, upload_id: str, caller: Caller, service: Service) -> Response:
    upload = own_passing_upload(upload_id, caller.producer, service.archive.ports)
    if request.headers.get("content-type", "") != _BYTES:
        raise Problem(
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            type=ProblemType.UNSUPPORTED,
            title=texts.UNSUPPORTED,
            detail=texts.UPLOAD_TYPE,
        )
    if _number(request, "upload-offset") != upload.offset:
        raise _elsewhere()
    if not takes_more(upload):
        raise Problem(
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            type=ProblemType.TOO_LARGE,
            title=texts.TOO_LARGE,
            detail=texts.TOO_MANY_PIECES,
        )
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_progress(_received(upload, request, service)))


@router.delete(
    "/{upload_id}",
    operation_id="delete_upload",
    status_code=HTTPStatus.NO_CONTENT,
    response_class=Response,
    responses=answers(400, 401, 403, 404, 412),
    openapi_extra=SPOKEN,
)
def terminate(upload_id: str, service: Served, caller: Deliverer, spoken: Spoken) -> Response:
    """Let an upload go."""
    _ = spoken
    let_go(own_passing_upload(upload_id, caller.producer, service.archive.ports), service.archive.ports)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _received(upload: Upload, request: Request, service: Service) -> Upload:
    """Land what comes, and record it: piece by piece, or whole where a checksum has to prove it first."""
    incoming = _Incoming(body=Body(request, service.pace), left=upload.length - upload.offset)
    checksum = _Checksum.stated(request.headers.get("upload-checksum"))
    if checksum is None:
        for segment in land_segments(upload, incoming.chunks(), service.archive.ports):
            upload = _recorded(upload, (segment,), service)
    else:
        upload = _proven(upload, incoming, checksum, service)
    if incoming.is_cut:
        raise ClientGone
    return upload


def _proven(upload: Upload, incoming: "_Incoming", checksum: "_Checksum", service: Service) -> Upload:
    """Record what comes if it is what was said; whatever else happens, nothing of it is kept."""
    landed: list[Segment] = []
    try:
        for segment in land_segments(upload, checksum.watched(incoming.chunks()), service.archive.ports):
            landed.append(segment)  # noqa: PERF402 - what has landed must be known when it breaks off
        _require_all(incoming, checksum)
    except BaseException:
        _delete(landed, service)
        raise
    return _recorded(upload, tuple(landed), service)


def _require_all(incoming: "_Incoming", checksum: "_Checksum") -> None:
    if incoming.is_cut:
        raise ClientGone
    if not checksum.holds:
        raise _mismatch()


def _recorded(upload: Upload, segments: tuple[Segment, ...], service: Service) -> Upload:
    catalogue = service.archive.ports.catalogue
    try:
        is_added = catalogue.extend_upload(upload.id, upload.offset, segments)
    except UnknownSubject:
        # It was let go meanwhile, and whoever let it go may not have seen these.
        _delete(segments, service)
        raise
    if not is_added:
        _delete(segments, service)
        raise _elsewhere()
    return catalogue.upload(upload.id)


def _delete(segments: Iterable[Segment], service: Service) -> None:
    """Delete segments that are not recorded. A fault in that is no reason for another answer to the sender."""
    try:
        service.archive.ports.staging.delete(tuple(segment.key for segment in segments))
    except EarkivError as fault:
        logger.warning("segments of an upload stay until it ends", extra=logged_of(fault))


@dataclass(slots=True, kw_only=True)
class _Incoming:
    """The bytes of a request, which may break off: what has come then is as good as any."""

    body: Body
    left: int
    is_cut: bool = False

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes. Raises Problem (400) for more than were announced."""
        try:
            for chunk in self.body.chunks():
                self.left -= len(chunk)
                if self.left < 0:
                    raise malformed(texts.UPLOAD_TOO_LONG)
                yield chunk
        except ClientGone:
            self.is_cut = True


@dataclass(slots=True, kw_only=True)
class _Checksum:
    """What a request says that its bytes are."""

    algorithm: str
    expected: bytes
    found: bytes = field(default=b"", init=False)

    @classmethod
    def stated(cls, header: str | None) -> "_Checksum | None":
        """Read `ALGORITHM BASE64`. Raises Problem (400)."""
        if header is None:
            return None
        algorithm, _, value = header.partition(" ")
        try:
            expected = base64.b64decode(value, validate=True)
        except binascii.Error:
            expected = b""
        if algorithm not in _ALGORITHMS or not expected:
            raise malformed(texts.BAD_CHECKSUM)
        return cls(algorithm=algorithm, expected=expected)

    def watched(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Give the bytes on, and know at the end what they were."""
        digest = _ALGORITHMS[self.algorithm](usedforsecurity=False)
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
        self.found = digest.digest()

    @property
    def holds(self) -> bool:
        """Whether the bytes were those stated."""
        return hmac.compare_digest(self.found, self.expected)


def _progress(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
    }


def _number(request: Request, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit()) or len(value) > len(str(_MOST_BYTES)) or int(value) > _MOST_BYTES:
        raise malformed(texts.BAD_UPLOAD_NUMBER)
    return int(value)


def _name(metadata: str) -> str:
    """Give the file name among tus metadata, "" when there is none. Raises Problem (400)."""
    if len(metadata) > _MOST_METADATA:
        raise malformed(texts.BAD_METADATA)
    pairs = [pair.strip().partition(" ") for pair in metadata.split(",") if pair.strip()]
    try:
        values = {name: base64.b64decode(value, validate=True).decode("utf-8") for name, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise malformed(texts.BAD_METADATA) from error
    return values.get("filename", "")


def _elsewhere() -> Problem:
    return Problem(
        status=HTTPStatus.CONFLICT,
        type=ProblemType.UPLOAD_OFFSET,
        title=texts.UPLOAD_OFFSET,
        detail=texts.UPLOAD_OFFSET_DETAIL,
    )


def _mismatch() -> Problem:
    return Problem(status=_CHECKSUM_MISMATCH, type=ProblemType.DIGEST, title=texts.DIGEST, detail=texts.UPLOAD_DIGEST)
