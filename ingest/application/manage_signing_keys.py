"""Let another key sign from now on, and report one that others may have had (DESIGN §5).

Both are one entry of the archive's own chain. Killed at any moment, what is called again with the same arguments ends
alike; what is called twice is done once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ingest.application.journal_keys import ARCHIVE, public_keys, signing_keys, usable_keys
from ingest.domain.journal import EntryType
from ingest.domain.signing_keys import KeyStatus, SigningKey
from ingest.errors import ConfigurationError, SlotTaken, StoreUnavailable, UnknownSubject
from ingest.formats.wire import Json
from ingest.pipeline.evidence import append, catch_up, slot_signed_by
from ingest.pipeline.step import Ports

_ATTEMPTS: Final = 5
"""Two that write the archive's own chain at the same instant: one of them looks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that is to sign: its id and public half, and the key that introduces it (itself where there is no other).

    Its private half must be held by every process that signs.
    """

    id: str
    public: str
    introduced_by: str


def add_signing_key(new: NewKey, ports: Ports) -> None:
    """Let a key sign from now on; one that does so already is no error.

    Running processes follow by themselves. Raises ConfigurationError for a key that has signed before and no longer
    does, or whose introducer's private half is not held; StoreUnavailable, CatalogueUnavailable.
    """
    body: Json = {"key": new.id, "public": new.public}
    for _ in range(_ATTEMPTS):
        catch_up(ports, ARCHIVE)
        usable = usable_keys(ports.replicas, ports.catalogue.chain_head(ARCHIVE).sequence)
        if usable and usable[-1] == new.id:
            return
        if new.id in public_keys(ports.replicas):
            raise _used_before(new.id)
        if _appended(new.introduced_by, EntryType.KEY_ADDED, body, ports):
            return
    raise _contended()


def report_compromise(key_id: str, since: datetime, reason: str, ports: Ports) -> SigningKey:
    """Let it be known that others may have had a key since then; the same report again is no error.

    Raises UnknownSubject for a key that is none of the archive's, ConfigurationError for the one that signs now, or
    without a reason; StoreUnavailable, CatalogueUnavailable.
    """
    if not reason.strip():
        raise ConfigurationError("Ange ett skäl med --reason.", "Give a reason by --reason.")
    body: Json = {"key": key_id, "since": since.astimezone(UTC).isoformat(), "reason": reason.strip()}
    for _ in range(_ATTEMPTS):
        catch_up(ports, ARCHIVE)
        key = _known(key_id, ports)
        if key.compromise is not None and key.compromise.since <= since:
            return key
        if _appended(ports.signer.key_id, EntryType.KEY_COMPROMISED, body, ports):
            return _known(key_id, ports)
    raise _contended()


def _known(key_id: str, ports: Ports) -> SigningKey:
    key = next((key for key in signing_keys(ports) if key.id == key_id), None)
    if key is None:
        raise UnknownSubject(
            f"{key_id} är ingen av arkivets signeringsnycklar; `earkiv signing-key list` visar dem.",
            f"{key_id} is none of the archive's signing keys; `earkiv signing-key list` shows them.",
        )
    if key.status is KeyStatus.ACTIVE:
        raise ConfigurationError(
            f"Nyckeln {key_id} är den som signerar nu. Byt först till en ny med `earkiv signing-key rotate`.",
            f"The key {key_id} is the one that signs now. First change to a new one by `earkiv signing-key rotate`.",
        )
    return key


def _appended(signer: str, kind: EntryType, body: Json, ports: Ports) -> bool:
    """Write an entry of the archive's own chain; False where another took the place first."""
    slot = slot_signed_by(signer, ports, ARCHIVE, ports.clock.now())
    try:
        append(ports, slot, kind, body)
    except SlotTaken:
        return False
    return True


def _used_before(key_id: str) -> ConfigurationError:
    return ConfigurationError(
        f"Nyckeln {key_id} har signerat förut och har bytts ut; gör en ny med `earkiv signing-key create`.",
        f"The key {key_id} has signed before and was replaced; make a new one by `earkiv signing-key create`.",
    )


def _contended() -> StoreUnavailable:
    return StoreUnavailable(
        "Andra ändrade arkivets nycklar hela tiden; försök igen.",
        "Others kept changing the archive's keys; try again.",
    )
