"""The body of a request as chunks that are pulled from a thread: nothing of it is kept but what is being worked on."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import anyio
import anyio.from_thread
from fastapi import Request
from starlette.types import Message

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType, malformed

IDLE_SECONDS: Final = 60.0
"""A client that sends nothing for so long has gone."""
_SHA_256: Final = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):\s*(?:,|$)")
_DIGEST_BYTES: Final = 32


class ClientGone(Exception):
    """The client has hung up, or sends nothing any more: there is nobody to answer."""


class Body:
    """The body of a request, read once."""

    def __init__(self, request: Request) -> None:
        """Prepare for reading. Raises Problem (400) for a Repr-Digest that cannot be understood."""
        self._request = request
        self._expected = _stated(request.headers.get("repr-digest"))
        self._digest = hashlib.sha256()

    @property
    def stated_size(self) -> int:
        """How many bytes the client says that it sends; 0 when it does not say."""
        stated = self._request.headers.get("content-length", "")
        return int(stated) if stated.isascii() and stated.isdigit() else 0

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes as they come, from a thread that the server lent.

        Raises ClientGone, and at the end Problem (422) when they are not those that Repr-Digest states.
        """
        while True:
            message = anyio.from_thread.run(_next, self._request)
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            self._digest.update(chunk)
            if chunk:
                yield chunk
            if not message.get("more_body", False):
                break
        if self._expected is not None and self._digest.digest() != self._expected:
            raise Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                type=ProblemType.DIGEST,
                title=texts.DIGEST,
                detail=texts.DIGEST_DETAIL,
            )


async def _next(request: Request) -> Message:
    try:
        with anyio.fail_after(IDLE_SECONDS):
            return await request.receive()
    except TimeoutError as error:
        raise ClientGone from error


def whole(chunks: Iterator[bytes], most: int) -> bytes:
    """Give all bytes together. Raises Problem (413) when they are more than `most`."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > most:
            raise too_large()
    return bytes(held)


def too_large() -> Problem:
    """Say that a case's JSON is larger than any is read."""
    return Problem(
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        type=ProblemType.TOO_LARGE,
        title=texts.TOO_LARGE,
        detail=texts.JSON_TOO_LARGE,
    )


def _stated(header: str | None) -> bytes | None:
    """Read the SHA-256 of a Repr-Digest (RFC 9530); other algorithms beside it say nothing here."""
    if header is None:
        return None
    found = _SHA_256.search(header)
    try:
        digest = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        digest = b""
    if len(digest) != _DIGEST_BYTES:
        raise malformed(texts.BAD_DIGEST)
    return digest
