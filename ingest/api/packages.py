"""`/v1/packages`: what the archive holds of a producer's deliveries."""

import base64
import json
import mimetypes
from typing import Annotated, Any, Final
from urllib.parse import quote
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse

from ingest.api import documents
from ingest.api.access import Reader, Served
from ingest.api.documents import answers
from ingest.api.problems import not_found
from ingest.api.service import Service
from ingest.api.whole_answers import Made, told
from ingest.application.consult_archive import receipt_size
from ingest.application.holdings import Holding, Kept, holding_in, kept_package
from ingest.application.told_packages import package_document, timeline_document
from ingest.domain.keys import Caller
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports
from schemas.pieces import Given, pieces_of

router = APIRouter(prefix="/v1/packages", tags=["packages"])
METS: Final = "METS.xml"
PREMIS: Final = "metadata/preservation/premis.xml"
_MAY_FAIL: Final = answers(401, 403, 404, 503)
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_AS_IT_LIES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/xml": _BYTES}, "description": "The file as it lies in the archive."},
    **_MAY_FAIL,
}


def _seen(package_id: str, caller: Reader, service: Served) -> Kept:
    """Accept the id of a package that is the caller's, archived or tested. Raises Problem (404)."""
    ports = service.archive.ports
    try:
        UUID(package_id)  # what nobody guesses: by an id of another producer's own not even time is spent
        found = kept_package(package_id, ports)
    except (UnknownSubject, ValueError) as fault:
        raise not_found() from fault
    if not caller.sees_deliveries_of(ports.catalogue.delivery(found.package.delivery_id).sender):
        raise not_found()
    return found


@router.get(
    "/{package_id}",
    operation_id="get_package",
    response_model=None,
    responses={200: {"model": documents.Package, "headers": documents.GENERATION}, **_MAY_FAIL},
)
async def package(service: Served, seen: Annotated[Kept, Depends(_seen)]) -> Response:
    """Tell all that is known of a package: where it came from, its files, copies and findings."""
    ports = service.archive.ports
    return await told(await to_thread.run_sync(_receipt_size, seen, ports), lambda: _told(seen, ports), service)


def _receipt_size(seen: Kept, ports: Ports) -> int | None:
    return receipt_size(ports.catalogue.delivery(seen.package.delivery_id), ports)


def _told(seen: Kept, ports: Ports) -> Made:
    document = package_document(seen.package.package, ports)
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Made(pieces=(content,), media_type="application/json", headers={"ETag": f'"{document["generation"]}"'})


@router.get(
    "/{package_id}/timeline",
    operation_id="get_package_timeline",
    response_model=None,
    responses={200: {"model": documents.Timeline}, **_MAY_FAIL},
)
def timeline(package_id: str, service: Served, caller: Reader) -> dict[str, Any]:
    """Tell what has happened to a package, in order."""
    found = _seen(package_id, caller, service).package
    return {"events": timeline_document(found.package, service.archive.ports)}


@router.get(
    "/{package_id}/files",
    operation_id="list_package_files",
    response_model=None,
    responses={200: {"model": documents.Files}, **_MAY_FAIL},
)
def files(package_id: str, service: Served, caller: Reader) -> dict[str, Any]:
    """List every file of the package's newest generation by its path in it."""
    holding = _holding(package_id, caller, service)
    listed = sorted(holding.inventory.files.items())
    return {"generation": holding.package.generation, "files": [{"path": p, "sha256": d} for p, d in listed]}


@router.get(
    "/{package_id}/mets", operation_id="get_package_mets", response_class=StreamingResponse, responses=_AS_IT_LIES
)
def mets(package_id: str, service: Served, caller: Reader) -> StreamingResponse:
    """Give the package's METS document."""
    return _file(_holding(package_id, caller, service), METS)


@router.get(
    "/{package_id}/premis", operation_id="get_package_premis", response_class=StreamingResponse, responses=_AS_IT_LIES
)
def premis(package_id: str, service: Served, caller: Reader) -> StreamingResponse:
    """Give the package's PREMIS document."""
    return _file(_holding(package_id, caller, service), PREMIS)


@router.get(
    "/{package_id}/files/{path:path}",
    operation_id="get_package_file",
    response_class=StreamingResponse,
    responses={200: {"content": {"*/*": _BYTES}, "description": "The file, checked while it is read."}, **_MAY_FAIL},
)
def file(package_id: str, path: str, service: Served, caller: Reader) -> StreamingResponse:
    """Give one file of the package's newest generation."""
    holding = _holding(package_id, caller, service)
    if path not in holding.inventory.files:
        raise not_found()
    return _file(holding, path)


def _holding(package_id: str, caller: Caller, service: Service) -> Holding:
    return holding_in(_seen(package_id, caller, service))


def _file(holding: Holding, path: str) -> StreamingResponse:
    name = path.rpartition("/")[2]
    headers = {
        "Content-Length": str(holding.size_of(path)),
        # What was delivered may be anything: no browser is to run it.
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(holding.inventory.files[path])).decode()}:",
    }
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Given(pieces_of(holding.open(path)), headers, media_type)
