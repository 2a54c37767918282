"""Keys of producers' systems: no storage holds them, so that `rebuild` carries them over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import decoded, encoded, storable
from ingest.adapters.sql.tables import api_keys, requests
from ingest.domain.keys import ApiKey
from ingest.errors import UnknownSubject

_CLAIMED = select(requests.c.content).where(
    requests.c.sender == bindparam("sender"), requests.c.name == bindparam("name")
)
_SHOWN_USE: Final = timedelta(hours=1)
_BY_HASH = select(api_keys.c.body).where(api_keys.c.sha256 == bindparam("hash"))
# Locked: a use that is noted while the key is being revoked must not bring back what it read.
_BY_ID = select(api_keys.c.body).where(api_keys.c.id == bindparam("named")).with_for_update()
_ALL = select(api_keys.c.body)
_CHANGE = update(api_keys).where(api_keys.c.id == bindparam("named"))


class SqlApiKeys:
    """The keys and what is known of their use, and the names of requests that were made with them."""

    _database: Database

    def add_key(self, key: ApiKey) -> None:
        """Record a key; the same again is no error."""
        row = {"id": key.id, "sha256": key.sha256, "body": encoded(key)}
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(api_keys), row)

    def api_keys(self) -> tuple[ApiKey, ...]:
        """List every key, revoked ones too, oldest first."""
        with self._database.reading() as connection:
            found = [decoded(body, ApiKey) for body in connection.scalars(_ALL)]
        return tuple(sorted(found, key=lambda key: (key.created_at, key.id)))

    def key_of(self, sha256: str) -> ApiKey | None:
        """Give the key with that hash, None when there is none."""
        with self._database.reading() as connection:
            body = connection.scalar(_BY_HASH, {"hash": sha256})
        return None if body is None else decoded(body, ApiKey)

    def revoke_key(self, key_id: str, at: datetime) -> None:
        """Let a key open nothing from now on; one revoked before keeps its time. Raises UnknownSubject.

        A client of that name may be let in again afterwards.
        """
        self._change(key_id, lambda key: key if key.revoked_at else _revoked(key, at))

    def note_use(self, key_id: str, at: datetime) -> None:
        """Remember that a key was used, exact to the hour. Raises UnknownSubject."""
        self._change(key_id, lambda key: replace(key, last_used=at) if _is_news(key, at) else key)

    def claim_request(self, sender: str, name: str, content: str, at: datetime) -> bool:
        """Let a sender's name for a request stand for this content; False when it stands for other content."""
        named = {"sender": storable(sender), "name": storable(name)}
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(requests), {**named, "content": content, "at": at})
            claimed: str = connection.execute(_CLAIMED, named).scalar_one()
        return claimed == content

    def _change(self, key_id: str, changed: Callable[[ApiKey], ApiKey]) -> None:
        with self._database.writing() as connection:
            body = connection.scalar(_BY_ID, {"named": key_id})
            if body is None:
                raise UnknownSubject(
                    f"Det finns ingen nyckel med identiteten {key_id}.", f"There is no key with the id {key_id}."
                )
            before = decoded(body, ApiKey)
            after = changed(before)
            if after != before:
                connection.execute(_CHANGE, {"named": key_id, "sha256": after.sha256, "body": encoded(after)})


def _revoked(key: ApiKey, at: datetime) -> ApiKey:
    known_by = f"revoked {key.id}" if key.client else key.sha256
    return replace(key, revoked_at=at, sha256=known_by)


def _is_news(key: ApiKey, at: datetime) -> bool:
    return key.last_used is None or at - key.last_used >= _SHOWN_USE
