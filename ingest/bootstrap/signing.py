"""Which key signs: what the journal says, followed while the process runs, and the folder that holds private keys."""

from collections.abc import Iterable

from ingest.adapters.home import Home
from ingest.adapters.signing import FollowingSigner, JournalKeys, create_key, key_ids, public_key
from ingest.application.journal_keys import ARCHIVE, public_keys, usable_keys
from ingest.application.manage_signing_keys import NewKey, add_signing_key
from ingest.domain.journal import ChainHead
from ingest.errors import ConfigurationError
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue, ObjectStore


class KeyWatch:
    """Reads the archive's keys from the journal, anew only when the catalogue knows of a further entry on them."""

    def __init__(self, catalogue: Catalogue, stores: Iterable[ObjectStore]) -> None:
        self._catalogue = catalogue
        self._stores = tuple(stores)
        self._seen: tuple[ChainHead, JournalKeys] | None = None

    def __call__(self) -> JournalKeys:
        """Give what the journal says now; the same value as long as nothing has changed."""
        head, seen = self._catalogue.chain_head(ARCHIVE), self._seen
        if seen is not None and seen[0] == head:
            return seen[1]
        keys = JournalKeys(public=public_keys(self._stores), usable=usable_keys(self._stores, head.sequence))
        self._seen = (head, keys)
        return keys


def signer_of(home: Home, catalogue: Catalogue, stores: Iterable[ObjectStore]) -> FollowingSigner:
    """Give what signs with the keys of a home, and judges signatures by those of the journal."""
    return FollowingSigner(home.keys, KeyWatch(catalogue, stores))


def first_key(home: Home, ports: Ports) -> None:
    """Let the archive's first key sign, where its journal has none yet: one that lies there unused, or a new one."""
    if not public_keys(ports.replicas):
        _introduce(unused_key(home, ports) or create_key(home.keys), home, ports)


def renewed_key(home: Home, ports: Ports) -> None:
    """Let an archive whose key is not held sign with one that lies there unused, or a new one.

    Introduced by the newest key that is still held, so that whoever trusts that one can trust the next.
    """
    usable, held = _usable(ports), key_ids(home.keys)
    if not usable or usable[-1] not in held:
        _introduce(unused_key(home, ports) or create_key(home.keys), home, ports)


def unused_key(home: Home, ports: Ports) -> str | None:
    """Give a key of the folder that the journal does not know, None when there is none."""
    known = public_keys(ports.replicas)
    return next((key for key in key_ids(home.keys) if key not in known), None)


def rotate_key(key_id: str, home: Home, ports: Ports) -> None:
    """Let a key of the folder sign from now on, introduced by the one that signs now.

    Raises ConfigurationError where either is not held, or the new one has signed before.
    """
    add_signing_key(NewKey(id=key_id, public=public_key(home.keys, key_id), introduced_by=ports.signer.key_id), ports)


def replace_lost_key(key_id: str, home: Home, ports: Ports) -> None:
    """Let a key of the folder sign from now on where the one that signs now is lost for good. Raises as above."""
    usable = _usable(ports)
    if usable and usable[-1] in key_ids(home.keys):
        raise ConfigurationError(
            f"Nyckeln {usable[-1]} finns i {home.keys}: byt den utan --current-is-lost.",
            f"The key {usable[-1]} lies in {home.keys}: rotate it without --current-is-lost.",
        )
    _introduce(key_id, home, ports)


def _introduce(key_id: str, home: Home, ports: Ports) -> None:
    held = key_ids(home.keys)
    introducer = next((key for key in reversed(_usable(ports)) if key in held), key_id)
    add_signing_key(NewKey(id=key_id, public=public_key(home.keys, key_id), introduced_by=introducer), ports)


def _usable(ports: Ports) -> tuple[str, ...]:
    return usable_keys(ports.replicas, ports.catalogue.chain_head(ARCHIVE).sequence)
