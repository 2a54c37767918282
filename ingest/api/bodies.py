"""The body of a request as chunks that are pulled from a thread: nothing of it is kept but what is being worked on."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Final

import anyio
import anyio.from_thread
from fastapi import Request
from starlette.types import Message

from ingest.api import texts
from ingest.api.pace import Pace
from ingest.api.problems import Problem, ProblemType, malformed
from ingest.domain.findings import Text
from ingest.errors import OutOfSpace
from ingest.formats.case_push_json import MAX_BYTES

_ALGORITHMS: Final = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
"""Those of RFC 9530 that are not deprecated, by their names there."""

FEW_BYTES: Final = 1 << 20
_MOST_DIGITS: Final = 18


class ClientGone(Exception):
    """The client has hung up, or sends nothing any more, or next to nothing: there is nobody to wait for."""


class Body:
    """The body of a request, read once."""

    def __init__(self, request: Request, pace: Pace) -> None:
        """Prepare for reading; a client that does not keep the pace has gone.

        Raises Problem (400) for a Repr-Digest that cannot be understood.
        """
        self._request = request
        self._pace = pace
        self._waited = 0.0
        self._came = 0
        self._expected = _stated(request.headers.getlist("repr-digest"))
        self._digests = {name: _ALGORITHMS[name]() for name in self._expected}

    @property
    def stated_size(self) -> int | None:
        """How many bytes the client says that it sends; None when it does not say."""
        stated = self._request.headers.get("content-length", "")
        return int(stated[:_MOST_DIGITS]) if stated.isascii() and stated.isdigit() else None

    def chunks(self, came: Callable[[int], None] = lambda _: None) -> Iterator[bytes]:
        """Give the bytes as they come, from a thread that the server lent; `came` hears of those that are dealt with.

        Raises ClientGone, and at the end Problem (422) when they are not those that Repr-Digest states.
        """
        while True:
            message = anyio.from_thread.run(self._next)
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            for digest in self._digests.values():
                digest.update(chunk)
            if chunk:
                yield chunk
                came(len(chunk))
            if not message.get("more_body", False):
                break
        if any(self._digests[name].digest() != stated for name, stated in self._expected.items()):
            raise Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                type=ProblemType.DIGEST,
                title=texts.DIGEST,
                detail=texts.DIGEST_DETAIL,
            )

    async def _next(self) -> Message:
        began = anyio.current_time()
        try:
            with anyio.fail_after(self._pace.patience(self._waited, self._came)):
                message = await self._request.receive()
        except TimeoutError as error:
            raise ClientGone from error
        self._waited += anyio.current_time() - began
        self._came += len(message.get("body", b""))
        return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Bytes that have come whole: in memory while they are few, else in a temporary file."""

    size: int
    file: IO[bytes]

    @property
    def is_large(self) -> bool:
        """Whether it lies in a file."""
        return self.size > FEW_BYTES

    def read(self) -> bytes:
        """Give all of it."""
        self.file.seek(0)
        return self.file.read()


def whole(chunks: Iterator[bytes], most: int, lent: ExitStack) -> Whole:
    """Give all bytes together, for as long as they are lent.

    Raises Problem (413) when they are more than `most`, OutOfSpace, and what `chunks` raise.
    """
    file = spooled(bounded(chunks, most), lent)
    return Whole(size=file.tell(), file=file)


def bounded(chunks: Iterator[bytes], most: int | None) -> Iterator[bytes]:
    """Give the bytes on, as many as may come; None is without bound. Raises Problem (413), and what `chunks` raise."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if most is not None and size > most:
            raise too_large(most)
        yield chunk


def spooled(chunks: Iterator[bytes], lent: ExitStack) -> IO[bytes]:
    """Give a file with these bytes for as long as it is lent. Raises OutOfSpace, and what `chunks` raise."""
    file = lent.enter_context(SpooledTemporaryFile(max_size=FEW_BYTES))  # noqa: SIM115 - lent for longer than this call
    for chunk in chunks:
        try:
            file.write(chunk)
        except OSError as error:
            sv, en = "Den tillfälliga mappen kan inte skrivas", "The folder for temporary files cannot be written"
            raise OutOfSpace(f"{sv}: {error.strerror}.", f"{en}: {error.strerror}.") from error
    return file


def too_large(most: int) -> Problem:
    """Say that more was sent than is read."""
    said = texts.TOO_LARGE_DETAIL
    detail = Text(sv=said.sv.format(most=most), en=said.en.format(most=most))
    if most == MAX_BYTES:
        detail = texts.JSON_TOO_LARGE
    return Problem(
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        type=ProblemType.TOO_LARGE,
        title=texts.TOO_LARGE,
        detail=detail,
    )


def _stated(lines: Sequence[str]) -> Mapping[str, bytes]:
    """Read the digests of Repr-Digest (RFC 9530, section 3), a dictionary of byte sequences (RFC 8941, section 3.2).

    Algorithms that we do not reckon say nothing, but one that we do must be there. Raises Problem (400).
    """
    members = [member.strip().partition("=") for line in lines for member in line.split(",")]
    stated = {
        name: _digest(value, _ALGORITHMS[name]().digest_size) for name, _, value in members if name in _ALGORITHMS
    }
    if lines and not stated:
        raise malformed(texts.BAD_DIGEST)
    return stated


def _digest(value: str, size: int) -> bytes:
    told, _, _ = value.partition(";")
    sequence = told.strip()
    try:
        digest = base64.b64decode(sequence.removeprefix(":").removesuffix(":"), validate=True)
    except ValueError:
        digest = b""
    if len(digest) != size or not (sequence.startswith(":") and sequence.endswith(":")):
        raise malformed(texts.BAD_DIGEST)
    return digest
