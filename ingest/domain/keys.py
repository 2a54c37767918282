"""Keys that systems show to the API: whose they are, what they open. Of the key itself only a hash is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What a key lets its holder do."""

    DELIVER = "deliver"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A producer's key: `sha256` (hexadecimal) of the key, the agreements it may deliver under, the default first.

    Every key has 256 random bits, so that its hash needs no salt and no slowness. `last_used` is exact to the hour.
    """

    id: str
    sha256: str
    producer: str
    agreements: tuple[str, ...]
    actions: tuple[Action, ...]
    note: str
    created_at: datetime
    revoked_at: datetime | None = None
    last_used: datetime | None = None

    def permits(self, action: Action) -> bool:
        """Whether the key is in force and opens that."""
        return self.revoked_at is None and action in self.actions
