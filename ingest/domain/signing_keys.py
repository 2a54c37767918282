"""The keys that the archive signs with: when each of them signed, and what is known of it since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyStatus(StrEnum):
    """What a key is good for: signing and judging, judging alone, or judging what was signed before it was known."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """What was reported of a key that others may have had: from when, why, and when that was reported."""

    since: datetime
    reason: str
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A public key that signed from `added_at` until its successor was added (None: it signs now).

    `public` is the raw 32 bytes in base64url without padding; `id` is made of their SHA-256. `introduced_by` is the key
    that signed the entry which added it: its predecessor, or itself where there was none, or that one was lost.
    """

    id: str
    public: str
    introduced_by: str
    added_at: datetime
    retired_at: datetime | None
    compromise: Compromise | None

    @property
    def status(self) -> KeyStatus:
        """Whether the key signs now, did so, or must not be relied on any more."""
        if self.compromise is not None:
            return KeyStatus.COMPROMISED
        return KeyStatus.ACTIVE if self.retired_at is None else KeyStatus.RETIRED

    def leaves_doubt(self, signed_at: datetime) -> bool:
        """Whether somebody else may have made a signature that states this time."""
        return self.compromise is not None and signed_at >= self.compromise.since
