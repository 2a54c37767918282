"""Looks inside a file within bounds of processor time and memory: quick ones side by side, a thorough one alone.

A quick look has little of both, and is enough for nearly every file. What it cannot settle *wants more*: it is neither
damaged nor too large until a look that has the memory of all others to itself says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import process_time
from typing import Final

from ingest.adapters.bounds import OutOfTime, bounded_data, bounded_time, data_held, give_back
from ingest.adapters.pdfa import by_page, claims_profile, undecided
from ingest.adapters.probes import look_inside
from ingest.adapters.probes.reading import BEYOND_MEMORY, beyond
from ingest.domain.characteristics import NOTHING, Observed, SignatureVerdict, Trait
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.packages import FormatDesignation

_BYTES_PER_SECOND: Final = 60_000_000
_GRACE_SECONDS: Final = 0.5
_QUICK_SECONDS: Final = 1.0
_QUICK_GROWTH: Final = 64 << 20
"""Some 27 MiB of it are the libraries."""
_QUICK_PDFA_BYTES: Final = 2 << 20
_QUICK_PURSE: Final = 1.0
_PROCESS_BYTES: Final = 144 << 20
"""What a process holds before it looks, with the identifier and all libraries, rounded up."""
_THOROUGH_SECONDS: Final = 2.5
_SHORT_SECONDS: Final = 0.5
_PURSE_SECONDS: Final = 6.0
TOO_LONG: Final = beyond("more time than a check may take")
WANTS_MORE: Final = beyond("more than a quick look may take")
ENDED: Final = beyond("the check ended its process")
LEFT_OUT: Final = beyond("other files used up the time for such checks")
_UNSETTLED: Final = frozenset({Trait.DAMAGED, Trait.TOO_LARGE_TO_CHECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What looking inside a file gave, and whether it is what its format claims to be.

    `wasted` are the processor seconds of a look that came to nothing, beside those that the file's size grants it.
    """

    inside: Observed = NOTHING
    conformances: tuple[Conformance, ...] = ()
    wasted: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Thorough:
    """What a thorough look may use: processor seconds beside what a file's size grants it, and bytes of memory."""

    seconds: float
    growth: int


Look = Callable[[Path, Path | None, FormatDesignation], Seen]
"""Looks inside a file that was identified; the second path is what it, a detached signature, is about."""


class QuickLooks:
    """Quick looks of one share, in a process that held `held` bytes of data before its first look.

    When they have wasted `_QUICK_PURSE` seconds, the rest want more.
    """

    def __init__(self, held: int) -> None:
        self._left = _QUICK_PURSE
        self._most = held + _QUICK_GROWTH

    def __call__(self, path: Path, signed: Path | None, designation: FormatDesignation) -> Seen:
        """Look, or say that a look wants more. Raises StoreUnavailable."""
        claimed = claims_profile(designation)
        if self._left <= 0 or (claimed and path.stat().st_size > _QUICK_PDFA_BYTES):
            return Seen(inside=WANTS_MORE)
        with bounded_data(self._most):
            seen = _within_time(path, signed, designation, _QUICK_SECONDS)
        self._left -= seen.wasted
        if not _is_unsettled(seen):
            return seen
        give_back()
        return Seen(inside=WANTS_MORE)


def look_thoroughly(path: Path, signed: Path | None, designation: FormatDesignation, bounds: Thorough) -> Seen:
    """Look within bounds, for a while longer into a larger file. Raises StoreUnavailable.

    Native code that does not come back in time ends this process.
    """
    with bounded_data(_held_before_any_look() + bounds.growth):
        return _within_time(path, signed, designation, bounds.seconds)


def look_for_marks(path: Path, held: int, seconds: float) -> Observed:
    """Look inside once and quickly, for a file that is not kept by itself: what takes more is too large to check.

    `held` are the bytes of data that this process has before. Raises StoreUnavailable.
    """
    try:
        with bounded_data(held + _QUICK_GROWTH), bounded_time(seconds, _GRACE_SECONDS):
            return look_inside(path, None)
    except OutOfTime:
        return TOO_LONG
    except MemoryError:
        return BEYOND_MEMORY


@cache
def _held_before_any_look() -> int:
    return data_held()


def growth_within(memory_bytes: int) -> int:
    """Give how much a thorough look may add to a process that may hold so much in all."""
    return memory_bytes - _PROCESS_BYTES


class Purse:
    """Processor seconds that thorough looks of one batch may waste: many hostile files must not add up."""

    def __init__(self) -> None:
        self._left = _PURSE_SECONDS

    def allowance(self) -> float:
        """Give the seconds for the next look, and what its file's size grants besides; 0 when no more is to be spent.

        They become fewer when half of the purse has gone.
        """
        if self._left <= 0:
            return 0
        return _THOROUGH_SECONDS if self._left > _PURSE_SECONDS / 2 else _SHORT_SECONDS

    def spend(self, seconds: float) -> None:
        """Take away what a look has wasted."""
        self._left -= seconds


def ended(designation: FormatDesignation, bounds: Thorough) -> Seen:
    """Give what is known of a file whose look ended its process, which may have taken all its time."""
    return replace(unlooked(designation, ENDED), wasted=bounds.seconds + _GRACE_SECONDS)


def unlooked(designation: FormatDesignation, inside: Observed) -> Seen:
    """Give what is known of a file that could not be looked into, for the reason that `inside` states."""
    reasons = [characteristic.detail for characteristic in inside.characteristics]
    return Seen(inside=inside, conformances=undecided(designation, "; ".join(reasons)))


def _within_time(path: Path, signed: Path | None, designation: FormatDesignation, seconds: float) -> Seen:
    granted = (path.stat().st_size + (signed.stat().st_size if signed else 0)) / _BYTES_PER_SECOND
    begun, least = process_time(), 0.0
    try:
        with bounded_time(seconds + granted, _GRACE_SECONDS):
            seen = Seen(inside=look_inside(path, signed), conformances=by_page(path, designation))
    except OutOfTime:
        # The system's clocks differ by a tick: who used up all time has wasted all of it.
        seen, least = unlooked(designation, TOO_LONG), seconds
    except MemoryError:
        seen = unlooked(designation, BEYOND_MEMORY)
    return replace(seen, wasted=max(least, process_time() - begun - granted)) if _is_unsettled(seen) else seen


def _is_unsettled(seen: Seen) -> bool:
    """Tell an answer that little time or memory may have given: libraries call damaged what they cannot hold."""
    return (
        any(each.trait in _UNSETTLED for each in seen.inside.characteristics)
        or any(signature.verdict is SignatureVerdict.UNDECIDED for signature in seen.inside.signatures)
        or any(conformance.verdict is Conformity.UNDECIDED for conformance in seen.conformances)
    )
