"""What the records of one ZIP entry say of it, held against each other: they must tell the same."""

from typing import Final

from ingest.formats.containers.inflation import STORED
from ingest.formats.containers.members import AMBIGUOUS, STRAY_BYTES, UNSUPPORTED, ContainerDamaged
from ingest.formats.containers.ranges import Window
from ingest.formats.containers.spans import follow
from ingest.formats.containers.zip_extras import UNICODE_PATH
from ingest.formats.containers.zip_kinds import ENCRYPTED
from ingest.formats.containers.zip_names import EntryName, is_text, name_of
from ingest.formats.containers.zip_records import MAX_16, CentralHeader, LocalHeader, descriptor_in

STREAMED: Final = 0x8
_COMPARED: Final = MAX_16 & ~0x6  # Bits 1 and 2 tell how hard the writer tried.
_LONGEST_DESCRIPTOR: Final = 24


def prove_agreement(central: CentralHeader, local: LocalHeader) -> None:
    """Hold the local header against the central directory. Raises ContainerDamaged."""
    if central.comment and not is_text(central.comment):
        raise ContainerDamaged.whole(STRAY_BYTES, "the comment of an entry is no text")
    if central.disk not in {0, MAX_16}:
        raise ContainerDamaged.whole(UNSUPPORTED, "one volume of several")
    if (central.flags ^ local.flags) & _COMPARED:
        raise _contradiction("flags", local.flags, central.flags)
    if central.name != local.name:
        raise _contradiction("name", local.name, central.name)
    if central.method != local.method:
        raise _contradiction("method", local.method, central.method)
    if central.method == STORED and central.packed != central.size and not central.flags & ENCRYPTED:
        raise ContainerDamaged.whole(AMBIGUOUS, "stored as it is, and yet of two sizes")
    _prove_same_sizes(central, local)


def _prove_same_sizes(central: CentralHeader, local: LocalHeader) -> None:
    """A streaming writer knows CRC and sizes only afterwards, and writes zeros before."""
    for what, here, there in (
        ("CRC-32", local.crc, central.crc),
        ("packed size", local.packed, central.packed),
        ("size", local.size, central.size),
    ):
        if here != there and not (here == 0 and local.flags & STREAMED):
            raise _contradiction(what, here, there)


def _contradiction(what: str, local: object, central: object) -> ContainerDamaged:
    detail = f"{what}: the local header says {local!r}, the central directory {central!r}"
    return ContainerDamaged.whole(AMBIGUOUS, detail)


def agreed_name(central: CentralHeader, local: LocalHeader) -> EntryName:
    """Read the name; a Unicode path that only one of the headers has must say what the name itself says."""
    if UNICODE_PATH not in central.extra and UNICODE_PATH not in local.extra:
        return name_of(central.name, central.flags, None)
    one, other = (name_of(central.name, central.flags, header.extra.get(UNICODE_PATH)) for header in (central, local))
    if one.text != other.text:
        raise ContainerDamaged.whole(AMBIGUOUS, "the Unicode path of one header is not that of the other")
    return one


def prove_descriptor(window: Window, central: CentralHeader, ended: int, following: int) -> None:
    """Hold what lies before the next record, nothing or a data descriptor, against the central directory."""
    length = following - ended
    if length <= 0 or not central.flags & STREAMED:
        follow(ended, following, following)
    if not central.flags & STREAMED:
        return
    if length > _LONGEST_DESCRIPTOR:
        raise ContainerDamaged.whole(STRAY_BYTES, f"{length} bytes where a data descriptor should be")
    found = descriptor_in(window.read(ended, length)) if length > 0 else None
    if found is None:
        raise ContainerDamaged.whole(AMBIGUOUS, "a data descriptor is announced and missing")
    if (found.crc, found.packed, found.size) != (central.crc, central.packed, central.size):
        raise ContainerDamaged.whole(AMBIGUOUS, "the data descriptor contradicts the central directory")
