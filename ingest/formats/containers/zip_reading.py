"""ZIP (APPNOTE 6.3.10), read strictly: stored or deflated entries; every byte of the file belongs to one record.

The central directory and the local headers must tell the same of each entry. Time stamps need not agree: they decide
nothing.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ingest.formats.containers.inflation import Packed, unpacked
from ingest.formats.containers.limits import Limits
from ingest.formats.containers.members import AMBIGUOUS, DAMAGED, ContainerDamaged, Content, EntryKind, Listed
from ingest.formats.containers.ranges import Ranges, Window
from ingest.formats.containers.spans import Span, account, follow
from ingest.formats.containers.zip_agreement import STREAMED, agreed_name, prove_agreement, prove_descriptor
from ingest.formats.containers.zip_ending import directory_of
from ingest.formats.containers.zip_kinds import kind_of_entry
from ingest.formats.containers.zip_records import CentralHeader, central_at, local_at, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One entry of an open ZIP; `start` is where its packed bytes begin."""

    listed: Listed
    central: CentralHeader
    start: int
    window: Window

    def chunks(self) -> Iterator[bytes]:
        """Stream the content in chunks of at most 1 MiB; ContainerDamaged when it is not as declared."""
        return self.later()()

    def later(self) -> Content:
        """Give the content for as long as the container is open."""
        packed = Packed(
            start=self.start,
            length=self.central.packed,
            size=self.central.size,
            crc=self.central.crc,
            method=self.central.method,
            is_streamed=bool(self.central.flags & STREAMED),
        )
        return partial(unpacked, self.listed.name, packed, self.window)


def entries(ranges: Ranges, limits: Limits, span: int) -> Iterator[ZipEntry]:
    """Give the entries in the order they lie in the file; `span` is how many bytes are read ahead.

    Raises ContainerDamaged; OSError passes through.
    """
    directory = directory_of(ranges, limits)
    if directory.span.end > ranges.size:
        raise ContainerDamaged.whole(DAMAGED, "the central directory lies beyond the end of the file")
    follow(directory.span.end, directory.records[0].start, directory.records[0].end)
    content = ranges.read(directory.span.start, directory.span.end - directory.span.start)
    order = _file_order(content, directory.entries)
    window = Window(ranges, span)
    reached = 0
    for central, following in _paired(content, order, directory.span.start):
        yield _entry(window, central, reached, following)
        reached = following
    account((Span(start=0, end=reached), directory.span, *directory.records), ranges.size)


def _file_order(content: bytes, counted: int) -> Sequence[int]:
    """Walk the central directory, which must hold the entries counted and nothing else; give them as they lie."""
    places, offsets = array("Q"), array("Q")
    at, is_in_order, last = 0, True, 0
    while at < len(content):
        length, offset = place_of(content, at)
        places.append(at)
        offsets.append(offset)
        is_in_order = is_in_order and offset >= last
        last = offset
        at += length
    if len(places) != counted:
        raise ContainerDamaged.whole(AMBIGUOUS, f"{counted} entries are counted and {len(places)} are there")
    if is_in_order:
        return places
    return [places[number] for number in sorted(range(len(places)), key=offsets.__getitem__)]


def _paired(content: bytes, order: Sequence[int], start: int) -> Iterator[tuple[CentralHeader, int]]:
    """Give each entry with the place where the one after it, or at last the directory, begins."""
    before: CentralHeader | None = None
    for place in order:
        central = central_at(content, place)
        if before is not None:
            yield before, central.offset
        before = central
    if before is not None:
        yield before, start


def _entry(window: Window, central: CentralHeader, reached: int, following: int) -> ZipEntry:
    """Read one entry, which begins at the byte reached and takes all bytes up to the following one."""
    try:
        follow(reached, central.offset, central.offset)
        local = local_at(window, central.offset)
        prove_agreement(central, local)
        name = agreed_name(central, local)
        prove_descriptor(window, central, local.end + central.packed, following)
        kind = kind_of_entry(central)
    except ContainerDamaged as damage:
        raise damage.within(central.name.decode("utf-8", "surrogateescape")) from damage
    listed = Listed(name=name.text, kind=kind, size=central.size, packed=central.packed, raw=name.raw)
    entry = ZipEntry(listed=listed, central=central, start=local.end, window=window)
    if kind is EntryKind.FOLDER and central.packed:
        for _ in entry.chunks():  # Proves that a folder's own bytes hold nothing.
            pass
    return entry
