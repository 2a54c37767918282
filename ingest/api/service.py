"""What the API serves: an open archive, who may call, and how much at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Final

from ingest.adapters.secrets import Secret
from ingest.api import texts
from ingest.api.problems import RETRY_SECONDS, Problem, ProblemType
from ingest.bootstrap import Archive

MOST_ARRIVING: Final = 16
"""Deliveries that are being received at the same time."""
_PATIENCE_SECONDS: Final = 5.0


def _arrivals() -> BoundedSemaphore:
    return BoundedSemaphore(MOST_ARRIVING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The archive as the API has it; `api_key` None lets nobody in, `is_ready` says whether work goes on.

    A client that sends nothing for `idle_seconds` has gone.
    """

    archive: Archive
    api_key: Secret | None
    is_ready: Callable[[], bool]
    idle_seconds: float = 60.0
    arrivals: BoundedSemaphore = field(default_factory=_arrivals)

    @contextmanager
    def room(self) -> Iterator[None]:
        """Hold one of the places for what arrives. Raises Problem (503) when none comes free."""
        if not self.arrivals.acquire(timeout=_PATIENCE_SECONDS):
            raise Problem(
                status=HTTPStatus.SERVICE_UNAVAILABLE,
                type=ProblemType.BUSY,
                title=texts.BUSY,
                detail=texts.BUSY_DETAIL,
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        try:
            yield
        finally:
            self.arrivals.release()
