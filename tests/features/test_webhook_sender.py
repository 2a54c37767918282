"""The sender against real receivers on loopback: right ones, wrong ones, and names that change where they lead."""

import datetime as dt
import ipaddress
import socket
import ssl
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.domain.receivers import Receivers
from ingest.domain.webhooks import Answer, Message, Outcome
from tests.servers.webhook_receiver import answering, receiving

HOME = Receivers(networks=(ipaddress.ip_network("127.0.0.0/8"),))
SECONDS = 1.0


def message(url: str, producer: str | None = None) -> Message:
    headers = {"content-type": "application/json", "webhook-id": "d1-2"}
    return Message(producer=producer, url=url, headers=headers, body=b'{"a":1}')


def outcome(url: str, receivers: Receivers = HOME, seconds: float = 5.0) -> Answer:
    return HttpWebhookSender(receivers, "earkiv/1", seconds=seconds).send(message(url))


def test_a_message_arrives_as_it_is() -> None:
    with receiving() as receiver:
        assert outcome(receiver.url) == Answer(outcome=Outcome.TAKEN, status=204)
    (got,) = receiver.got
    assert (got.path, got.body) == ("/hooks?a=b", b'{"a":1}')
    assert (got.headers["host"], got.headers["webhook-id"]) == (f"127.0.0.1:{receiver.port}", "d1-2")
    assert got.headers["user-agent"] == "earkiv/1"


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, Outcome.TAKEN), (299, Outcome.TAKEN), (401, Outcome.REFUSED), (410, Outcome.GONE), (500, Outcome.REFUSED)],
)
def test_a_status_is_an_answer(status: int, expected: Outcome) -> None:
    with receiving(answering(status)) as receiver:
        assert outcome(receiver.url) == Answer(outcome=expected, status=status)


def test_a_redirect_is_not_followed() -> None:
    with receiving() as other, receiving(answering(307, Location=other.url)) as receiver:
        assert outcome(receiver.url) == Answer(outcome=Outcome.REFUSED, status=307)
    assert other.got == []


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def _trickling(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(SECONDS / 10)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    _ = handler
    time.sleep(3 * SECONDS)


def _informing(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def _broken(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


def _vast_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000_000)


def test_an_answer_without_end_is_taken_by_its_status() -> None:
    with receiving(_endless) as receiver:
        assert outcome(receiver.url, seconds=SECONDS) == Answer(outcome=Outcome.TAKEN, status=200)


@pytest.mark.parametrize("way", [_trickling, _silent, _informing])
def test_who_is_too_slow_is_left(way: object) -> None:
    with receiving(way) as receiver:  # type: ignore[arg-type]  # each is a behaviour
        assert outcome(receiver.url, seconds=SECONDS) == Answer(outcome=Outcome.TOO_SLOW)


@pytest.mark.parametrize("way", [_broken, _vast_header])
def test_what_is_no_http_is_no_answer(way: object) -> None:
    with receiving(way) as receiver:  # type: ignore[arg-type]  # each is a behaviour
        assert outcome(receiver.url) == Answer(outcome=Outcome.NO_ANSWER)


def test_where_nobody_listens_there_is_no_connection() -> None:
    # Taken and not listened at, so that no other test's server stands there meanwhile.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert outcome(url) == Answer(outcome=Outcome.NO_CONNECTION)


def test_a_name_without_address_is_no_fault_of_ours() -> None:
    def nowhere(host: str, port: int) -> Sequence[str]:
        raise OSError(host, port)

    for resolve in (nowhere, lambda _host, _port: ()):
        sender = HttpWebhookSender(HOME, "earkiv/1", resolve=resolve)
        assert sender.send(message("https://mottagare.example/")) == Answer(outcome=Outcome.NO_ADDRESS)


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("::ffff:127.0.0.1",), ("169.254.169.254",), ("fe80::1%1",)]
)
def test_a_name_that_leads_inwards_is_never_connected_to(
    addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.adapters.webhook_http.sent", lambda *_: pytest.fail("a connection was wanted"))
    sender = HttpWebhookSender(Receivers(), "earkiv/1", resolve=lambda _host, _port: addresses)
    assert sender.send(message("https://mottagare.example/")).outcome is Outcome.FORBIDDEN_RECEIVER


def test_a_list_that_changed_since_holds_at_once() -> None:
    with receiving() as receiver:
        narrowed = Receivers(networks=HOME.networks, hosts={"Exempelstaden": ("annan.example",)})
        sender = HttpWebhookSender(narrowed, "earkiv/1")
        answer = sender.send(message(receiver.url, producer="Exempelstaden"))
    assert (answer.outcome, receiver.got) == (Outcome.FORBIDDEN_RECEIVER, [])


class Rebinding:
    """A name server that first leads where it may, and from then on where it may not."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        _ = port
        self.asked.append(host)
        return ("127.0.0.2",) if len(self.asked) == 1 else ("127.0.0.1",)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for mottagare.example, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mottagare.example")])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("mottagare.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "mottagare.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here.load_cert_chain(certificate)
    names: list[object] = []
    here.sni_callback = lambda _socket, name, _context: names.append(name)
    there = ssl.create_default_context(cafile=certificate)
    allowed = Receivers(networks=(ipaddress.ip_network("127.0.0.2/32"),))
    rebinding = Rebinding()
    monkeypatch.setattr("socket.getaddrinfo", lambda *asked, **_: pytest.fail(f"{asked} was resolved again"))
    with receiving(address="127.0.0.2", name="mottagare.example", tls=here) as receiver:
        sender = HttpWebhookSender(allowed, "earkiv/1", resolve=rebinding, certificates=there)
        assert sender.send(message(receiver.url)).outcome is Outcome.TAKEN
        assert rebinding.asked == ["mottagare.example"]
        assert names == ["mottagare.example"]
        assert receiver.got[0].headers["host"] == f"mottagare.example:{receiver.port}"
        assert sender.send(message(receiver.url)).outcome is Outcome.FORBIDDEN_RECEIVER
        other = receiver.url.replace("mottagare", "annan")
        rebinding.asked.clear()
        assert sender.send(message(other)).outcome is Outcome.NO_CONNECTION
    assert len(receiver.got) == 1
