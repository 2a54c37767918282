"""Append to the journal in two halves: decide the place in the chain, then write it, as often as need be."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.journal import EntryType, Header, JournalRecord, Subject, entry_key
from ingest.errors import ObjectExists, SlotTaken
from ingest.formats.journal import EntryDamaged, body_digest, decode_entry, encode_entry, header_digest, signed_bytes
from ingest.formats.wire import Json
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A decided place in a chain, with all that makes the entry's bytes certain."""

    subject: Subject
    sequence: int
    previous: str
    at: datetime
    salt: str
    key: str


def next_slot(ports: Ports, subject: Subject, at: datetime) -> Slot:
    """Reserve, in a decision, the place after the chain's last entry, to be signed by the key that signs now."""
    return slot_signed_by(ports.signer.key_id, ports, subject, at)


def slot_signed_by(key_id: str, ports: Ports, subject: Subject, at: datetime) -> Slot:
    """Reserve the place after the chain's last entry for one that a certain key signs."""
    head = ports.register.chain_head(subject)
    return Slot(
        subject=subject,
        sequence=head.sequence + 1,
        previous=head.digest,
        at=at,
        salt=ports.ids.secret(),
        key=key_id,
    )


def append(ports: Ports, slot: Slot, kind: EntryType, body: Json) -> None:
    """Write the entry on every replica and record it; the same slot and body give the same bytes.

    Raises SlotTaken where another wrote an entry of its own into this place first.
    """
    header = Header(
        subject=slot.subject,
        sequence=slot.sequence,
        previous=slot.previous,
        type=kind,
        at=slot.at,
        body=body_digest(slot.salt, body),
        key=slot.key,
    )
    signature = ports.signer.sign(slot.key, signed_bytes(header))
    content = encode_entry(header, signature, slot.salt, body)
    for store in ports.replicas:
        _put(store, slot, content)
    ports.register.add_journal_record(JournalRecord(header=header, digest=header_digest(header)))


def append_next(ports: Ports, subject: Subject, at: datetime, kind: EntryType, body: Json) -> None:
    """Write the entry after a chain's last, in its turn where others write the same chain. Raises EarkivError.

    For chains that are written outside a delivery's committed decisions.
    """
    while True:
        catch_up(ports, subject)
        before = ports.register.chain_head(subject)
        try:
            append(ports, next_slot(ports, subject, at), kind, body)
        except ObjectExists:
            catch_up(ports, subject)
            if ports.register.chain_head(subject) == before:
                raise
        else:
            return


def _put(store: ObjectStore, slot: Slot, content: bytes) -> None:
    key = entry_key(slot.subject, slot.sequence)
    try:
        store.put(key, (content,))
    except ObjectExists as fault:
        if _is_anothers(store, key, slot):
            raise SlotTaken(fault.sv, fault.en) from fault
        raise


def _is_anothers(store: ObjectStore, key: str, slot: Slot) -> bool:
    """Whether an entry is there that is not ours, written otherwise: no two have the same salt.

    The first place of a chain is never another's: nobody but its maker knows the chain before.
    """
    try:
        with store.open(key) as stream:
            return slot.sequence > 1 and decode_entry(stream.read()).salt != slot.salt
    except EntryDamaged:
        return False


def catch_up(ports: Ports, subject: Subject) -> None:
    """Record entries that were written but not recorded, because the writer was killed in between.

    For chains that are written outside a delivery's committed decisions (the archive itself, agreements).
    """
    while True:
        key = entry_key(subject, ports.register.chain_head(subject).sequence + 1)
        held = [store for store in ports.replicas if store.stat(key) is not None]
        if not held:
            return
        with held[0].open(key) as stream:
            content = stream.read()
        for store in ports.replicas:
            store.put(key, (content,))
        header = decode_entry(content).header
        ports.register.add_journal_record(JournalRecord(header=header, digest=header_digest(header)))
