"""The index is asked only while it has come as far as the public store says: one put back from a copy shows nothing.

It would show what has been withdrawn since. What the store says is read at the first question, once a minute, and
whenever the index is found further back than before; the index is looked at once a second at most. An index of another
layout, or with words stemmed by other rules, is not asked at all.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Final

from access.database import IndexUnavailable, Query
from access.store import ObjectMissing, PublicStore, StoreUnavailable
from schemas.public_standing import MADE_AS, MADE_AS_TOLD, STANDING, STANDING_KEY, Standing, read_standing

INDEX_SECONDS: Final = 1.0
STORE_SECONDS: Final = 60.0


class StandingQuery:
    """Asks the index through `query`, by `clock` (seconds that are never set back); see Query."""

    def __init__(self, query: Query, store: PublicStore, clock: Callable[[], float]) -> None:
        self._query = query
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._proven: float | None = None
        self._read: float | None = None
        self._seen: Standing | None = None

    def __call__(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Give the rows of one statement. Raises IndexUnavailable, StoreUnavailable."""
        self._prove()
        return self._query(statement, parameters)

    def _prove(self) -> None:
        with self._lock:
            now = self._clock()
            if self._proven is not None and now - self._proven < INDEX_SECONDS:
                return
            self._proven = None
            standing = self._standing()
            is_behind = self._seen is None or standing.lacks_some_of(self._seen)
            if is_behind or self._read is None or now - self._read >= STORE_SECONDS:
                self._require_layout()
                standing = self._held_against_store(standing, is_behind=is_behind)
                self._read = now
            self._seen, self._proven = standing, now

    def _require_layout(self) -> None:
        told = {str(name): str(value) for name, value in self._query(MADE_AS_TOLD, {})}
        if told != MADE_AS:
            raise IndexUnavailable(
                f"The index is made as {told}, and this reading room asks one made as {dict(MADE_AS)}."
            )

    def _held_against_store(self, standing: Standing, *, is_behind: bool) -> Standing:
        try:
            told = self._told()
        except StoreUnavailable:
            if is_behind:
                raise
            return standing  # It has not gone back since it was proven.
        # Read after what the store says: a withdrawal that came between is in both then.
        again = self._standing()
        if told is not None and again.lacks_some_of(told):
            self._seen = None
            raise IndexUnavailable(
                f"The index is older than the public store: it stands at {again.position} of {again.index}, the store "
                f"says {told.position} of {told.index}. The archive mends it when it opens the room next."
            )
        return again

    def _standing(self) -> Standing:
        rows = self._query(STANDING, {})
        if not rows:
            raise IndexUnavailable("The index has no name: it is not whole.")
        ((name, position),) = rows
        return Standing(index=name, position=position)

    def _told(self) -> Standing | None:
        try:
            return read_standing(self._store.read(STANDING_KEY))
        except ObjectMissing:
            return None
        except ValueError as error:
            raise IndexUnavailable(f"{STANDING_KEY} in the public store cannot be read: {error}") from error
