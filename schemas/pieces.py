"""Answers in pieces, of API, desk and reading room alike."""

from collections.abc import Generator, Mapping
from typing import IO, Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

_PIECE_BYTES: Final = 1 << 20


def pieces_of(stream: IO[bytes]) -> Generator[bytes, None, None]:
    """Give what a stream holds, piece by piece, and close it."""
    with stream:
        while piece := stream.read(_PIECE_BYTES):
            yield piece


class Given(StreamingResponse):
    """Pieces, one by one; what they hold open is closed when the answer ends, also where its reader went away."""

    def __init__(
        self, pieces: Generator[bytes, None, None], headers: Mapping[str, str], media_type: str | None = None
    ) -> None:
        """Give pieces whose length, if it is known, is among the headers."""
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them; no piece is being made any more when this ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._pieces.close()
