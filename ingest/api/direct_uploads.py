"""`/v1/direct-uploads`: large files that producers put into the archive's staging store by themselves, in parts."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final, assert_never

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from ingest.api import direct_documents as documents
from ingest.api import texts
from ingest.api.access import Deliverer, Served
from ingest.api.described_bodies import body_of
from ingest.api.documents import answers, header
from ingest.api.json_bodies import read_json_body
from ingest.api.problems import Problem, ProblemType, refused, unavailable
from ingest.api.proofs import Claim, NoPlace
from ingest.api.service import Service, busy
from ingest.application.direct_uploads import (
    Completion,
    Incomplete,
    NotAsStated,
    Proven,
    begin_direct,
    finish,
    own_direct_upload,
    standing_of,
)
from ingest.application.resumable_uploads import Announced, let_go
from ingest.domain.keys import Caller
from ingest.domain.uploads import Part, Upload
from ingest.errors import ConfigurationError, logged_of
from ingest.network_ports import DirectStore

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/v1/direct-uploads", tags=["uploads"])
MOST_BYTES: Final = 16 << 10
PROVING_SECONDS: Final = 5
"""After so many seconds a client may ask again whether an upload is proven."""
_SECRET: Final = {"Cache-Control": "no-store"}
_LOCATION: Final = {
    "Location": header("The path of the upload.", {"type": "string", "pattern": "^/v1/direct-uploads/"})
}
_RETRY: Final = {"Retry-After": header("After so many seconds it is worth asking again.", {"type": "integer"})}
_READ: Final = (400, 401, 403, 404, 503)


@router.post(
    "",
    operation_id="create_direct_upload",
    status_code=HTTPStatus.CREATED,
    response_model=documents.DirectUpload,
    responses={201: {"headers": _LOCATION}, **answers(400, 401, 403, 404, 408, 413, 415, 422, 429, 503)},
    openapi_extra=body_of(documents.NewDirectUpload),
)
async def create(request: Request, service: Served, caller: Deliverer) -> Response:
    """Announce an upload, and get the addresses that its first parts are to be put to."""
    _direct(service)
    return await service.in_a_place(lambda: _created(request, caller, service), caller.producer)


def _created(request: Request, caller: Caller, service: Service) -> Response:
    new = read_json_body(request, service, documents.NewDirectUpload, MOST_BYTES)
    announced = Announced(sender=caller.producer, length=new.length, name=new.name, metadata="")
    with _faults_of_the_machine():
        upload = begin_direct(announced, service.arrivals.room, service.archive.ports, _direct(service))
        document = _document(upload, service)
    headers = {"Location": f"/v1/direct-uploads/{upload.id}", **_SECRET}
    return JSONResponse(document, status_code=HTTPStatus.CREATED, headers=headers)


@router.get(
    "/{direct_upload_id}",
    operation_id="get_direct_upload",
    response_model=documents.DirectUpload,
    responses=answers(*_READ),
)
def standing(direct_upload_id: str, service: Served, caller: Deliverer) -> Response:
    """Tell which parts are missing, with new addresses for the first of them."""
    _direct(service)
    with _faults_of_the_machine():
        upload = own_direct_upload(direct_upload_id, caller.producer, service.archive.ports)
        return JSONResponse(_document(upload, service), headers=_SECRET)


@router.delete(
    "/{direct_upload_id}",
    operation_id="delete_direct_upload",
    status_code=HTTPStatus.NO_CONTENT,
    responses=answers(*_READ),
)
def give_up(direct_upload_id: str, service: Served, caller: Deliverer) -> Response:
    """Let an upload go, with the parts that have come."""
    _direct(service)
    with _faults_of_the_machine():
        let_go(own_direct_upload(direct_upload_id, caller.producer, service.archive.ports), service.archive.ports)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/{direct_upload_id}/completion",
    operation_id="complete_direct_upload",
    response_model=documents.DirectUpload,
    responses={
        202: {"model": documents.DirectUpload, "headers": _RETRY, "description": "It is being read; ask again."},
        **answers(400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra=body_of(documents.Completed),
)
async def complete(request: Request, direct_upload_id: str, service: Served, caller: Deliverer) -> Response:
    """Say that all parts are there, and what they are together: the archive reads them. The same again joins in."""
    _direct(service)
    stated = await service.in_a_place(
        lambda: read_json_body(request, service, documents.Completed, MOST_BYTES), caller.producer
    )
    claim = Claim(sender=caller.producer, upload_id=direct_upload_id, sha256=stated.sha256)
    proof = service.proofs.of(claim, lambda: _finished(claim, service))
    if isinstance(proof, NoPlace):
        raise busy(texts.BUSY_PROVING, HTTPStatus.TOO_MANY_REQUESTS if proof.is_own else HTTPStatus.SERVICE_UNAVAILABLE)
    reading = asyncio.wrap_future(proof)
    done, _ = await asyncio.wait({reading}, timeout=service.proof_seconds)
    if not done:
        reading.add_done_callback(_looked_at)
        document = {"upload": claim.upload_id, "status": "proving"}
        return JSONResponse(
            document, status_code=HTTPStatus.ACCEPTED, headers={"Retry-After": str(PROVING_SECONDS), **_SECRET}
        )
    service.proofs.told(claim)
    with _faults_of_the_machine():
        return _settled(reading.result())


def _looked_at(reading: "asyncio.Future[Completion]") -> None:
    """Whoever asks again is told; a fault that nobody asks about again is in the log."""
    if not reading.cancelled() and (fault := reading.exception()) is not None:
        logger.warning("a direct upload was not proven", extra=logged_of(fault))


def _finished(claim: Claim, service: Service) -> Completion:
    ports = service.archive.ports
    upload = own_direct_upload(claim.upload_id, claim.sender, ports)
    return finish(upload, claim.sha256, ports, _direct(service), service.stopping.is_set)


def _settled(completion: Completion) -> Response:
    match completion:
        case Proven(upload=upload):
            return JSONResponse(documents.told(upload), headers=_SECRET)
        case Incomplete(missing=missing):
            raise _parts_missing(missing)
        case NotAsStated(findings=findings):
            raise refused(findings)
        case _:
            assert_never(completion)


def _document(upload: Upload, service: Service) -> dict[str, Any]:
    return documents.told_with_parts(standing_of(upload, service.archive.ports, _direct(service)))


def _direct(service: Service) -> DirectStore:
    """Give the staging store as producers reach it. Raises Problem (404) where they do not."""
    direct = service.archive.ports.direct
    if direct is None:
        raise Problem(
            status=HTTPStatus.NOT_FOUND,
            type=ProblemType.NO_DIRECT,
            title=texts.NO_DIRECT,
            detail=texts.NO_DIRECT_DETAIL,
        )
    return direct


def _parts_missing(missing: tuple[Part, ...]) -> Problem:
    return Problem(
        status=HTTPStatus.CONFLICT,
        type=ProblemType.PARTS_MISSING,
        title=texts.PARTS_MISSING,
        detail=texts.PARTS_MISSING_DETAIL,
        extra={"missing": [part.number for part in missing[: documents.MOST_NAMED]]},
    )


@contextmanager
def _faults_of_the_machine() -> Iterator[None]:
    """Let what the store does not allow us be an outage to the producer, who can do nothing about it but wait."""
    try:
        yield
    except ConfigurationError as fault:
        logger.exception("the staging store does not allow a direct upload", extra=logged_of(fault))
        raise unavailable() from fault
