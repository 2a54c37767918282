"""The archive's public keys as the world sees them: a JWK Set (RFC 7517, RFC 8037), the same on every machine.

Each key has the members that any JWK library reads, and ours beside them: when it signed, what it is good for now, and
the journal entry that introduced it. That entry is signed by the key before, so that whoever has one key of the archive
can check all that came later without trusting the network.
"""

import hashlib
import json
from dataclasses import dataclass
from threading import Lock
from typing import Any

from ingest.application.journal_keys import ARCHIVE, Introduced, introduced_keys
from ingest.domain.journal import ChainHead
from ingest.domain.signing_keys import Compromise, SigningKey
from ingest.formats.journal import Entry
from ingest.formats.wire import to_json
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySet:
    """The published document's exact bytes, and their SHA-256."""

    content: bytes
    sha256: str


class PublishedKeys:
    """Gives the key set, read from the journal anew only when the catalogue knows of a further entry on keys."""

    def __init__(self) -> None:
        self._seen: tuple[ChainHead, KeySet] | None = None
        self._lock = Lock()

    def key_set(self, ports: Ports) -> KeySet:
        """Give the key set as it is now. Raises DamageFound, StoreUnavailable, CatalogueUnavailable."""
        head, seen = ports.catalogue.chain_head(ARCHIVE), self._seen
        if seen is not None and seen[0] == head:
            return seen[1]
        with self._lock:
            content = json.dumps(key_set_document(ports), ensure_ascii=False, indent=1).encode()
            published = KeySet(content=content, sha256=hashlib.sha256(content).hexdigest())
            self._seen = (head, published)
        return published


def key_set_document(ports: Ports) -> dict[str, Any]:
    """Give the key set: every key that ever signed, oldest first. Raises as `PublishedKeys.key_set`."""
    return {"keys": [_key(one) for one in introduced_keys(ports)]}


def _key(one: Introduced) -> dict[str, Any]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "Ed25519",
        "use": "sig",
        "kid": one.key.id,
        "x": one.key.public,
        **key_times(one.key),
        "introduction": _introduction(one.entry),
    }


def key_times(key: SigningKey) -> dict[str, Any]:
    """Give what is known of a key beside the key itself."""
    return {
        "status": key.status.value,
        "from": key.added_at.isoformat(),
        "until": key.retired_at.isoformat() if key.retired_at else None,
        "compromised": _compromise(key.compromise) if key.compromise else None,
        "introducedBy": key.introduced_by,
    }


def _compromise(compromise: Compromise) -> dict[str, str]:
    return {"since": compromise.since.isoformat(), "reported": compromise.reported_at.isoformat()}


def _introduction(entry: Entry) -> dict[str, Any]:
    return {"header": to_json(entry.header), "signature": entry.signature, "salt": entry.salt, "body": entry.body}
