"""A connection as the server holds it: nobody keeps one open for nothing, and what is no HTTP is a problem like any."""

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ingest.api import texts
from ingest.api.problems import MEDIA_TYPE, json_of, malformed

HEAD_SECONDS: Final = 30.0
"""The head of a request has to come in this time, however slowly its bytes trickle in."""
_NOT_ANSWERED: Final = frozenset({h11.IDLE, h11.SEND_RESPONSE})


class Connection(H11Protocol):
    """One connection of a client's. The server bounds the pause between two requests; the rest is bounded here."""

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the class above
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what has come; as long as it is no whole head, the time runs on."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait_for_head()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say that it was no HTTP, unless an answer has gone out already; either way it is the end."""
        _ = msg
        if self.conn.our_state in _NOT_ANSWERED:
            for event in _no_http():
                self.transport.write(self.conn.send(event) or b"")
        if self.cycle is not None:
            # Whoever reads the body of the broken request, or means to answer it, has nobody to do it for.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _wait_for_head(self) -> None:
        if self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


def _no_http() -> tuple[Any, ...]:
    content = json_of(malformed(texts.NO_HTTP), "sv")
    headers = [("Content-Type", MEDIA_TYPE), ("Content-Language", "sv"), ("Content-Length", str(len(content)))]
    head = h11.Response(status_code=400, headers=[*headers, ("Connection", "close")], reason=b"Bad Request")
    return head, h11.Data(data=content), h11.EndOfMessage()
