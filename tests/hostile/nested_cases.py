"""Containers that lie in a delivery as content: hostile ones, and ordinary ones."""

import gzip
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.domain.nested import NestedFaultKind
from tests.hostile.inside_images import frames
from tests.hostile.tars import entry, tarred
from tests.hostile.zips import Entry, Layout, zip_of, zipped
from tests.unit.adapters.probes import files

K = NestedFaultKind
LETTER: Final = "Hej från Exempelnämnden.\n".encode() * 40
_ZEROS: Final = bytes(9 << 20)
_BLOCK: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedCase:
    """A container, what is wrong with it when three levels are opened, and which files are listed of it."""

    name: str
    make: Callable[[], bytes]
    faults: frozenset[NestedFaultKind] = frozenset()
    files: tuple[str, ...] = ()


def ordinary_zip() -> bytes:
    """Two files, one in a folder."""
    return zip_of([_packed(b"brev.txt", LETTER), _packed(b"bilagor/karta.pdf", files.pdf())])


def _packed(name: bytes, content: bytes) -> Entry:
    return Entry(name=name, content=content, method=8)


def _zst(content: bytes) -> bytes:
    """One frame with one block that is not packed (RFC 8878)."""
    body = struct.pack("<I", len(content) << 3 | 1)[:3] + content
    return b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(content)) + body


def _within(depth: int, inner: bytes) -> bytes:
    """ZIP in ZIP, so many times."""
    for level in range(depth):
        inner = zipped({b"%d.zip" % level: inner})
    return inner


def endless() -> bytes:
    """Sixty ZIP files, each in the next."""
    return _within(60, zipped({b"slut.txt": b"slut"}))


def bomb_in_bomb() -> bytes:
    """Each level is 150 times its packed size or less, and all together thousands of times."""
    noise = b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") for n in range(1_500))
    inner = zip_of([_packed(b"%d.bin" % n, noise[: 6 << 10] + _ZEROS[: 850 << 10]) for n in range(40)])
    return zip_of([_packed(b"%03d.zip" % n, inner) for n in range(200)])


def flat_bomb() -> bytes:
    """One file that is a thousand times its packed size."""
    return zip_of([_packed(b"noll.bin", _ZEROS + _ZEROS)])


def many_small_bombs() -> bytes:
    """Each stays below the least that is ever refused; together they do not."""
    return zipped({b"%d.zip" % n: zip_of([_packed(b"noll.bin", _ZEROS)]) for n in range(30)})


def _lying() -> bytes:
    lie = Entry(name=b"brev.txt", content=LETTER, method=8, both={"size": len(LETTER) - 3})
    return zipped({b"inre.zip": zip_of([lie])})


def _two_readings() -> bytes:
    lie = Entry(name=b"brev.txt", content=LETTER, local={"name": b"brev.exe"})
    return zip_of([lie])


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


TAR: Final = tarred({b"brev.txt": LETTER})
CASES: Final[Mapping[str, NestedCase]] = {
    case.name: case
    for case in (
        NestedCase(name="ordinary.zip", make=ordinary_zip, files=("brev.txt", "bilagor/karta.pdf")),
        NestedCase(name="ordinary.tar", make=lambda: TAR, files=("brev.txt",)),
        NestedCase(name="ordinary.tar.gz", make=lambda: _gzipped(TAR), files=("brev.txt",)),
        NestedCase(name="ordinary.tar.zst", make=lambda: _zst(TAR), files=("brev.txt",)),
        NestedCase(
            name="zip-in-tar.tar",
            make=lambda: tarred({b"inre.zip": ordinary_zip()}),
            files=("inre.zip", "inre.zip!/brev.txt", "inre.zip!/bilagor/karta.pdf"),
        ),
        NestedCase(name="office.zip", make=lambda: zipped({b"a.docx": files.docx()}), files=("a.docx",)),
        NestedCase(name="empty-file.zip", make=lambda: zipped({b"tom.txt": b""}), files=("tom.txt",)),
        NestedCase(name="locked-file.zip", make=lambda: zipped({b"a.pdf": files.locked_pdf("x")}), files=("a.pdf",)),
        NestedCase(name="programs.zip", make=lambda: zipped({b"a.pdf": files.scripted_pdf()}), files=("a.pdf",)),
        NestedCase(name="gzip-in-zip.zip", make=lambda: zipped({b"a.txt.gz": _gzipped(LETTER)}), files=("a.txt.gz",)),
        NestedCase(
            name="depth-three.zip",
            make=lambda: _within(2, ordinary_zip()),
            files=("1.zip", "1.zip!/0.zip", "1.zip!/0.zip!/brev.txt", "1.zip!/0.zip!/bilagor/karta.pdf"),
        ),
        NestedCase(
            name="depth-four.zip",
            make=lambda: _within(3, ordinary_zip()),
            faults=frozenset({K.TOO_DEEP}),
            files=("2.zip", "2.zip!/1.zip", "2.zip!/1.zip!/0.zip"),
        ),
        NestedCase(
            name="endless.zip",
            make=endless,
            faults=frozenset({K.TOO_DEEP}),
            files=("59.zip", "59.zip!/58.zip", "59.zip!/58.zip!/57.zip"),
        ),
        NestedCase(name="flat-bomb.zip", make=flat_bomb, faults=frozenset({K.BEYOND_BUDGET})),
        NestedCase(name="lying-size.zip", make=_lying, faults=frozenset({K.UNREADABLE}), files=("inre.zip",)),
        NestedCase(name="two-readings.zip", make=_two_readings, faults=frozenset({K.AMBIGUOUS})),
        NestedCase(
            name="twice.zip",
            make=lambda: zip_of([_packed(b"a.txt", LETTER), _packed(b"a.txt", b"annat")]),
            faults=frozenset({K.AMBIGUOUS}),
            files=("a.txt",),
        ),
        NestedCase(
            name="prefixed.zip",
            make=lambda: zip_of([_packed(b"a.txt", LETTER)], Layout(before=b"#!/bin/sh\n")),
            faults=frozenset({K.AMBIGUOUS}),
        ),
        NestedCase(
            name="climbing.zip",
            make=lambda: zipped({b"brev.txt": LETTER, b"../../etc/passwd": b"root"}),
            faults=frozenset({K.UNSAFE_NAME}),
            files=("brev.txt",),
        ),
        NestedCase(
            name="climbing-inside.tar.gz",
            make=lambda: _gzipped(tarred({b"inre.zip": zipped({b"/etc/passwd": b"root"})})),
            faults=frozenset({K.UNSAFE_NAME}),
            files=("inre.zip",),
        ),
        NestedCase(
            name="linked.tar",
            make=lambda: tarred({b"brev.txt": LETTER}, entry(b"ut", kind=b"2", link=b"/etc/passwd")),
            faults=frozenset({K.NO_FILE}),
            files=("brev.txt",),
        ),
        NestedCase(
            name="encrypted.zip",
            make=lambda: zip_of([Entry(name=b"hemlig.txt", content=LETTER, flags=1)]),
            faults=frozenset({K.LOCKED}),
        ),
        NestedCase(name="cut.zip", make=lambda: ordinary_zip()[:-60], faults=frozenset({K.UNREADABLE})),
        NestedCase(
            name="cut.tar.gz", make=lambda: _gzipped(TAR)[:-9], faults=frozenset({K.UNREADABLE}), files=("brev.txt",)
        ),
        NestedCase(name="nothing.zip", make=lambda: zip_of([]), faults=frozenset({K.UNREADABLE})),
    )
}
"""Each can be opened after the others, under the budget of one delivery."""
BOMBS: Final[Mapping[str, Callable[[], bytes]]] = {
    "bomb-in-bomb.zip": bomb_in_bomb,
    "many-small-bombs.zip": many_small_bombs,
}
"""These use up the budget of all that is unpacked."""
NO_CONTAINERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "note.txt": lambda: LETTER,
    "noise.bin": lambda: bytes(range(256)) * 9,
    "packed.txt.gz": lambda: _gzipped(LETTER),
}


def many_files() -> bytes:
    """More small files than can be identified in the time that their size grants."""
    return zipped({b"%d.txt" % n: b"brev %d" % n for n in range(60_000)})


def many_empty_files() -> bytes:
    """More files than are listed, and nothing in them that would take time."""
    return zipped({b"%d-" % n + b"x" * 60 + b".txt": b"" for n in range(60_000)})


def many_slow_pictures() -> bytes:
    """Pictures of which each takes long to decode."""
    picture = frames(900, 2_000)
    return zip_of([_packed(b"%d.gif" % n, picture) for n in range(12)])


def wide_windows() -> bytes:
    """TAR in zstd in TAR in zstd, each with the widest window that is read."""
    inner = TAR
    for level in range(6):
        inner = _zst_with_window(tarred({b"%d.tar.zst" % level: inner}))
    return inner


def _zst_with_window(content: bytes) -> bytes:
    """One frame that asks for a window of 128 MiB and holds blocks that are not packed."""
    starts = range(0, len(content), _BLOCK)
    blocks = b"".join(
        struct.pack("<I", len(block) << 3 | (start + _BLOCK >= len(content)))[:3] + block
        for start in starts
        for block in (content[start : start + _BLOCK],)
    )
    return b"\x28\xb5\x2f\xfd\x00" + bytes([17 << 3]) + blocks
