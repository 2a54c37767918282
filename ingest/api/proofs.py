"""Direct uploads being read to their end: longer than a request may last, and by few at a time."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Final

from ingest.application.direct_uploads import Completion, NotAsStated

AT_A_TIME: Final = 4
"""Uploads that one process reads at the same time."""
MOST_OF_ONE: Final = 2
"""Of those, one producer's."""
_MOST_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is to be proven: whose upload it is, which, and what its SHA-256 is said to be."""

    sender: str | None
    upload_id: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlace:
    """Nothing more is read right now: the producer's share is used up, or all places are."""

    is_own: bool


class Proofs:
    """Reads under way, and refusals that nobody has been told yet; a repeated question joins the read under way."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="proof")
        self._under_way: dict[Claim, Future[Completion]] = {}
        self._untold: OrderedDict[Claim, NotAsStated] = OrderedDict()
        self._lock = Lock()

    def of(self, claim: Claim, work: Callable[[], Completion]) -> "Future[Completion] | NoPlace":
        """Give the read of that claim: a refusal that nobody was told, the one under way, or a new one, if it may."""
        with self._lock:
            if (refusal := self._untold.pop(claim, None)) is not None:
                known: Future[Completion] = Future()
                known.set_result(refusal)
                return known
            if claim in self._under_way:
                return self._under_way[claim]
            own = sum(one.sender == claim.sender for one in self._under_way)
            if own >= MOST_OF_ONE or len(self._under_way) >= AT_A_TIME:
                return NoPlace(is_own=own >= MOST_OF_ONE)
            self._under_way[claim] = self._threads.submit(self._read, claim, work)
            return self._under_way[claim]

    def told(self, claim: Claim) -> None:
        """Forget a refusal that was told."""
        with self._lock:
            self._untold.pop(claim, None)

    def _read(self, claim: Claim, work: Callable[[], Completion]) -> Completion:
        """Carry it out. Its place is free before anybody hears of how it ended."""
        try:
            completion = work()
        except BaseException:
            self._end(claim)
            raise
        self._end(claim, completion)
        return completion

    def _end(self, claim: Claim, completion: Completion | None = None) -> None:
        with self._lock:
            del self._under_way[claim]
            # The upload is gone then, and nothing else could say why.
            if isinstance(completion, NotAsStated):
                self._untold[claim] = completion
                if len(self._untold) > _MOST_KEPT:
                    self._untold.popitem(last=False)
