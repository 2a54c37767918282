"""A receipt as a page, for people: printed, kept, and shown to whoever asks what the archive took over."""

from typing import Any, Final

from fastapi import Request
from fastapi.responses import StreamingResponse

from ingest.api.languages import preferred
from ingest.api.service import Service
from ingest.application.shown_receipts import shown
from ingest.formats.html_elements import ENGLISH, SWEDISH
from ingest.formats.receipt_page import POLICY, receipt_page

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


def page_of(receipt: dict[str, Any], request: Request, service: Service) -> StreamingResponse:
    """Give a receipt as a page in the language that the client prefers. Raises DamageFound, StoreUnavailable."""
    voice = SWEDISH if preferred(request.headers.get("accept-language", "")) == "sv" else ENGLISH
    page = receipt_page(shown(receipt, service.archive.ports), voice)
    return StreamingResponse(page, media_type=_PAGE, headers={**_HEADERS, "Content-Language": voice.code})
