"""Writes ZIP files whose every field can lie: what no library writes."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

Fields = Mapping[str, int | bytes]
NONE: Final[Fields] = {}
MAX_32: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `local` and `central` override single fields of its headers, `after` stands behind its bytes.

    Fields: mark, made, version, flags, method, time, date, crc, packed, size, name, extra, comment, disk, mode,
    attributes, offset.
    """

    name: bytes
    content: bytes = b""
    method: int = 0
    flags: int = 0
    packed: bytes | None = None
    both: Fields = field(default_factory=dict)
    local: Fields = field(default_factory=dict)
    central: Fields = field(default_factory=dict)
    after: bytes = b""

    @property
    def body(self) -> bytes:
        """The bytes as packed."""
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == 8 else self.content

    def fields(self, overriding: Fields) -> dict[str, int | bytes]:
        """All fields of one header."""
        honest: dict[str, int | bytes] = {
            "made": 20,
            "version": 20,
            "flags": self.flags,
            "method": self.method,
            "time": 0x4000,
            "date": 0x5C62,
            "crc": zlib.crc32(self.content),
            "packed": len(self.body),
            "size": len(self.content),
            "name": self.name,
            "extra": b"",
            "comment": b"",
            "disk": 0,
            "mode": 0,
            "attributes": 0,
        }
        return {**honest, **self.both, **overriding}


def deflated(content: bytes) -> bytes:
    """Deflate without a header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def local_header(entry: Entry) -> bytes:
    """The header before the bytes."""
    f = entry.fields(entry.local)
    name, extra = _bytes(f, "name"), _bytes(f, "extra")
    numbers = (f[key] for key in ("version", "flags", "method", "time", "date", "crc", "packed", "size"))
    lengths = (len(name), f.get("extra_length", len(extra)))
    return struct.pack("<IHHHHHIIIHH", f.get("mark", 0x04034B50), *numbers, *lengths) + name + extra


def central_header(entry: Entry, offset: int) -> bytes:
    """The entry of the central directory."""
    f = entry.fields(entry.central)
    name, extra, comment = _bytes(f, "name"), _bytes(f, "extra"), _bytes(f, "comment")
    numbers = (f[key] for key in ("made", "version", "flags", "method", "time", "date", "crc", "packed", "size"))
    attributes = int(f["mode"]) << 16 | int(f["attributes"])
    return (
        struct.pack(
            "<IHHHHHHIIIHHHHHII",
            f.get("mark", 0x02014B50),
            *numbers,
            len(name),
            len(extra),
            len(comment),
            f["disk"],
            0,
            attributes,
            f.get("offset", offset),
        )
        + name
        + extra
        + comment
    )


def end_record(entries: int, size: int, start: int, overriding: Fields = NONE) -> bytes:
    """The end of the file."""
    f: dict[str, int | bytes] = {
        "disk": 0,
        "start_disk": 0,
        "here": entries,
        "entries": entries,
        "size": size,
        "start": start,
        "comment": b"",
        **overriding,
    }
    comment = _bytes(f, "comment")
    keys = ("disk", "start_disk", "here", "entries", "size", "start")
    length = f.get("comment_length", len(comment))
    return struct.pack("<IHHHHIIH", 0x06054B50, *(f[key] for key in keys), length) + comment


def wide_end(entries: int, size: int, start: int, at: int, overriding: Fields = NONE) -> bytes:
    """The ZIP64 end record and its locator, `at` being where they begin."""
    f: dict[str, int | bytes] = {
        "length": 44,
        "disk": 0,
        "start_disk": 0,
        "here": entries,
        "entries": entries,
        "size": size,
        "start": start,
        "at": at,
        "disks": 1,
        "locator_disk": 0,
        **overriding,
    }
    keys = ("disk", "start_disk", "here", "entries", "size", "start")
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, f["length"], 45, 45, *(f[key] for key in keys))
    return record + struct.pack("<IIQI", 0x07064B50, f["locator_disk"], f["at"], f["disks"])


def wide(*values: int) -> bytes:
    """A ZIP64 extra field."""
    return struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values)


def unicode_path(name: bytes, text: str, crc: int | None = None, version: int = 1) -> bytes:
    """An extra field that tells the name once more, in UTF-8."""
    body = struct.pack("<BI", version, zlib.crc32(name) if crc is None else crc) + text.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


def descriptor(entry: Entry, *, form: str = "<IIII", mark: int | None = 0x08074B50) -> bytes:
    """What a streaming writer adds after the bytes."""
    values = (zlib.crc32(entry.content), len(entry.body), len(entry.content))
    return struct.pack(form, *(() if mark is None else (mark,)), *values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What may stand around and between the records, and the fields of the end record that lie."""

    before: bytes = b""
    between: bytes = b""
    before_end: bytes = b""
    after: bytes = b""
    end: Fields = field(default_factory=dict)
    wide: Fields | None = None
    shift: int = 0
    order: tuple[int, ...] | None = None


PLAIN: Final = Layout()


def zip_of(entries: Iterable[Entry], layout: Layout = PLAIN) -> bytes:
    """Write a file; offsets are right unless a field says otherwise, and `shift` is added to all of them."""
    listed = list(entries)
    content, offsets = bytearray(layout.before), []
    for entry in listed:
        offsets.append(len(content) + layout.shift)
        content += local_header(entry) + entry.body + entry.after
    content += layout.between
    start = len(content) + layout.shift
    order = range(len(listed)) if layout.order is None else layout.order
    directory = b"".join(central_header(listed[n], offsets[n]) for n in order)
    content += directory + layout.before_end
    if layout.wide is not None:
        content += wide_end(len(listed), len(directory), start, len(content) + layout.shift, layout.wide)
    content += end_record(len(listed), len(directory), start, layout.end)
    return bytes(content + layout.after)


def zipped(files: Mapping[bytes, bytes]) -> bytes:
    """Write files as plain entries; names that need it are flagged as UTF-8."""
    return zip_of(plain(name, body) for name, body in files.items())


def plain(name: bytes, body: bytes) -> Entry:
    """An honest entry."""
    return Entry(name=name, content=body, flags=0 if name.isascii() else 0x800)


def _bytes(fields: Mapping[str, int | bytes], key: str) -> bytes:
    value = fields[key]
    assert isinstance(value, bytes)
    return value
