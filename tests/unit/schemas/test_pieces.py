"""Answers in pieces let go of what they hold open."""

from collections.abc import Generator
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from starlette.requests import ClientDisconnect

from schemas.pieces import Given


class _Held:
    is_open = True

    def pieces(self) -> Generator[bytes, None, None]:
        try:
            while True:
                yield b"x"
        finally:
            self.is_open = False


def test_what_is_held_open_is_closed_when_the_reader_goes_away() -> None:
    held, sent = _Held(), 0
    kept = held.pieces()  # so that no collector of garbage closes it

    async def receive() -> dict[str, str]:
        await anyio.sleep(0.05)
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        nonlocal sent
        sent += 1
        await anyio.lowlevel.checkpoint()

    scope = {"type": "http", "asgi": {"spec_version": "2.3"}}
    anyio.run(Given(kept, {}), scope, receive, send)
    assert sent > 1
    assert not held.is_open


def test_it_is_closed_when_nothing_can_be_sent_any_more() -> None:
    held = _Held()
    kept = held.pieces()

    async def receive() -> dict[str, str]:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise OSError

    async def asked() -> None:
        with pytest.raises(ClientDisconnect):
            await Given(kept, {})({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send)

    anyio.run(asked)
    assert not held.is_open
