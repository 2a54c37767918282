"""What a connection may be used for: requests, whose heads come in time, and nothing else."""

import json
import socket
import time
from pathlib import Path

import pytest

from ingest.api import connections
from tests.features.api_client import KEY, Client, served
from tests.features.broken_requests import PUSH, Sent, address_of, answered, half_sent, status_answered, until

SENT = Sent(content_type="application/json", body=PUSH)


def connected(client: Client) -> socket.socket:
    return socket.create_connection(address_of(client), timeout=10)


@pytest.mark.parametrize("begun", [b"", b"GET /health/live HTTP/1.1\r\nHost: x\r\n"], ids=["nothing", "half a head"])
def test_who_sends_no_whole_head_in_time_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with served(tmp_path, working=False) as client, connected(client) as connection:
        for byte in begun:
            connection.sendall(bytes([byte]))
        assert connection.recv(1) == b""


def test_a_body_may_take_longer_and_so_may_the_next_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with served(tmp_path, working=False) as client, half_sent(client, SENT) as connection:
        time.sleep(0.6)
        connection.sendall(SENT.body[len(SENT.body) // 2 :])
        assert status_answered(connection) == 202
        time.sleep(0.6)
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert status_answered(connection) == 200


HEAD = (
    b"POST /v1/deliveries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.mark.parametrize(
    "sent",
    [b"HEJ\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * (70 << 10), HEAD % KEY.encode() + b"5\r\nabcde\r\nzz\r\n"],
    ids=["no HTTP", "too large a head", "a broken chunk"],
)
def test_what_is_no_http_is_a_problem_too(tmp_path: Path, sent: bytes) -> None:
    with served(tmp_path, working=False) as client:
        with connected(client) as connection:
            connection.sendall(sent)
            answer = answered(connection)
        head, _, content = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400 ")
        assert b"Content-Type: application/problem+json" in head
        assert json.loads(content)["type"] == "urn:earkiv:problem:malformed-request"
        until(lambda: not client.archive.ports.catalogue.unfinished())


def test_what_breaks_after_its_answer_breaks_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with served(tmp_path, working=False) as client:
        with connected(client) as connection:
            connection.sendall(HEAD % b"fel-nyckel")
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 401 ")
            connection.sendall(b"zz\r\n")
            while connection.recv(1 << 16):
                pass
        assert client.http.get("/health/live").status_code == 200
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
