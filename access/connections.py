"""A connection as the server holds it: nobody keeps one open for nothing.

The server itself bounds the pause between two requests. That a request comes at all, and to its end, is bounded here;
so is how slowly an answer may be taken.
"""

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from access.slow_readers import Taking

REQUEST_SECONDS: Final = 30.0
"""A request has to come whole in this time, however slowly its bytes trickle in: the longest is a filled-in form."""
_ON_ITS_WAY: Final = frozenset({h11.IDLE, h11.SEND_BODY})


class Connection(H11Protocol):
    """One connection of a reader's."""

    _coming: asyncio.TimerHandle | None = None
    _taking: Taking

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the class above
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._taking = Taking(transport, self.loop)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come; as long as it is no whole request, the time runs on."""
        super().data_received(data)
        if self.conn.their_state in _ON_ITS_WAY:
            self._wait()
        else:
            self._stop_waiting()

    def pause_writing(self) -> None:
        """Wait until the reader has taken what was sent."""
        super().pause_writing()
        self._taking.begin()

    def resume_writing(self) -> None:
        """Go on: the reader has taken all of it."""
        self._taking.end()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        self._taking.end()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._coming is None:
            self._coming = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None
