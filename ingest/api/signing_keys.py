"""`/.well-known/earkiv-keys.json`: every key that the archive ever signed with, for whoever holds a receipt."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Response

from ingest.api import documents
from ingest.api.access import Served
from ingest.api.documents import answers

router = APIRouter(tags=["keys"])
MEDIA_TYPE: Final = "application/jwk-set+json"
_CACHE: Final = "public, max-age=300"
"""So soon after a key was reported as compromised everybody who asks is told."""
_SCHEMA: Final = {"$ref": "#/components/schemas/KeySet"}
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": documents.KeySet,
        "description": "All of the archive's public keys, oldest first, as a JWK Set (RFC 7517, RFC 8037).",
        "content": {MEDIA_TYPE: {"schema": _SCHEMA}},
    },
    304: {"description": "Nothing has changed since the `ETag` that the request names."},
    **answers(503),
}


@router.get(
    "/.well-known/earkiv-keys.json", operation_id="get_signing_keys", response_class=Response, responses=_RESPONSES
)
def signing_keys(service: Served, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """Give every public key that ever signed a receipt or the journal, with what it is good for now. Needs no key."""
    published = service.published.key_set(service.archive.ports)
    tag = f'"{published.sha256}"'
    headers = {"ETag": tag, "Cache-Control": _CACHE, "X-Content-Type-Options": "nosniff"}
    if if_none_match is not None and _names(if_none_match, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(published.content, media_type=MEDIA_TYPE, headers=headers)


def _names(if_none_match: str, tag: str) -> bool:
    """Whether one of the tags is ours, weak or strong (RFC 9110, section 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return bool(named & {tag, "*"})
