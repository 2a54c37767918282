"""Every public key that the archive ever signed with, from its own chain in the journal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from ingest.application.establish_archive import ARCHIVE
from ingest.application.genuine_entries import entries_backwards, readable_entry
from ingest.application.inspect_storage import Inspector, Progress
from ingest.domain.journal import EntryType, entry_key
from ingest.domain.signing_keys import Compromise, SigningKey
from ingest.formats.journal import Entry, EntryDamaged, decode_entry, key_id_of
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore

__all__ = ["ARCHIVE", "public_keys", "signing_keys", "usable_keys"]


def public_keys(stores: Iterable[ObjectStore]) -> dict[str, str]:
    """Give the public keys (base64url) by id, oldest first; each is the one that its id is the digest of.

    Reads all stores, so that one copy with a damaged entry takes no signature's force away. Raises StoreUnavailable.
    """
    return dict(chain.from_iterable(map(_keys_in, stores)))


def _keys_in(store: ObjectStore) -> Iterator[tuple[str, str]]:
    inspector = Inspector(store, Progress(report=lambda _objects, _bytes: None))
    for key in inspector.keys(entry_key(ARCHIVE, 1).rpartition("/")[0] + "/"):
        content = inspector.content(key)
        try:
            entry = None if content is None else decode_entry(content)
        except EntryDamaged:
            continue
        added = None if entry is None else _added(entry)
        if added:
            yield added


def usable_keys(stores: Iterable[ObjectStore], last: int) -> tuple[str, ...]:
    """Give the ids of the keys that nobody reported as compromised, the one that signs now at the end.

    Heeds the entries up to number `last`, those that are known to be durable in every store. One that is damaged
    everywhere is passed over: that must stop no work. Raises StoreUnavailable.
    """
    held = tuple(stores)
    added, compromised = list[str](), set[str]()
    for sequence in range(1, last + 1):
        entry = next(filter(None, (readable_entry(store, entry_key(ARCHIVE, sequence)) for store in held)), None)
        if entry is None:
            continue
        if (key := _added(entry)) is not None:
            added.append(key[0])
        elif (report := _reported(entry)) is not None:
            compromised.add(report[0])
    return tuple(key for key in added if key not in compromised)


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """A signing key with the entry that added it, which anybody can check by the key that signed it."""

    key: SigningKey
    entry: Entry


def introduced_keys(ports: Ports) -> tuple[Introduced, ...]:
    """Give every key, oldest first, with its entry; all is proven by the chain that the catalogue remembers.

    Raises DamageFound where no replica has an entry whole, StoreUnavailable, CatalogueUnavailable.
    """
    found: dict[str, Introduced] = {}
    for entry in reversed(tuple(entries_backwards(ARCHIVE, ports))):
        if (added := _added(entry)) is not None:
            _retire(found, entry.header.at)
            found[added[0]] = Introduced(key=_key(*added, entry), entry=entry)
        elif (report := _reported(entry)) is not None and report[0] in found:
            named = found[report[0]]
            found[report[0]] = replace(named, key=_compromised(named.key, report[1]))
    return tuple(found.values())


def signing_keys(ports: Ports) -> tuple[SigningKey, ...]:
    """Give every key, oldest first. Raises what `introduced_keys` does."""
    return tuple(one.key for one in introduced_keys(ports))


def _retire(found: dict[str, Introduced], at: datetime) -> None:
    for key_id, one in found.items():
        if one.key.retired_at is None:
            found[key_id] = replace(one, key=replace(one.key, retired_at=at))


def _key(key_id: str, public: str, entry: Entry) -> SigningKey:
    return SigningKey(
        id=key_id,
        public=public,
        introduced_by=entry.header.key,
        added_at=entry.header.at,
        retired_at=None,
        compromise=None,
    )


def _compromised(key: SigningKey, report: Compromise) -> SigningKey:
    """Two reports of a key: the one that doubts more counts."""
    if key.compromise is not None and key.compromise.since <= report.since:
        return key
    return replace(key, compromise=report)


def _added(entry: Entry) -> tuple[str, str] | None:
    """Give id and public key where an entry adds one; the id must be the digest of the key."""
    if entry.header.type is not EntryType.KEY_ADDED or not isinstance(entry.body, dict):
        return None
    named, public = entry.body.get("key"), entry.body.get("public")
    if isinstance(public, str) and isinstance(named, str) and key_id_of(public) == named:
        return named, public
    return None


def _reported(entry: Entry) -> tuple[str, Compromise] | None:
    if entry.header.type is not EntryType.KEY_COMPROMISED or not isinstance(entry.body, dict):
        return None
    body: dict[str, Any] = entry.body
    since = datetime.fromisoformat(body["since"])
    return body["key"], Compromise(since=since, reason=body["reason"], reported_at=entry.header.at)
