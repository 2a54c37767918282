"""Every public key that the archive ever signed with, from its own chain; a damaged entry is passed over."""

from collections.abc import Iterable, Iterator
from itertools import chain

from ingest.application.establish_archive import ARCHIVE
from ingest.application.inspect_storage import Inspector, Progress
from ingest.domain.journal import EntryType, entry_key
from ingest.formats.journal import EntryDamaged, decode_entry, key_id_of
from ingest.ports import ObjectStore

__all__ = ["ARCHIVE", "public_keys"]


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
        if entry and entry.header.type is EntryType.KEY_ADDED and isinstance(entry.body, dict):
            named, public = entry.body.get("key"), entry.body.get("public")
            if isinstance(public, str) and isinstance(named, str) and key_id_of(public) == named:
                yield named, public
