"""Follow a delivery as it goes: server-sent events (WHATWG HTML, section 9.2) until it is final.

A follower costs a connection and a look at the catalogue every second, not a thread. What has happened stands in the
catalogue, so that any process can go on where another left off.
"""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import anyio
import anyio.to_thread
from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ingest.api import texts
from ingest.api.problems import Problem
from ingest.api.service import Service, busy
from ingest.application.told_deliveries import delivery_document, events_document
from ingest.domain.keys import Caller
from ingest.errors import EarkivError, logged_of

logger = logging.getLogger(__name__)

MEDIA_TYPE: Final = "text/event-stream"
_PAGE: Final = 1000
_AGAIN: Final = "retry: 5000\n\n"
"""A client that lost its connection comes back after so many milliseconds."""
_HEARTBEAT: Final = ":\n\n"


def asks_to_follow(accept: str) -> bool:
    """Say whether a client asks for server-sent events."""
    return any(accepted.partition(";")[0].strip().lower() == MEDIA_TYPE for accepted in accept.split(","))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who follows, and whether what they showed opens it still."""

    caller: Caller
    is_let_in: Callable[[], bool]


async def follow(delivery_id: str, after: int, listener: Listener, service: Service) -> Response:
    """Give the stream of what happens after event number `after`; 204 when all is told, so that no client comes back.

    Raises Problem when as many follow as may (429: of that producer's, 503: of all), EarkivError.
    """
    bounds, caller = service.following, listener.caller
    with ExitStack() as held:
        _hold(bounds.shares.of(caller.producer), busy(texts.MANY_OF_YOURS_FOLLOW, HTTPStatus.TOO_MANY_REQUESTS), held)
        _hold(bounds.places, busy(texts.MANY_FOLLOW_DETAIL), held)
        follower = _Follower(delivery_id, after, listener, service)
        first = await follower.look()
        if follower.is_over and after and not follower.told:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        return _Stream(follower.news(first), held.pop_all())


def _hold(places: anyio.Semaphore, otherwise: Problem, held: ExitStack) -> None:
    try:
        places.acquire_nowait()
    except anyio.WouldBlock as error:
        raise otherwise from error
    held.callback(places.release)


class _Stream(StreamingResponse):
    """A stream that gives its place back, however it ends."""

    def __init__(self, news: AsyncIterator[str], held: ExitStack) -> None:
        super().__init__(news, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            await super().__call__(scope, receive, send)


class _Follower:
    """What one client has been told of one delivery."""

    def __init__(self, delivery_id: str, after: int, listener: Listener, service: Service) -> None:
        self._delivery_id = delivery_id
        self._after = after
        self._listener = listener
        self._service = service
        self._version = 0
        self.told = 0
        self.is_over = False

    async def news(self, first: str) -> AsyncIterator[str]:
        """Give what is new, and signs of life, until the delivery is final, the server stops, or an hour is over.

        Once the key opens it no more that is seen within `proof_seconds`, and nothing is told from then on.
        """
        yield _AGAIN + first
        bounds, quiet, length, proven = self._service.following, 0.0, 0.0, 0.0
        while not (self.is_over or self._service.stopping.is_set() or length >= bounds.longest_seconds):
            await anyio.sleep(bounds.look_seconds)
            length += bounds.look_seconds
            quiet += bounds.look_seconds
            if length - proven >= bounds.proof_seconds:
                if not await self._is_let_in():
                    return
                proven = length
            new = await self._look_again()
            if new or quiet >= bounds.heartbeat_seconds:
                quiet = 0.0
                yield new or _HEARTBEAT

    async def _is_let_in(self) -> bool:
        """Ask again; who cannot be asked about is let in until the next time."""
        try:
            return await anyio.to_thread.run_sync(self._listener.is_let_in, limiter=self._service.following.threads)
        except EarkivError as fault:
            logger.warning(
                "whether a key is valid cannot be told right now",
                extra={"delivery": self._delivery_id, **logged_of(fault)},
            )
            return True

    async def _look_again(self) -> str:
        try:
            return await self.look()
        except EarkivError as fault:
            logger.warning(
                "a delivery cannot be followed right now", extra={"delivery": self._delivery_id, **logged_of(fault)}
            )
            return ""

    async def look(self) -> str:
        """Give what is new. Raises EarkivError."""
        return await anyio.to_thread.run_sync(self._news, limiter=self._service.following.threads)

    def _news(self) -> str:
        ports = self._service.archive.ports
        delivery = ports.catalogue.delivery(self._delivery_id)
        if delivery.version == self._version:
            return ""
        told: list[str] = []
        after = self._after
        while page := events_document(delivery.id, after, _PAGE, ports)["events"]:
            told += [_message(event, f"id: {event['number']}\n") for event in page]
            after = page[-1]["number"]
        status = _message(delivery_document(delivery, self._listener.caller, ports), "event: status\n")
        self._version, self._after = delivery.version, after
        self.told += len(told)
        self.is_over = delivery.is_final
        return "".join((*told, status))


def _message(document: dict[str, Any], fields: str) -> str:
    return f"{fields}data: {json.dumps(document, ensure_ascii=False)}\n\n"
