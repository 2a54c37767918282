"""A receipt, for programs as JSON and for people as a page: printed, kept, and shown to whoever asks."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from ingest.api.languages import preferred
from ingest.api.service import Service
from ingest.application.consult_archive import receipt_of, receipt_size
from ingest.application.shown_receipts import shown
from ingest.domain.deliveries import Delivery
from ingest.formats.html_elements import ENGLISH, SWEDISH
from ingest.formats.receipt_page import POLICY, receipt_page

LARGE_BYTES: Final = 8 << 20
"""From so many bytes on, some 20,000 files, a receipt is made alone."""
_CHUNK: Final = 1 << 20
_PAGE: Final = "text/html"
_JSON: Final = frozenset({"application/json", "application/*"})
_HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language",
}


def prefers_page(accept: str) -> bool:
    """Say whether a client would rather have HTML than JSON (RFC 9110, section 12.5.1); JSON where it does not care."""
    weights = {"html": 0.0, "json": 0.0}
    for item in accept.lower().split(","):
        media_type, _, parameters = item.partition(";")
        if media_type.strip() == _PAGE:
            weights["html"] = max(weights["html"], _quality(parameters))
        elif media_type.strip() in _JSON:
            weights["json"] = max(weights["json"], _quality(parameters))
    return weights["html"] > weights["json"]


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def receipt_response(delivery: Delivery, request: Request, service: Service) -> Response:
    """Give a decided delivery's receipt as JSON or as a page, in the language that the client prefers.

    A large one takes five times its size in memory while it is proven and written: so one of those is made at a time,
    into a file, and sent from there, however slow the client is. Raises DamageFound, StoreUnavailable.
    """
    if receipt_size(delivery, service.archive.ports) < LARGE_BYTES:
        answer = _made(delivery, request, service)
        return Response(b"".join(answer.pieces), media_type=answer.media_type, headers=answer.headers)
    with service.reading, ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())
        answer = _made(delivery, request, service)
        file.writelines(answer.pieces)
        closing.pop_all()
    headers = {**answer.headers, "Content-Length": str(file.tell())}
    return StreamingResponse(_sent(file), media_type=answer.media_type, headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    pieces: Iterable[bytes]
    media_type: str
    headers: Mapping[str, str]


def _made(delivery: Delivery, request: Request, service: Service) -> _Answer:
    ports = service.archive.ports
    receipt = receipt_of(delivery.id, ports)
    if not prefers_page(request.headers.get("accept", "")):
        content = json.dumps(receipt, ensure_ascii=False, separators=(",", ":")).encode()
        return _Answer(pieces=(content,), media_type="application/json", headers={"Vary": "Accept"})
    voice = SWEDISH if preferred(request.headers.get("accept-language", "")) == "sv" else ENGLISH
    headers = {**_HEADERS, "Content-Language": voice.code}
    return _Answer(pieces=receipt_page(shown(receipt, ports), voice), media_type=_PAGE, headers=headers)


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
