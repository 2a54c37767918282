"""A receipt, for programs as JSON and for people as a page: printed, kept, and shown to whoever asks."""

import json
from typing import Final

from anyio import to_thread
from fastapi import Request, Response

from ingest.api.languages import preferred
from ingest.api.service import Service
from ingest.api.whole_answers import Made, told
from ingest.application.consult_archive import receipt_of, receipt_size
from ingest.application.shown_receipts import shown
from ingest.domain.deliveries import Delivery
from ingest.formats.html_elements import ENGLISH, SWEDISH
from ingest.formats.receipt_page import POLICY, receipt_page
from ingest.pipeline.step import Ports

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


async def receipt_response(delivery: Delivery, request: Request, service: Service) -> Response:
    """Give a decided delivery's receipt as JSON or as a page, in the language that the client prefers.

    Raises DamageFound, StoreUnavailable, Problem (503) when a large one's turn does not come in time.
    """
    ports = service.archive.ports
    size = await to_thread.run_sync(receipt_size, delivery, ports)
    return await told(size, lambda: _made(delivery, request, ports), service)


def _made(delivery: Delivery, request: Request, ports: Ports) -> Made:
    receipt = receipt_of(delivery.id, ports)
    if not prefers_page(request.headers.get("accept", "")):
        content = json.dumps(receipt, ensure_ascii=False, separators=(",", ":")).encode()
        return Made(pieces=(content,), media_type="application/json", headers={"Vary": "Accept"})
    voice = SWEDISH if preferred(request.headers.get("accept-language", "")) == "sv" else ENGLISH
    headers = {**_HEADERS, "Content-Language": voice.code}
    return Made(pieces=receipt_page(shown(receipt, ports), voice), media_type=_PAGE, headers=headers)
