"""An HTTP server on loopback that stands before a store, a real one or one in memory, and does what networks do."""

import http.client
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

_PIECES: Final = 4
_PIECE_SECONDS: Final = 0.25
_SKIPPED: Final = frozenset({"connection", "transfer-encoding", "content-length", "expect", "keep-alive"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What came in: `target` is path and query as sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes out; `length` is said in place of the body's own where there is none (HEAD)."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


ANY: Final = "any method"

Backend = Callable[[Request], Answer]


class Fault(Enum):
    """What may happen to a request."""

    SLOW_DOWN = auto()
    """503 SlowDown, and nothing is done."""
    DONE_BUT_ERROR = auto()
    """It is done, and a 500 is answered."""
    DONE_BUT_BUSY = auto()
    """It is done, and a 503 is answered."""
    DONE_BUT_CUT = auto()
    """It is done, and the connection ends without an answer."""
    CUT_BEFORE = auto()
    """The connection ends, and nothing is done."""
    ERROR_IN_200 = auto()
    """Nothing is done, and an error comes with status 200."""
    TRUNCATED = auto()
    """It is done, and the answer ends in the middle of its body."""
    SILENT = auto()
    """It is done, and the answer stops in the middle of its body and stays open."""
    TRICKLED = auto()
    """It is done, and the answer's body comes in pieces, all of it within seconds."""
    FULL = auto()
    """403 QuotaExceeded, and nothing is done."""
    FORBIDDEN = auto()
    """403 AccessDenied, and nothing is done."""


@dataclass(slots=True)
class Script:
    """Which requests meet which fault: the method (or ANY), a part of the target, and how often."""

    fault: Fault | None = None
    method: str = ""
    part: str = ""
    times: int = 0
    seen: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, request: Request) -> Fault | None:
        """Give the fault that this request meets."""
        with self.lock:
            self.seen.append(f"{request.method} {request.target}")
            if self.times and self.method in (request.method, ANY) and self.part in request.target:
                self.times -= 1
                return self.fault
            return None

    def plan(self, fault: Fault, method: str, part: str = "", times: int = 1) -> None:
        """Let the next so many matching requests meet the fault."""
        with self.lock:
            self.fault, self.method, self.part, self.times = fault, method, part, times


def forwarding(endpoint: str) -> Backend:
    """Hand requests on to a real server, with the Host they were signed for."""
    place = urlsplit(endpoint)

    def forward(request: Request) -> Answer:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
            for name, value in request.headers.items():
                if name.lower() not in _SKIPPED:
                    connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
            answer = connection.getresponse()
            headers = {name: value for name, value in answer.getheaders() if name.lower() not in _SKIPPED}
            length = int(answer.getheader("Content-Length") or 0) if request.method == "HEAD" else None
            return Answer(status=answer.status, body=answer.read(), headers=headers, length=length)
        finally:
            connection.close()

    return forward


@contextmanager
def standing_before(backend: Backend, script: Script) -> Iterator[str]:
    """Serve on loopback within the `with` block; give the endpoint."""
    server = _Server(backend, script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True

    def __init__(self, backend: Backend, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.backend, self.script, self.ended = backend, script, threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that is gone: some are killed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _error(status: int, code: str) -> Answer:
    body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>scripted</Message></Error>'.encode()
    return Answer(status=status, body=body, headers={"Content-Type": "application/xml"})


_REFUSALS: Final[dict[Fault | None, Answer]] = {
    Fault.SLOW_DOWN: _error(503, "SlowDown"),
    Fault.FULL: _error(403, "QuotaExceeded"),
    Fault.FORBIDDEN: _error(403, "AccessDenied"),
    Fault.ERROR_IN_200: _error(200, "InternalError"),
}


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server  # type: ignore[mutable-override]  # no other server makes one

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(method=self.command, target=self.path, headers=dict(self.headers.items()), body=body)
        fault = self.server.script.of(request)
        if fault in _REFUSALS:
            self._send(_REFUSALS[fault])
            return
        self.close_connection = fault is not None
        if fault is Fault.CUT_BEFORE:
            return
        answer = self.server.backend(request)
        match fault:
            case Fault.DONE_BUT_ERROR:
                self._send(_error(500, "InternalError"))
            case Fault.DONE_BUT_BUSY:
                self._send(_error(503, "ServiceUnavailable"))
            case Fault.TRUNCATED:
                self._send(answer, share=2)
            case Fault.SILENT:
                self._send(answer, share=2)
                self.server.ended.wait(30)
            case Fault.TRICKLED:
                self._send(answer, share=len(answer.body) or 1)
                self._trickle(answer.body[1:])
            case None:
                self._send(answer)
            case _:
                return  # it is done, and nobody hears of it

    def _send(self, answer: Answer, share: int = 1) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // share])
        self.wfile.flush()

    def _trickle(self, body: bytes) -> None:
        size = -(-len(body) // _PIECES)
        for start in range(0, len(body), size or 1):
            self.server.ended.wait(_PIECE_SECONDS)
            self.wfile.write(body[start : start + size])
            self.wfile.flush()

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Give the method for every HTTP verb: `http.server` asks for `do_VERB`."""
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Write no log."""
