"""The strict readers against the standard library: the same files from every honest archive, never other ones.

The library forgives much; so for a broken archive a refusal is always right, and an answer must be the one that the
library's own two ways of reading, by the directory and forwards, would give as well.
"""

import bz2
import gzip
import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.paths import UnsafePath, parse_path
from ingest.formats.containers import ContainerDamaged, Limits, Refused, StreamRanges, list_ranges, read_ranges

SEGMENT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='/\\:"'), min_size=1)
NAMES = st.lists(SEGMENT.filter(lambda s: len(s.encode()) < 200), min_size=1, max_size=4).map("/".join)
FILES = st.dictionaries(
    NAMES.filter(lambda name: not isinstance(parse_path(name), UnsafePath)), st.binary(max_size=3000), min_size=1
).filter(lambda files: not any(a.startswith(b + "/") for a in files for b in files))
Files = Mapping[str, bytes]
Writer = Callable[[Files], bytes]
QUICK = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        view = memoryview(content)  # type: ignore[arg-type]  # whatever buffer the library hands over
        self.taken += view
        return len(view)


def by_zipfile(method: int, *, streamed: bool, wide: bool) -> Writer:
    def write(files: Files) -> bytes:
        pipe, whole = Pipe(), io.BytesIO()
        with zipfile.ZipFile(pipe if streamed else whole, "w", method) as archive:
            archive.comment = "åäö".encode()
            for name, body in files.items():
                with archive.open(zipfile.ZipInfo(name), "w", force_zip64=wide) as entry:
                    entry.write(body)
        return bytes(pipe.taken) if streamed else whole.getvalue()

    return write


def by_tarfile(form: int, pack: Callable[[bytes], bytes] = bytes) -> Writer:
    def write(files: Files) -> bytes:
        whole = io.BytesIO()
        with tarfile.open(fileobj=whole, mode="w", format=form) as archive:
            for name, body in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(body)
                archive.addfile(entry, io.BytesIO(body))
        return pack(whole.getvalue())

    return write


WRITERS: Mapping[str, Writer] = {
    f"zip-{method}-{'streamed' if streamed else 'seeking'}-{'zip64' if wide else 'zip'}": by_zipfile(
        method, streamed=streamed, wide=wide
    )
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    for streamed in (False, True)
    for wide in (False, True)
} | {
    "tar-pax": by_tarfile(tarfile.PAX_FORMAT),
    "tar-gnu": by_tarfile(tarfile.GNU_FORMAT),
    "tar-pax-gz": by_tarfile(tarfile.PAX_FORMAT, gzip.compress),
}


def read(content: bytes, limits: Limits | None = None) -> dict[str, bytes] | None:
    """The files, None when refused; the listing must agree."""
    limits = limits or Limits()
    ranges = StreamRanges(io.BytesIO(content))
    listed = list_ranges(ranges, "x", limits)
    try:
        found = {str(member.path): b"".join(chunks) for member, chunks in read_ranges(ranges, "x", limits)}
    except ContainerDamaged:
        return None
    assert not isinstance(listed, Refused)
    assert {member.path: member.size for member in listed} == {name: len(body) for name, body in found.items()}
    return found


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@given(files=FILES)
@QUICK
def test_no_honest_archive_is_refused_or_read_otherwise(writer: Writer, files: Files) -> None:
    assert read(writer(files)) == files


def oracle(content: bytes) -> dict[str, bytes]:
    """What the standard library makes of an archive."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        return {m.name: b"".join(packed.extractfile(m) or ()) for m in packed if m.isreg()}


def forwards(content: bytes) -> list[str]:
    """The names that a program finds which reads a ZIP by its local headers."""
    names, at = [], 0
    while content.startswith(b"PK\x03\x04", at):
        flags, packed, length, extra = struct.unpack_from("<6xH10xI4xHH", content, at)
        assert not flags & 8
        name = content[at + 30 : at + 30 + length]
        names.append(name.decode() if flags & 0x800 else name.decode("cp437"))
        at += 30 + length + extra + packed
    return names


MUTABLE: Mapping[str, Writer] = {
    name: WRITERS[name] for name in ("zip-0-seeking-zip", "zip-8-seeking-zip", "tar-gnu", "tar-pax")
}


@pytest.mark.parametrize("writer", MUTABLE.values(), ids=MUTABLE)
@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=400)
def test_what_is_read_from_a_mutated_archive_has_one_reading(writer: Writer, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    files = {"case.json": b"{}" * 40, "handlingar/beslut.txt": b"Beslut " * 30, "x" * 120: b"1"}
    content = mutated(bytearray(writer(files)), chance)
    found = read(content)
    if found is not None:
        assert found == {name.removeprefix("./"): body for name, body in oracle(content).items()}
        if content.startswith(b"PK"):
            assert sorted(name for name in forwards(content) if not name.endswith("/")) == sorted(found)


def mutated(content: bytearray, chance: random.Random) -> bytes:
    """Change, double, move, cut or insert a few bytes, most of them where headers are."""
    for _ in range(chance.randint(1, 3)):
        at, length = chance.randrange(len(content)), chance.choice([1, 1, 1, 2, 4, 30, 512])
        match chance.randrange(6):
            case 0:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                content[at] = chance.choice([0, 1, 0x2F, 0x50, 0xFF])
            case 2:
                content[at:at] = content[at : at + length]
            case 3:
                del content[at : at + length]
            case 4:
                other = chance.randrange(len(content))
                content[at : at + length] = content[other : other + length]
            case _:
                content[at:at] = bytes(length)
        if not content:
            return b""
    return bytes(content)


def test_a_packing_that_is_not_read_is_no_container() -> None:
    assert read(bz2.compress(WRITERS["tar-pax"]({"a": b"1"}))) is None
