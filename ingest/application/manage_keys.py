"""Give keys to producers' systems, and take them back (DESIGN §7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from ingest.domain.keys import Action, ApiKey
from ingest.errors import ConfigurationError
from ingest.ports import Catalogue, Ids

_PREFIX: Final = "earkiv_"
"""By it a key is known for what it is, wherever it turns up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A new key: `secret` is what its holder shows, and is kept nowhere."""

    secret: str
    key: ApiKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a new key is to be: whose, under which agreements (the default first), for what, and a note for people."""

    producer: str
    agreements: Sequence[str]
    actions: Collection[Action] = tuple(Action)
    note: str = ""


def hash_of(secret: str) -> str:
    """Give what is kept of a key."""
    return sha256(secret.encode()).hexdigest()


def issue_key(wanted: Wanted, catalogue: Catalogue, ids: Ids, now: datetime) -> Issued:
    """Make a key. Raises ConfigurationError for an agreement that is not registered, or none, or no producer."""
    unknown = [one for one in wanted.agreements if catalogue.agreement(one) is None]
    if unknown or not wanted.agreements or not wanted.producer.strip():
        named = ", ".join(unknown) or "-"
        raise ConfigurationError(
            f"En nyckel behöver en producent och registrerade överenskommelser; okända är: {named}.",
            f"A key needs a producer and registered agreements; unknown are: {named}.",
        )
    secret = _PREFIX + ids.secret()
    key = ApiKey(
        id=ids.new(),
        sha256=hash_of(secret),
        producer=wanted.producer.strip(),
        agreements=tuple(wanted.agreements),
        actions=tuple(sorted(wanted.actions)),
        note=wanted.note,
        created_at=now,
    )
    catalogue.add_key(key)
    return Issued(secret=secret, key=key)
