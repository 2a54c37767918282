"""Writes TAR files block by block, so that every field can lie."""

from collections.abc import Mapping
from typing import Final

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)


def header(name: bytes, size: int, kind: bytes = b"0", **fields: bytes) -> bytes:
    """A header block; `fields` override whole fields: mode, user, number (the size), link, magic, prefix, sum."""
    block = bytearray(BLOCK)
    block[: len(name)] = name
    _set(block, 100, fields.get("mode", b"0000644\0"))
    _set(block, 108, fields.get("user", b"0000000\0"))
    _set(block, 116, b"0000000\0")
    _set(block, 124, fields.get("number", b"%011o\0" % size))
    _set(block, 136, b"14000000000\0")
    _set(block, 148, b" " * 8)
    block[156:157] = kind
    _set(block, 157, fields.get("link", b""))
    _set(block, 257, fields.get("magic", b"ustar\x0000"))
    _set(block, 345, fields.get("prefix", b""))
    _set(block, 148, fields.get("sum", b"%06o\0 " % sum(block)))
    return bytes(block)


def padded(body: bytes, fill: bytes = b"\0") -> bytes:
    """A body up to the end of its last block."""
    return body + (fill * BLOCK)[: -len(body) % BLOCK]


def entry(name: bytes, body: bytes = b"", kind: bytes = b"0", **fields: bytes) -> bytes:
    """A header and its body."""
    return header(name, len(body), kind, **fields) + padded(body)


def record(key: str, value: bytes) -> bytes:
    """One line of a pax header."""
    line = b" " + key.encode() + b"=" + value + b"\n"
    length = len(line)
    while length != len(line) + len(str(length)):
        length = len(line) + len(str(length))
    return str(length).encode() + line


def pax(*records: tuple[str, bytes], kind: bytes = b"x") -> bytes:
    """A pax header for the entry after it."""
    return entry(b"PaxHeaders/x", b"".join(record(key, value) for key, value in records), kind)


def long_name(name: bytes, kind: bytes = b"L") -> bytes:
    """A GNU header that holds a long name."""
    return entry(b"././@LongLink", name + b"\0", kind, magic=b"ustar  \0")


def tarred(files: Mapping[bytes, bytes], *more: bytes, end: bytes = END) -> bytes:
    """Write files as plain entries, names beyond 100 bytes in pax headers, then whatever else."""
    return b"".join(_entries(name, body) for name, body in files.items()) + b"".join(more) + end


def _entries(name: bytes, body: bytes) -> bytes:
    if len(name) <= 100 and name.isascii():
        return entry(name, body)
    return pax(("path", name)) + entry(name[:100], body)


def _set(block: bytearray, at: int, value: bytes) -> None:
    block[at : at + len(value)] = value
