"""Read the journal of one store, every chain from its first entry, and judge each entry by itself and in its chain."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ingest.application.inspect_storage import Inspector
from ingest.application.journal_keys import ARCHIVE, public_keys
from ingest.domain.damages import DamageKind
from ingest.domain.journal import Subject, SubjectKind, entry_key
from ingest.formats.journal import Entry, EntryDamaged, body_digest, decode_entry, header_digest, signed_bytes
from ingest.pipeline.step import Ports

JOURNAL = "journal/"
DAYS = f"{JOURNAL}{SubjectKind.DESK}/"
"""Where the days of the desk's record are, in their order."""
Verify = Callable[[str, bytes, str], bool]
"""Says whether a signature by a key holds: key id, message, signature."""
_ENTRY_NAME = re.compile(r"([0-9]{8,})\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """An entry as it lies in a store whose header is genuine: in its own place, with a signature that holds.

    `sound` also promises the body: it is the one that was signed for. `signed` is False where the key is in no journal,
    so that nobody can tell whether the signature holds.
    """

    key: str
    entry: Entry
    digest: str
    sound: bool
    signed: bool


class Signatures:
    """Tells genuine signatures, and remembers the keys that it was asked for and does not know."""

    def __init__(self, verify: Verify, known: Collection[str]) -> None:
        self._verify = verify
        self._known = known
        self.unknown: set[str] = set()

    def knows(self, key_id: str) -> bool:
        """Say whether signatures by that key can be judged."""
        if key_id not in self._known:
            self.unknown.add(key_id)
        return key_id in self._known

    def hold(self, key_id: str, message: bytes, signature: str) -> bool:
        """Say whether a signature holds, as far as anybody can tell: True for an unknown key."""
        return not self.knows(key_id) or self._verify(key_id, message, signature)


def signatures(ports: Ports) -> Signatures:
    """Know the keys that the journal of any replica holds."""
    return Signatures(ports.signer.verify, public_keys(ports.replicas))


def chain_folder(subject: Subject) -> str:
    """Give the folder that holds a subject's entries, ending in `/`."""
    return entry_key(subject, 1).rpartition("/")[0] + "/"


def chains(inspector: Inspector) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List every chain: its folder, and the keys in it in order."""
    for folder, keys in groupby(inspector.keys(JOURNAL), lambda key: key.rpartition("/")[0] + "/"):
        yield folder, tuple(keys)


@dataclass(slots=True)
class DayLinks:
    """What the chain of the next day of the desk's record builds on, as the days of one store are read in order.

    `last` is the digest of the last entry of the day before, "" before the first, None where that one is damaged.
    """

    last: str | None = ""


def read_chain(
    inspector: Inspector, folder: str, keys: Iterable[str], judged: Signatures, days: DayLinks | None = None
) -> Iterator[ReadEntry]:
    """Read a chain's entries in order; what is not as it must be is a damage, and the reading goes on.

    A day of the desk's record follows on the day before it that is there; `days` leads from the one to the other.
    """
    numbered = dict(_numbered(inspector, folder, keys))
    expected = 1
    is_day = days is not None and folder.startswith(DAYS) and bool(numbered)
    known = days.last if days is not None and is_day else ""  # of the entry before; None while that one is damaged
    for number in sorted(numbered):
        if number != expected:
            inspector.missing(f"{folder}{expected:08d}.json")
            known = None
        read = _read(inspector, numbered[number], judged)
        if read and known is not None and read.entry.header.previous != known:
            (_unlinked if is_day and number == 1 else _broken)(inspector, read.key)
        expected, known = number + 1, read.digest if read else None
        if read:
            yield read
    if days is not None and is_day:
        days.last = known


def _numbered(inspector: Inspector, folder: str, keys: Iterable[str]) -> Iterator[tuple[int, str]]:
    for key in keys:
        name = _ENTRY_NAME.fullmatch(key.removeprefix(folder))
        if name:
            yield int(name[1]), key
        else:
            inspector.unlisted(key)


def _read(inspector: Inspector, key: str, judged: Signatures) -> ReadEntry | None:
    content = inspector.content(key)
    if content is None:
        return None
    try:
        entry = decode_entry(content)
    except EntryDamaged:
        inspector.altered(key)
        return None
    header = entry.header
    if entry_key(header.subject, header.sequence) != key:
        _misplaced(inspector, key, entry_key(header.subject, header.sequence))
        return None
    if not judged.hold(header.key, signed_bytes(header), entry.signature):
        _unsigned(inspector, key, header.key)
        return None
    sound = entry.body is not None and body_digest(entry.salt, entry.body) == header.body
    if not sound:
        inspector.altered(key)
    signed = judged.knows(header.key)
    return ReadEntry(key=key, entry=entry, digest=header_digest(header), sound=sound, signed=signed)


def name_unknown_keys(inspector: Inspector, judged: Signatures) -> None:
    """Add one damage for each key whose signatures could not be judged, at the chain that should hold it."""
    key = chain_folder(ARCHIVE)
    for unknown in sorted(judged.unknown):
        sv = f"Nyckeln {unknown} finns inte i {key} i {inspector.store}: underskrifter med den kan inte prövas."
        en = f"The key {unknown} is not in {key} in {inspector.store}: signatures by it cannot be judged."
        act = ("Återställ mappen från en annan kopia.", "Restore the folder from another copy.")
        inspector.found(DamageKind.INVALID_SIGNATURE, key, f"{sv} {act[0]}", f"{en} {act[1]}")


def _broken(inspector: Inspector, key: str) -> None:
    sv = f"Kedjan är bruten vid {key} i {inspector.store}: posten bygger inte på den som ligger före den."
    en = f"The chain is broken at {key} in {inspector.store}: the entry does not build on the one before it."
    restore = ("Återställ kedjans mapp från en annan kopia.", "Restore the chain's folder from another copy.")
    inspector.found(DamageKind.BROKEN_CHAIN, key, f"{sv} {restore[0]}", f"{en} {restore[1]}")


def _unlinked(inspector: Inspector, key: str) -> None:
    sv = f"{key} i {inspector.store} bygger inte på den dag som ligger före: en dag är borta, eller slutet av den."
    en = f"{key} in {inspector.store} does not build on the day that lies before it: a day is gone, or its end."
    restore = (f"Återställ {DAYS} från en annan kopia.", f"Restore {DAYS} from another copy.")
    inspector.found(DamageKind.BROKEN_CHAIN, key, f"{sv} {restore[0]}", f"{en} {restore[1]}")


def _misplaced(inspector: Inspector, key: str, place: str) -> None:
    sv = f"{key} i {inspector.store} är en annan post, som hör hemma under {place}."
    en = f"{key} in {inspector.store} is another entry, which belongs under {place}."
    restore = ("Återställ båda från en annan kopia.", "Restore both from another copy.")
    inspector.found(DamageKind.BROKEN_CHAIN, key, f"{sv} {restore[0]}", f"{en} {restore[1]}")


def _unsigned(inspector: Inspector, key: str, signer: str) -> None:
    sv = f"Underskriften på {key} i {inspector.store} gäller inte (nyckel {signer})."
    en = f"The signature of {key} in {inspector.store} does not hold (key {signer})."
    restore = ("Återställ posten från en annan kopia.", "Restore the entry from another copy.")
    inspector.found(DamageKind.INVALID_SIGNATURE, key, f"{sv} {restore[0]}", f"{en} {restore[1]}")
