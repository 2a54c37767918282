"""How much one conversion may use: by the size of its source, and by what others of its delivery have wasted.

A small file is given little, a large one more: so a hostile document costs no more than its size may excuse, and large
genuine ones are still converted. What conversions waste is counted by delivery: many hostile files do not add up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from ingest.domain.conversions import Conversion

_MIB: Final = 1 << 20
_FREE_SECONDS: Final = 1.0
_QUICK_SECONDS: Final = 0.5
_SECONDS_PER_MIB: Final = 5.0
_MEMORY_PER_MIB: Final = 64 * _MIB
_BYTES_PER_MIB: Final = 256 * _MIB
_TRIES: Final = 1.5
_PURSE_PER_COPY: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The most that one conversion may use: processor seconds, bytes of memory, bytes written, of all its processes."""

    seconds: float
    memory: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceScale:
    """`least` is what a source of up to 1 MiB may use; each further MiB adds to it; none may use more than `most`."""

    least: Allowance
    most: Allowance

    def by_size(self, size: int) -> Allowance:
        """Give what a source of so many bytes may use, when nothing has been wasted yet."""
        further = _further_mib(size)
        return Allowance(
            seconds=min(self.least.seconds + further * _SECONDS_PER_MIB, self.most.seconds),
            memory=min(self.least.memory + int(further * _MEMORY_PER_MIB), self.most.memory),
            bytes=min(self.least.bytes + int(further * _BYTES_PER_MIB), self.most.bytes),
        )

    def purse(self, effort: "Effort") -> float:
        """Give the processor seconds that a delivery may still waste; none are left at 0 and below."""
        return _TRIES * (self.least.seconds - _FREE_SECONDS) + effort.wanted * _PURSE_PER_COPY - effort.wasted

    def allowance(self, size: int, left: float) -> Allowance | None:
        """Give what a source may use while so much is left in the purse; None when it is not to be tried.

        Beside what its size grants, each may take two thirds of what is left: a hostile file leaves some for the rest.
        """
        if left <= 0:
            return None
        whole = self.by_size(size)
        return replace(whole, seconds=min(whole.seconds, granted_seconds(size) + left / _TRIES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a delivery asks of tools: how many copies in all, and the processor seconds that were `wasted` so far."""

    wanted: int
    wasted: float = 0.0

    def after(self, conversions: Iterable[Conversion]) -> Self:
        """Add what these have wasted."""
        return replace(self, wasted=self.wasted + sum(conversion.wasted for conversion in conversions))


def granted_seconds(size: int) -> float:
    """Give the processor seconds that a source of so many bytes may use without any being wasted."""
    return _FREE_SECONDS + _further_mib(size) * _SECONDS_PER_MIB


def excess_seconds(seconds: float, size: int) -> float:
    """Give what a conversion that made a copy has wasted: what goes beyond its grant."""
    return max(0.0, seconds - granted_seconds(size))


def vain_seconds(seconds: float) -> float:
    """Give what a conversion that came to nothing has wasted: all, save where it was soon over."""
    return seconds if seconds > _QUICK_SECONDS else 0.0


def _further_mib(size: int) -> float:
    return max(0.0, size / _MIB - 1)
