"""Damage: where stored bytes, or what is said of them, are not what they must be. A value, never an exception."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.domain.findings import Text


class DamageKind(StrEnum):
    """What is wrong; `root inventory behind` and `unregistered` are put right by the archive itself.

    A `doubtful signature` is no damage to any byte: it holds, but others may have had the key that made it.
    """

    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNLISTED = "unlisted"
    CONTRADICTION = "contradiction"
    BROKEN_CHAIN = "broken chain"
    INVALID_SIGNATURE = "invalid signature"
    DOUBTFUL_SIGNATURE = "doubtful signature"
    INVALID_RECEIPT = "invalid receipt"
    ROOT_BEHIND = "root inventory behind"
    UNREGISTERED = "unregistered"
    UNACKNOWLEDGED = "unacknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One damage: the store and the key it was found at, and a text that says what to do."""

    kind: DamageKind
    store: str
    key: str
    text: Text


def damage(kind: DamageKind, store: str, key: str, sv: str, en: str) -> Damage:
    """Make a damage of its texts, in Swedish and English."""
    return Damage(kind=kind, store=store, key=key, text=Text(sv=sv, en=en))
