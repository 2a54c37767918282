"""Give keys to producers' systems and to the archive's own people (DESIGN §7, §8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from ingest.domain.keys import Action, ApiKey, Role
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
class ProducersKey:
    """What a producer's key is to be: whose, under which agreements (the default first), for what."""

    producer: str
    agreements: Sequence[str]
    actions: Collection[Action] = tuple(Action)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffKey:
    """What the key of somebody at the archive is to be: in which role, and who it is."""

    role: Role
    holder: str


Wanted = ProducersKey | StaffKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A client, and the identity provider that vouches for it."""

    issuer: str
    client: str


def hash_of(secret: str) -> str:
    """Give what is kept of a key."""
    return sha256(secret.encode()).hexdigest()


def hash_of_client(issuer: str, client: str) -> str:
    """Give by what a client is found that an identity provider vouches for."""
    return sha256(f"{issuer}\n{client}".encode()).hexdigest()


def admit_client(wanted: Wanted, vouched: Vouched, note: str, catalogue: Catalogue, ids: Ids, now: datetime) -> ApiKey:
    """Let a client in that an identity provider vouches for. Raises ConfigurationError, also where it is in already."""
    known_by = hash_of_client(vouched.issuer, vouched.client)
    if catalogue.key_of(known_by) is not None:
        raise ConfigurationError(
            f"Klienten {vouched.client} är redan insläppt; spärra den först.",
            f"The client {vouched.client} has been let in already; revoke it first.",
        )
    blank = replace(_blank(known_by, note, ids, now), client=vouched.client)
    key = _for_producer(blank, wanted, catalogue) if isinstance(wanted, ProducersKey) else _for_staff(blank, wanted)
    catalogue.add_key(key)
    return key


def issue_key(wanted: Wanted, note: str, catalogue: Catalogue, ids: Ids, now: datetime) -> Issued:
    """Make a key, with a note for people. Raises ConfigurationError where it would be nobody's, or open nothing."""
    secret = _PREFIX + ids.secret()
    blank = _blank(hash_of(secret), note, ids, now)
    key = _for_producer(blank, wanted, catalogue) if isinstance(wanted, ProducersKey) else _for_staff(blank, wanted)
    catalogue.add_key(key)
    return Issued(secret=secret, key=key)


def _blank(known_by: str, note: str, ids: Ids, now: datetime) -> ApiKey:
    return ApiKey(id=ids.new(), sha256=known_by, producer="", agreements=(), actions=(), note=note, created_at=now)


def _for_producer(blank: ApiKey, wanted: ProducersKey, catalogue: Catalogue) -> ApiKey:
    unknown = [one for one in wanted.agreements if not catalogue.agreement_versions(one)]
    if unknown or not wanted.agreements or not wanted.producer.strip():
        named = ", ".join(unknown) or "-"
        raise ConfigurationError(
            f"En nyckel behöver en producent och registrerade överenskommelser; okända är: {named}.",
            f"A key needs a producer and registered agreements; unknown are: {named}.",
        )
    return replace(
        blank,
        producer=wanted.producer.strip(),
        agreements=tuple(wanted.agreements),
        actions=tuple(sorted(wanted.actions)),
    )


def _for_staff(blank: ApiKey, wanted: StaffKey) -> ApiKey:
    # The name is written into packages, where not every character can stand.
    if wanted.role is Role.PRODUCER or not wanted.holder.strip() or not wanted.holder.isprintable():
        raise ConfigurationError(
            "En nyckel för arkivets egna behöver ett namn på den som håller den; en producents nyckel har producenten.",
            "A key for the archive's own people needs the name of who holds it; a producer's key has the producer.",
        )
    return replace(blank, role=wanted.role, holder=wanted.holder.strip())
