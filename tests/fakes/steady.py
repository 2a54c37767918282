"""A clock that stands still and ids that count: two runs of the same work then write the same bytes."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


class SteadyClock:
    """Always noon, or always so many hours later."""

    def __init__(self, hours: int = 0) -> None:
        """Stand still."""
        self._now = NOON + timedelta(hours=hours)

    def now(self) -> datetime:
        """Give the one time."""
        return self._now

    def seconds(self) -> float:
        """Nothing takes any time."""
        return 0.0


class CountingIds:
    """The first id, the second id, and so on; one that is taken already is passed over."""

    def __init__(self, is_taken: Callable[[str], bool], before: int = 0) -> None:
        """Start behind so many that others may have given."""
        self._is_taken = is_taken
        self._made = before
        self._told = before

    def new(self) -> str:
        """Give the next free id."""
        self._made += 1
        made = str(uuid.uuid5(uuid.NAMESPACE_OID, f"id {self._made}"))
        return self.new() if self._is_taken(made) else made

    def secret(self) -> str:
        """Give the next salt."""
        self._told += 1
        return f"{self._told:064x}"
