"""What a ZIP entry is, by its name, its attributes and how it is packed (APPNOTE 6.3.10, 4.4)."""

import stat
from typing import Final

from ingest.formats.containers.inflation import DEFLATED, STORED
from ingest.formats.containers.members import AMBIGUOUS, ContainerDamaged, EntryKind
from ingest.formats.containers.zip_records import CentralHeader

ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_PATCH: Final = 0x20
_AES: Final = 99
_NEWEST: Final = 63
"""The version of APPNOTE that is read, 6.3; what needs a later one is not known here."""
_DOS_FOLDER: Final = 0x10
_PRIVILEGED: Final = stat.S_ISUID | stat.S_ISGID
_ORDINARY: Final = frozenset({0, stat.S_IFREG, stat.S_IFDIR})


def kind_of_entry(central: CentralHeader) -> EntryKind:
    """Say what an entry is. Raises ContainerDamaged for one that is a file by one sign and a folder by another."""
    form = stat.S_IFMT(central.mode)
    if form == stat.S_IFLNK:
        return EntryKind.LINK
    if form not in _ORDINARY:
        return EntryKind.SPECIAL
    if central.flags & ENCRYPTED or central.method == _AES:
        return EntryKind.ENCRYPTED
    if central.needed > _NEWEST or central.flags & _PATCH or central.method not in {STORED, DEFLATED}:
        return EntryKind.UNSUPPORTED
    if central.name.endswith(b"/"):
        if central.size or form == stat.S_IFREG:
            raise _two_readings()
        return EntryKind.FOLDER
    if form == stat.S_IFDIR or central.attributes & _DOS_FOLDER:
        raise _two_readings()
    return EntryKind.PRIVILEGED if form and central.mode & _PRIVILEGED else EntryKind.FILE


def _two_readings() -> ContainerDamaged:
    return ContainerDamaged.whole(AMBIGUOUS, "a file by one sign and a folder by another")
