"""How much a producer may have under way: from the first byte until it is decided, or let go."""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What a producer may have under way at most: so many deliveries, so many bytes; None is without bound."""

    producer: str
    deliveries: int | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """What a producer has under way."""

    deliveries: int
    bytes: int


class Fit(Enum):
    """Whether more fits into a quota: now, later, or never."""

    NOW = auto()
    LATER = auto()
    NEVER = auto()


def claimed(quota: Quota | None, stated: int | None) -> int:
    """Give the bytes that a request counts for; one that does not state its size may be as large as the quota is."""
    if stated is not None:
        return stated
    return 0 if quota is None or quota.bytes is None else quota.bytes


def fit(quota: Quota | None, under_way: UnderWay, more: UnderWay) -> Fit:
    """Say whether so much more fits beside what is under way."""
    if quota is None:
        return Fit.NOW
    bounds = ((quota.deliveries, under_way.deliveries, more.deliveries), (quota.bytes, under_way.bytes, more.bytes))
    if any(most is not None and new > most for most, _, new in bounds):
        return Fit.NEVER
    if any(most is not None and new > 0 and now + new > most for most, now, new in bounds):
        return Fit.LATER
    return Fit.NOW
