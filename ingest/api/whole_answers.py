"""Answers that are made whole before they are sent: few at a time, and of large ones one, into a file."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Final

from anyio import to_thread
from fastapi import Response

from ingest.api.service import Service
from ingest.pipeline.faults import full_told
from schemas.pieces import Given, pieces_of

LARGE_BYTES: Final = 8 << 20
"""From a receipt of so many bytes on, some 20,000 files, what it says is told alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What is to be sent; the pieces may be made as they are asked for."""

    pieces: Iterable[bytes]
    media_type: str
    headers: Mapping[str, str]


async def told(receipt_bytes: int | None, make: Callable[[], Made], service: Service) -> Response:
    """Make an answer from a receipt of that size, None = not known, and give it.

    A large one takes five times its size in memory while the receipt is proven and the answer written: so one of those,
    or of those that may be, is made at a time, into a file, and sent from there, however slow the client is. Nobody who
    waits for that holds a thread. Raises what `make` does, OutOfSpace, and Problem (503) when its turn does not
    come in time.
    """
    if receipt_bytes is not None and receipt_bytes < LARGE_BYTES:
        return await to_thread.run_sync(_in_memory, make, limiter=service.tellers)
    return await service.alone(lambda: _filed(make))


def _in_memory(make: Callable[[], Made]) -> Response:
    made = make()
    return Response(b"".join(made.pieces), media_type=made.media_type, headers=made.headers)


def _filed(make: Callable[[], Made]) -> Response:
    with full_told(), ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())
        made = make()
        file.writelines(made.pieces)
        size = file.tell()
        file.seek(0)
        closing.pop_all()
    headers = {**made.headers, "Content-Length": str(size)}
    return Given(pieces_of(file), headers, made.media_type)
