"""Requests that do not end as they should, and an archive behind which things break."""

import json
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import httpx

from ingest.api.service import MOST_ARRIVING
from ingest.errors import EarkivError
from ingest.pipeline.step import Ports
from tests.features.api_client import KEY, Client, case_push, document
from tests.features.archives import staged
from tests.patience import PATIENCE_SECONDS

_NEVER = 1 << 30
HELD = b"Hej! " * 20_000
PUSH = json.dumps(case_push("a-1", document(HELD))).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as its sender meant it."""

    content_type: str
    body: bytes
    key: str = KEY

    def head(self) -> bytes:
        """Write the head of the request."""
        return (
            "POST /v1/deliveries HTTP/1.1\r\nHost: arkiv\r\nAuthorization: Bearer "
            f"{self.key}\r\nContent-Type: {self.content_type}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        ).encode()


def form(**parts: bytes) -> Sent:
    """Write parts as a form."""
    request = httpx.Request("POST", "http://arkiv", files={name: (name, held) for name, held in parts.items()})
    return Sent(content_type=request.headers["content-type"], body=request.read())


@contextmanager
def half_sent(client: Client, sent: Sent) -> Iterator[socket.socket]:
    """Send the first half of a request and give the connection once the server is reading from it."""
    free = client.service.places.value
    with socket.create_connection(address_of(client), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(sent.head() + sent.body[: len(sent.body) // 2])
        until(lambda: client.service.places.value < free)
        yield connection


def address_of(client: Client) -> tuple[str, int]:
    """Give host and port of the server."""
    return client.http.base_url.host, client.http.base_url.port or 0


def answered(connection: socket.socket) -> bytes:
    """Read until the server hangs up."""
    read = b""
    while chunk := connection.recv(1 << 16):
        read += chunk
    return read


def status_answered(connection: socket.socket) -> int:
    """Read one whole answer, which may come in pieces, and give its status; the connection stays open."""
    response = HTTPResponse(connection)
    response.begin()
    response.read()
    return response.status


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


def nothing_is_left(client: Client, home: Path) -> bool:
    """Say whether catalogue, staging and leases are as if nothing had arrived."""
    return not (client.archive.ports.catalogue.unfinished() or staged(home) or leases(home))


def is_at_rest(client: Client) -> bool:
    """Say whether nothing is arriving."""
    return client.service.places.value == MOST_ARRIVING


def leases(home: Path) -> int:
    """Count the leases that somebody holds."""
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as catalogue:
        (held,) = catalogue.execute("SELECT count(*) FROM leases WHERE owner IS NOT NULL").fetchone()
    return int(held)


@dataclass(slots=True)
class Fault:
    """Breaks the nth call and all that follow, until it is mended."""

    error: EarkivError
    calls_before: int = _NEVER
    is_met: bool = False

    def break_after(self, calls: int) -> None:
        """Let so many calls through, and none after them."""
        self.calls_before, self.is_met = calls, False

    def mend(self) -> None:
        """Let all calls through again."""
        self.calls_before = _NEVER

    def meet(self) -> None:
        """Count a call. Raises the error where it is to break."""
        if self.calls_before <= 0:
            self.is_met = True
            raise self.error
        self.calls_before -= 1


@dataclass(slots=True)
class _Broken:
    """Stands before a port, and lets its calls through as long as the fault lets them."""

    port: Any
    fault: Fault

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.port, name)
        if not callable(real):
            return real

        def call(*arguments: Any, **named: Any) -> Any:
            self.fault.meet()
            return real(*arguments, **named)

        return call


def catalogue_broken(fault: Fault) -> Callable[[Ports], Ports]:
    """Give what puts a fault before the catalogue."""
    return lambda ports: replace(ports, catalogue=_Broken(ports.catalogue, fault))


def staging_broken(fault: Fault) -> Callable[[Ports], Ports]:
    """Give what puts a fault before staging."""
    return lambda ports: replace(ports, staging=_Broken(ports.staging, fault))
