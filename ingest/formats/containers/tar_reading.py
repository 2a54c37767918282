"""TAR (ustar, pax, GNU), read strictly and once forwards; every byte belongs to one record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.formats.containers.forward import Forward
from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import (
    AMBIGUOUS,
    BEYOND_LIMITS,
    CHUNK_BYTES,
    DAMAGED,
    NO_FILE,
    STRAY_BYTES,
    ContainerDamaged,
    Content,
    EntryKind,
    Listed,
)
from ingest.formats.containers.tar_extensions import EXTENSIONS, NONE, Described, described, extended
from ingest.formats.containers.tar_headers import BLOCK, ZEROS, TarHeader, header_of

_FILES: Final = frozenset({b"0", b"\0", b"7"})
_FOLDER: Final = b"5"
_LINKS: Final = frozenset({b"1", b"2"})
_SPARSE: Final = b"S"
_PRIVILEGED: Final = 0o6000
_WITH_CONTENT: Final = frozenset({EntryKind.FILE, EntryKind.PRIVILEGED})


class _Content:
    """The bytes of one entry, and the padding after them."""

    def __init__(self, source: Forward, size: int) -> None:
        self._source = source
        self._left = size
        self._padding = -size % BLOCK

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            yield from self._chunks()
        except ContainerDamaged as damage:
            raise damage.within(name) from damage

    def _chunks(self) -> Iterator[bytes]:
        while self._left:
            chunk = self._source.read(min(CHUNK_BYTES, self._left))
            if not chunk:
                raise ContainerDamaged.whole(DAMAGED, "the file ends in the middle of an entry")
            self._left -= len(chunk)
            yield chunk

    def later(self) -> Content | None:
        return self._source.later(self._left)

    def finish(self) -> None:
        """Pass over what was not read, and prove the padding. Raises ContainerDamaged."""
        if self._left:
            self._source.skip(self._left)
            self._left = 0
        if not self._padding:
            return
        padding = self._source.read(self._padding)
        if len(padding) < self._padding:
            raise ContainerDamaged.whole(DAMAGED, "the file ends in the middle of a block")
        if any(padding):
            raise ContainerDamaged.whole(STRAY_BYTES, "bytes between the end of an entry and that of its block")
        self._padding = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TarEntry:
    """One entry of an open TAR; its content is there until the next entry is asked for."""

    listed: Listed
    content: _Content

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB; raises ContainerDamaged when it ends too early."""
        return self.content.chunks(self.listed.name)

    def later(self) -> Content | None:
        """Give the content for as long as the container is open; None when it is unpacked once, forwards."""
        return self.content.later()


def entries(source: Forward, limits: Limits) -> Iterator[TarEntry]:
    """Give the entries in order. Raises ContainerDamaged; OSError passes through."""
    said = NONE
    while (block := _block(source)) != ZEROS:
        header = header_of(block)
        if header.type in EXTENSIONS:
            said = extended(said, header.type, _extension(source, header, limits))
            continue
        entry = _entry(source, header, described(header, said))
        said = NONE
        yield entry
        _finish(entry)
    if said is not NONE:
        raise ContainerDamaged.whole(AMBIGUOUS, "the last header speaks of an entry that does not come")
    _prove_end(source)


def _finish(entry: TarEntry) -> None:
    try:
        entry.content.finish()
    except ContainerDamaged as damage:
        raise damage.within(entry.listed.name) from damage


def _block(source: Forward) -> bytes:
    block = source.read(BLOCK)
    if len(block) < BLOCK:
        raise ContainerDamaged.whole(DAMAGED, "the archive ends without its end mark")
    return block


def _extension(source: Forward, header: TarHeader, limits: Limits) -> bytes:
    if header.size > limits.header_bytes:
        raise ContainerDamaged.whole(BEYOND_LIMITS, f"an extension header of {header.size} bytes")
    content = _Content(source, header.size)
    found = b"".join(content.chunks(""))
    content.finish()
    return found


def _entry(source: Forward, header: TarHeader, entry: Described) -> TarEntry:
    kind = _kind(header, entry)
    name = entry.name.decode("utf-8", "surrogateescape")
    if kind is EntryKind.SPARSE:
        raise ContainerDamaged.at(name, NO_FILE, kind.value)  # How long it is, is said in many ways.
    if kind not in _WITH_CONTENT and entry.size:
        # Whether such an entry has content is read in two ways.
        raise ContainerDamaged.at(name, AMBIGUOUS, f"a {kind.value} with {entry.size} bytes of content")
    listed = Listed(name=name, kind=kind, size=entry.size, packed=None)
    return TarEntry(listed=listed, content=_Content(source, entry.size))


def _kind(header: TarHeader, entry: Described) -> EntryKind:
    if header.type in _LINKS:
        return EntryKind.LINK
    if header.type == _FOLDER or (header.type == b"\0" and entry.name.endswith(b"/")):
        return EntryKind.FOLDER
    if header.type == _SPARSE or entry.is_sparse:
        return EntryKind.SPARSE
    if header.type not in _FILES:
        return EntryKind.SPECIAL
    return EntryKind.PRIVILEGED if header.mode & _PRIVILEGED else EntryKind.FILE


def _prove_end(source: Forward) -> None:
    """After the first block of zeros comes a second, and after it zeros alone (POSIX.1-2017, ustar)."""
    if _block(source) != ZEROS:
        raise ContainerDamaged.whole(STRAY_BYTES, "something follows a block that ends the archive")
    zeros = bytes(CHUNK_BYTES)
    while fill := source.read(CHUNK_BYTES):
        if fill != zeros[: len(fill)]:
            raise ContainerDamaged.whole(STRAY_BYTES, "something follows the end of the archive")
        if len(fill) % BLOCK:
            raise ContainerDamaged.whole(DAMAGED, "the archive ends in the middle of a block")
