"""The body of a request: given as it comes, held against what was said of it, and not waited for without end."""

import base64
import errno
import hashlib
from contextlib import ExitStack, nullcontext
from tempfile import SpooledTemporaryFile

import anyio
import anyio.to_thread
import pytest
from fastapi import Request
from starlette.types import Message

from ingest.api.bodies import FEW_BYTES, Body, ClientGone, whole
from ingest.api.pace import Pace
from ingest.api.problems import Problem
from ingest.errors import OutOfSpace

SENT = (b"Hej ", b"", "på dig!".encode())
BYTES = b"".join(SENT)


def message(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


IN_CHUNKS = (*(message(chunk, more=True) for chunk in SENT), message(b"", more=False))
BROKEN_OFF = (message(b"Hej ", more=True), {"type": "http.disconnect"})


def received(*headers: tuple[str, str], messages: tuple[Message, ...] = IN_CHUNKS, most: int = 1000) -> bytes:
    """Read a body in a thread, as the server does."""
    coming = iter(messages)

    async def receive() -> Message:
        return next(coming)

    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    request = Request({"type": "http", "headers": raw}, receive)

    def read() -> bytes:
        with ExitStack() as lent:
            return whole(Body(request, Pace()).chunks(), most, lent).read()

    async def main() -> bytes:
        return await anyio.to_thread.run_sync(read)

    return anyio.run(main)


def stated(algorithm: str, content: bytes = BYTES) -> str:
    digest = hashlib.new(algorithm.replace("-", ""), content).digest()
    return f"{algorithm}=:{base64.b64encode(digest).decode()}:"


def test_chunks_are_given_as_they_come() -> None:
    assert received() == BYTES
    assert received(messages=(message(BYTES, more=False),)) == BYTES


@pytest.mark.parametrize(("most", "fits"), [(len(BYTES), True), (len(BYTES) - 1, False)])
def test_more_than_the_most_is_too_large(most: int, fits: object) -> None:
    if fits:
        assert received(most=most) == BYTES
        return
    with pytest.raises(Problem) as caught:
        received(most=most)
    assert caught.value.status == 413


RIGHT: dict[str, tuple[str, ...]] = {
    "SHA-256": (stated("sha-256"),),
    "SHA-512": (stated("sha-512"),),
    "both": (f"{stated('sha-512')},\t{stated('sha-256')}",),
    "both on lines of their own": (stated("sha-512"), stated("sha-256")),
    "one that nobody knows beside": (f"unixsum=:AAAA:, {stated('sha-256')}, sha=:x",),
    "with a parameter": (f"{stated('sha-256')};v=1",),
    "the last of two counts": (f"{stated('sha-256', b'')}, {stated('sha-256')}",),
}
OTHER: dict[str, tuple[str, ...]] = {
    "another SHA-256": (stated("sha-256", b""),),
    "another SHA-512": (stated("sha-512", b""),),
    "one of two": (f"{stated('sha-256')}, {stated('sha-512', b'')}",),
}
BAD: dict[str, tuple[str, ...]] = {
    "nothing": ("",),
    "no algorithm that we reckon": ("md5=:rL0Y20zC+Fzt72VPzMSk2A==:",),
    "no byte sequence": (stated("sha-256").replace(":", '"'),),
    "no end": (stated("sha-256")[:-1],),
    "no beginning": (stated("sha-256").replace("=:", "=", 1),),
    "hexadecimal": (f"sha-256=:{hashlib.sha256(BYTES).hexdigest()}:",),
    "too short": ("sha-256=:AAAA:",),
    "no base64": ("sha-256=:å:",),
    "no value": ("sha-256",),
    "one of two that cannot be read": (f"{stated('sha-256')}, sha-512=:AAAA:",),
}


@pytest.mark.parametrize("lines", RIGHT.values(), ids=RIGHT.keys())
def test_what_has_the_digest_that_was_stated_is_taken(lines: tuple[str, ...]) -> None:
    assert received(*(("Repr-Digest", line) for line in lines)) == BYTES


@pytest.mark.parametrize(
    ("lines", "status"),
    [*((lines, 422) for lines in OTHER.values()), *((lines, 400) for lines in BAD.values())],
    ids=[*OTHER, *BAD],
)
def test_what_has_another_digest_or_one_that_cannot_be_read_is_a_problem(lines: tuple[str, ...], status: int) -> None:
    with pytest.raises(Problem) as caught:
        received(*(("Repr-Digest", line) for line in lines))
    assert caught.value.status == status


@pytest.mark.parametrize(("size", "is_large"), [(0, False), (FEW_BYTES, False), (FEW_BYTES + 1, True)])
def test_what_is_large_lies_in_a_file(size: int, is_large: object) -> None:
    chunks = [b"x" * size, b""]
    with ExitStack() as lent:
        held = whole(iter(chunks), size, lent)
        assert (held.size, held.is_large, held.read()) == (size, is_large, chunks[0])


def test_a_full_disk_for_temporary_files_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SpooledTemporaryFile, "write", full)
    with ExitStack() as lent, pytest.raises(OutOfSpace, match="No space left"):
        whole(iter([b"x"]), 1, lent)


def test_a_client_that_hangs_up_has_gone() -> None:
    with pytest.raises(ClientGone):
        received(messages=BROKEN_OFF)


def test_a_client_that_falls_silent_has_gone() -> None:
    async def silence() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    body = Body(Request({"type": "http", "headers": []}, silence), Pace(idle_seconds=0.01))

    async def main() -> None:
        await anyio.to_thread.run_sync(lambda: list(body.chunks()))

    with pytest.raises(ClientGone):
        anyio.run(main)


@pytest.mark.parametrize(("least_rate", "idle", "keeps_up"), [(1 << 20, 0.1, False), (1, 60.0, True), (0, 60.0, True)])
def test_a_client_that_sends_next_to_nothing_has_gone(least_rate: int, idle: float, keeps_up: object) -> None:
    left = [message(b"x", more=number < 9) for number in range(10)]

    async def trickle() -> Message:
        await anyio.sleep(0.02)
        return left.pop(0)

    body = Body(Request({"type": "http", "headers": []}, trickle), Pace(idle_seconds=idle, least_rate=least_rate))
    read: list[bytes] = []

    async def main() -> None:
        await anyio.to_thread.run_sync(lambda: read.extend(body.chunks()))

    with nullcontext() if keeps_up else pytest.raises(ClientGone):
        anyio.run(main)
    assert (read == [b"x"] * 10) is keeps_up


SIZES = {"12": 12, "0": 0, "": None, "tolv": None, "-1": None, "١٢": None, "9" * 5000: int("9" * 18)}


@pytest.mark.parametrize(("said", "size"), SIZES.items())
def test_a_size_counts_only_as_plain_digits(said: str, size: int | None) -> None:
    raw = [(b"content-length", said.encode())]
    assert Body(Request({"type": "http", "headers": raw}), Pace()).stated_size == size
