"""Journal entries that are proven before anybody relies on them, each from the first replica that has it whole."""

from collections.abc import Callable, Iterator
from functools import partial

from ingest.domain.journal import JournalRecord, Subject, entry_key
from ingest.errors import DamageFound, EarkivError, TransientError
from ingest.formats.journal import (
    Entry,
    EntryDamaged,
    body_digest,
    decode_entry,
    encode_entry,
    header_digest,
    signed_bytes,
)
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore


def entries_backwards(subject: Subject, ports: Ports) -> Iterator[Entry]:
    """Give a chain's entries, the last one first: what the catalogue remembers of the last vouches for all before.

    Raises DamageFound where no replica has an entry whole, and the fault itself where a store did not answer.
    """
    head = ports.register.chain_head(subject)
    digest = head.digest
    for sequence in range(head.sequence, 0, -1):
        entry = _first(entry_key(subject, sequence), partial(_is_whole, digest, ports), ports)
        digest = entry.header.previous
        yield entry


def entry_bytes(record: JournalRecord, ports: Ports) -> tuple[str, bytes]:
    """Give the key and the exact bytes of an entry that the catalogue remembers; its body may lawfully be gone.

    Raises DamageFound where no replica has it as it was signed, and the fault itself where a store did not answer.
    """
    key = entry_key(record.header.subject, record.header.sequence)

    def is_as_signed(entry: Entry) -> bool:
        return header_digest(entry.header) == record.digest and (
            entry.body is None or body_digest(entry.salt, entry.body) == entry.header.body
        )

    entry = _first(key, is_as_signed, ports)
    return key, encode_entry(entry.header, entry.signature, entry.salt, entry.body)


def _first(key: str, is_good: Callable[[Entry], bool], ports: Ports) -> Entry:
    """Give the entry of the first replica that has it good, whichever others are silent or damaged."""
    silent: EarkivError | None = None
    for store in ports.replicas:
        try:
            entry = readable_entry(store, key)
        except TransientError as fault:
            silent = silent or fault
        else:
            if entry is not None and is_good(entry):
                return entry
    raise silent or _damaged(key, ports)


def readable_entry(store: ObjectStore, key: str) -> Entry | None:
    """Read an entry; None for one that is gone, unreadable or no entry at all. Raises TransientError."""
    try:
        with store.open(key) as stream:
            return decode_entry(stream.read())
    except TransientError:
        raise
    except (EarkivError, EntryDamaged):
        return None


def _is_whole(digest: str, ports: Ports, entry: Entry) -> bool:
    """Whether header, body and signature are the ones that were written."""
    header = entry.header
    return (
        header_digest(header) == digest
        and entry.body is not None
        and body_digest(entry.salt, entry.body) == header.body
        and ports.signer.verify(header.key, signed_bytes(header), entry.signature)
    )


def _damaged(key: str, ports: Ports) -> DamageFound:
    stores = ", ".join(store.name for store in ports.replicas)
    return DamageFound(
        f"Posten {key} är skadad eller borta ({stores}): den är inte den som skrevs under, och lämnas inte ut.",
        f"The entry {key} is damaged or gone ({stores}): it is not the one that was signed, and is not handed out.",
    )
