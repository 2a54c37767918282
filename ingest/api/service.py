"""What the API serves: an open archive, who may call, and how much at a time."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Lock
from typing import Final, TypeVar

import anyio
import anyio.to_thread

from ingest.adapters.secrets import Secret
from ingest.api import texts
from ingest.api.pace import Pace
from ingest.api.problems import RETRY_SECONDS, Problem, ProblemType
from ingest.api.proofs import Proofs
from ingest.api.shares import Shares
from ingest.application.arriving import Arrivals
from ingest.application.desk_record import DeskRecord
from ingest.application.published_keys import PublishedKeys
from ingest.bootstrap import Archive
from ingest.bootstrap.traces import Traces
from ingest.domain.findings import Text
from ingest.network_ports import IdentityProvider

AnswerT = TypeVar("AnswerT")

MOST_ARRIVING: Final = 16
"""Deliveries that are being received at the same time."""
MOST_OF_ONE: Final = 10
"""Of those, one producer's: the others find a place however many it sends, and however slowly."""
MOST_FOLLOWING: Final = 200
"""Clients that follow deliveries at the same time."""
MOST_TOLD: Final = 4
"""Receipts that are read and told, or packages with theirs, at the same time."""
MOST_FOLLOWING_OF_ONE: Final = 120
"""Of those, one producer's."""
_MOST_LOOKS: Final = 4
_MOST_RECORDING: Final = 64


def _places() -> anyio.Semaphore:
    return anyio.Semaphore(MOST_ARRIVING)


def _threads() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(MOST_ARRIVING)


def _alone() -> anyio.Semaphore:
    return anyio.Semaphore(1)


def _tellers() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(MOST_TOLD)


def _recorders() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_MOST_RECORDING)


def _followers() -> anyio.Semaphore:
    return anyio.Semaphore(MOST_FOLLOWING)


def _looks() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_MOST_LOOKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How deliveries are followed: looked at every `look_seconds`, a sign of life every `heartbeat_seconds`.

    Whether its key opens it still is looked at every `proof_seconds`. After `longest_seconds` a client must come back,
    and show it again.
    """

    look_seconds: float = 1.0
    heartbeat_seconds: float = 15.0
    proof_seconds: float = 30.0
    longest_seconds: float = 3600.0
    places: anyio.Semaphore = field(default_factory=_followers)
    shares: Shares = field(default_factory=lambda: Shares(MOST_FOLLOWING_OF_ONE))
    threads: anyio.CapacityLimiter = field(default_factory=_looks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The archive as the API has it; `api_key` None lets nobody in, `is_ready` says whether work goes on.

    `record` holds what the archive's own people read and change over it.

    `identity_provider` vouches for clients that show a token of its instead of a key, None = there is none.

    `metrics_key` opens `/metrics` and nothing else. A delivery that nothing hinders and that has not moved for
    `stuck_seconds` is told as stuck there.

    Direct uploads are read by `proofs`; who waits for that is answered after `proof_seconds`, and asks again.

    A client that does not send at the `pace` has gone. One that finds no place in `patience_seconds` is sent away.
    Large cases are read one at a time, by whoever holds `reading`, and large receipts told by whoever holds `telling`;
    who waits for that holds no thread that all requests share. Once `stopping` is set nobody is held on to.
    """

    archive: Archive
    arrivals: Arrivals
    record: DeskRecord
    api_key: Secret | None
    is_ready: Callable[[], bool]
    metrics_key: Secret | None = None
    identity_provider: IdentityProvider | None = None
    traces: Traces = field(default_factory=lambda: Traces(None))
    stuck_seconds: float = 3600.0
    pace: Pace = field(default_factory=Pace)
    patience_seconds: float = 5.0
    tidy_seconds: float = 60.0
    places: anyio.Semaphore = field(default_factory=_places)
    shares: Shares = field(default_factory=lambda: Shares(MOST_OF_ONE))
    threads: anyio.CapacityLimiter = field(default_factory=_threads)
    reading: Lock = field(default_factory=Lock)
    telling: anyio.Semaphore = field(default_factory=_alone)
    tellers: anyio.CapacityLimiter = field(default_factory=_tellers)
    recorders: anyio.CapacityLimiter = field(default_factory=_recorders)
    following: Following = field(default_factory=Following)
    proofs: Proofs = field(default_factory=Proofs)
    proof_seconds: float = 20.0
    published: PublishedKeys = field(default_factory=PublishedKeys)
    stopping: Event = field(default_factory=Event)

    async def in_a_place(self, work: Callable[[], AnswerT], producer: str | None) -> AnswerT:
        """Do in a thread what takes a delivery in, for a producer (None for whoever is none).

        Raises Problem when no place for that comes free in time: 429 where the producer holds all it may, else 503.
        Nobody who waits for a place holds a thread, so that everything else is still answered.
        """
        share, too_many = self.shares.of(producer), busy(texts.BUSY_WITH_YOURS, HTTPStatus.TOO_MANY_REQUESTS)
        async with self._held(share, too_many), self._held(self.places, busy(texts.BUSY_DETAIL)):
            return await anyio.to_thread.run_sync(work, limiter=self.threads)

    async def alone(self, work: Callable[[], AnswerT]) -> AnswerT:
        """Do in a thread what reads a large receipt, one at a time. Raises Problem (503) as `in_a_place` does."""
        async with self._held(self.telling, busy(texts.TELLING_DETAIL)):
            return await anyio.to_thread.run_sync(work, limiter=self.tellers)

    @asynccontextmanager
    async def _held(self, places: anyio.Semaphore, otherwise: Problem) -> AsyncIterator[None]:
        try:
            with anyio.fail_after(self.patience_seconds):
                await places.acquire()
        except TimeoutError as error:
            raise otherwise from error
        try:
            yield
        finally:
            places.release()


def busy(detail: Text, status: HTTPStatus = HTTPStatus.SERVICE_UNAVAILABLE) -> Problem:
    """Say that no more is possible at a time."""
    return Problem(
        status=status,
        type=ProblemType.BUSY,
        title=texts.BUSY,
        detail=detail,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
