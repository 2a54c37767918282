"""Ways to break a container that the simulator packed, one named fault each."""

import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from samples.simulator.containers import zip_entry

_LINK_MODE = 0o120777 << 16
_GENERAL_FLAGS_LOCAL, _GENERAL_FLAGS_CENTRAL = 6, 8
_ENCRYPTED = 0x0001


def break_truncated(container: Path) -> None:
    """Cut off the last third, as an interrupted transfer does."""
    content = container.read_bytes()
    container.write_bytes(content[: len(content) * 2 // 3])


def break_zero_bytes(container: Path) -> None:
    """Leave a file of no bytes."""
    container.write_bytes(b"")


def break_empty_zip(container: Path) -> None:
    """Leave a ZIP without entries."""
    with zipfile.ZipFile(container, "w"):
        pass


def break_dotdot_zip(container: Path) -> None:
    """Add an entry whose name climbs out of the folder it is unpacked in."""
    _add(container, zip_entry("../../utanfor.txt"), b"utanfor\n")


def break_absolute_zip(container: Path) -> None:
    """Add an entry whose name is an absolute path."""
    _add(container, zip_entry("/tmp/utanfor.txt"), b"utanfor\n")  # noqa: S108 -- the fault itself


def break_drive_letter_zip(container: Path) -> None:
    """Add an entry whose name begins with a drive letter and holds backslashes."""
    _add(container, zip_entry("C:\\Temp\\utanfor.txt"), b"utanfor\n")


def break_link_zip(container: Path) -> None:
    """Add a symbolic link that points out of the folder."""
    entry = zip_entry("lank.txt")
    entry.external_attr = _LINK_MODE
    _add(container, entry, b"../../../etc/hostname")


def break_duplicate_entry(container: Path) -> None:
    """Add the first entry's name once more, with other content."""
    with zipfile.ZipFile(container) as archive:
        first = archive.namelist()[0]
    with warnings.catch_warnings():
        # The library warns of exactly the fault that is wanted.
        warnings.simplefilter("ignore", UserWarning)
        _add(container, zip_entry(first), b"en annan fil med samma namn\n")


def break_case_collision(container: Path) -> None:
    """Add the first entry's name in capitals, which is the same file on some systems."""
    with zipfile.ZipFile(container) as archive:
        first = archive.namelist()[0]
    _add(container, zip_entry(first.upper()), b"samma namn i versaler\n")


def break_bomb(container: Path, *, mebibytes: int = 64) -> None:
    """Add an entry of zeros that is about a thousand times bigger than its place in the container."""
    entry = zip_entry("nollor.bin")
    entry.compress_type = zipfile.ZIP_DEFLATED
    _add(container, entry, bytes(mebibytes * 2**20))


def break_encrypted_zip(container: Path) -> None:
    """Mark the first entry as encrypted, in both of its headers."""
    with zipfile.ZipFile(container) as archive:
        local, central = archive.infolist()[0].header_offset, archive.start_dir
    content = bytearray(container.read_bytes())
    for at in (local + _GENERAL_FLAGS_LOCAL, central + _GENERAL_FLAGS_CENTRAL):
        (flags,) = struct.unpack_from("<H", content, at)
        struct.pack_into("<H", content, at, flags | _ENCRYPTED)
    container.write_bytes(content)


def break_wrong_crc(container: Path) -> None:
    """Change one bit in the first entry's stored content, so that the ZIP's own checksum no longer holds."""
    with zipfile.ZipFile(container) as archive:
        entry = archive.infolist()[0]
    content = bytearray(container.read_bytes())
    name_length, extra_length = struct.unpack_from("<HH", content, entry.header_offset + 26)
    content[entry.header_offset + 30 + name_length + extra_length] ^= 1
    container.write_bytes(content)


def _add(container: Path, entry: zipfile.ZipInfo, content: bytes) -> None:
    with zipfile.ZipFile(container, "a") as archive:
        archive.writestr(entry, content)


BREAKS: Mapping[str, Callable[[Path], None]] = {
    "truncated": break_truncated,
    "zero_bytes": break_zero_bytes,
    "empty_zip": break_empty_zip,
    "dotdot_zip": break_dotdot_zip,
    "absolute_zip": break_absolute_zip,
    "drive_letter_zip": break_drive_letter_zip,
    "link_zip": break_link_zip,
    "duplicate_entry": break_duplicate_entry,
    "case_collision": break_case_collision,
    "bomb": break_bomb,
    "encrypted_zip": break_encrypted_zip,
    "wrong_crc": break_wrong_crc,
}
"""All of them by name; they expect a ZIP, `truncated` and `zero_bytes` take any container."""
