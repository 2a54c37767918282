"""A producer's receiver of webhooks on loopback, that does what receivers do."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.patience import PATIENCE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A request as it came; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


Behaviour = Callable[[BaseHTTPRequestHandler], None]
"""Answers a request, in its own way."""


def answering(status: int, **headers: str) -> Behaviour:
    """Answer with a status and no body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


TAKES = answering(204)


@dataclass(slots=True, kw_only=True)
class Receiver:
    """A receiver that runs: what came, and how the next requests are answered, the last way for ever."""

    port: int
    host: str
    scheme: str = "http"
    got: list[Got] = field(default_factory=list)
    ways: list[Behaviour] = field(default_factory=lambda: [TAKES])

    @property
    def url(self) -> str:
        """Its address."""
        return f"{self.scheme}://{self.host}:{self.port}/hooks?a=b"

    def wait_for(self, count: int) -> list[Got]:
        """Wait until so many requests have come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.got) < count:
            assert time.monotonic() < deadline, f"{len(self.got)} of {count} came"
            time.sleep(0.02)
        return self.got


@contextmanager
def receiving(
    *ways: Behaviour, address: str = "127.0.0.1", name: str = "", tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """Run a receiver until the block ends; `name` is how its URL calls it."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {key.lower(): value for key, value in self.headers.items()}
            receiver.got.append(Got(path=self.path, headers=headers, body=body))
            way = receiver.ways.pop(0) if len(receiver.ways) > 1 else receiver.ways[0]
            way(self)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class gives it
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            _ = request, client_address  # whoever sends may hang up

    with Server((address, 0), Answering) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        port: int = server.server_address[1]
        receiver = Receiver(port=port, host=name or address, scheme="https" if tls else "http")
        if ways:
            receiver.ways = list(ways)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
