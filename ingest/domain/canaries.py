"""The canary: a small test delivery that the archive gives itself, to see that the whole way is open."""

from dataclasses import dataclass
from typing import Final

CANARY: Final = "earkiv-canary"
"""The delivery id of every canary. A test delivery's id may be used again at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryRun:
    """A canary that has come to its end in the test store: how long that took, and how long ago it was, in seconds."""

    delivery: str
    took_seconds: float
    age_seconds: float
