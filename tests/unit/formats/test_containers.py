"""Containers: the same listing and bytes from ZIP, TAR and gzipped TAR, and every way to be refused."""

import gzip
import io
import random
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.paths import PackagePath
from ingest.formats.containers import (
    ContainerDamaged,
    ContainerKind,
    Limits,
    Refused,
    kind_of,
    list_members,
    read_members,
)

FILES = {"case.json": b"{}", "documents/ansökan 1.pdf": b"%PDF" * 600_000, "empty.txt": b""}
Packer = Callable[[Path, Mapping[str, bytes]], None]


def pack_zip(path: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def pack_tar(path: Path, files: Mapping[str, bytes]) -> None:
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def pack_tar_gz(path: Path, files: Mapping[str, bytes]) -> None:
    pack_tar(path, files)
    path.write_bytes(gzip.compress(path.read_bytes()))


PACKERS = pytest.mark.parametrize("pack", [pack_zip, pack_tar, pack_tar_gz])


def rules(path: Path, limits: Limits | None = None) -> list[str]:
    found = list_members(path, limits or Limits())
    assert isinstance(found, Refused)
    return [violation.rule for violation in found.violations]


def damage(path: Path) -> str:
    with pytest.raises(ContainerDamaged) as raised:
        read_all(path)
    return raised.value.violations[0].rule


def read_all(path: Path) -> dict[str, bytes]:
    return {member.path: b"".join(chunks) for member, chunks in read_members(path)}


@PACKERS
def test_lists_and_streams_the_same_whatever_the_container(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "named as nothing"
    pack(path, FILES)
    listed = list_members(path)
    assert not isinstance(listed, Refused)
    assert {member.path: member.size for member in listed} == {n: len(c) for n, c in FILES.items()}
    read = {}
    for member, chunks in read_members(path):
        pieces = list(chunks)
        assert all(len(piece) <= 1024 * 1024 for piece in pieces)
        read[member.path] = b"".join(pieces)
    assert read == FILES


@PACKERS
def test_a_member_may_be_left_unread(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "x"
    pack(path, FILES)
    assert [member.path for member, _ in read_members(path)] == list(FILES)


@pytest.mark.parametrize(
    ("pack", "kind"),
    [(pack_zip, ContainerKind.ZIP), (pack_tar, ContainerKind.TAR), (pack_tar_gz, ContainerKind.TAR_GZ)],
)
def test_tells_a_container_by_its_content(tmp_path: Path, pack: Packer, kind: ContainerKind) -> None:
    path = tmp_path / "METS.xml"
    pack(path, FILES)
    assert kind_of(path) is kind


@pytest.mark.parametrize("content", [b"", b"<mets/>", gzip.compress(b"text", mtime=0), b"a" * 2000])
def test_tells_what_is_no_container(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    assert kind_of(path) is None
    assert rules(path) == ["EARKIV-PKG-1"]


@PACKERS
@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a//b", "C:x", "a\\b.txt", "a/./b", "bell\x07"])
def test_refuses_an_unsafe_name_and_says_it(tmp_path: Path, pack: Packer, name: str) -> None:
    path = tmp_path / "x"
    pack(path, {"good.txt": b"1", name: b"2"})
    found = list_members(path)
    assert isinstance(found, Refused)
    assert [violation.rule for violation in found.violations] == ["EARKIV-PKG-5"]
    assert found.violations[0].location.value == name
    assert damage(path) == "EARKIV-PKG-5"


def test_refuses_names_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x"
    pack_tar(path, {"latin-\udce5.txt": b"1"})
    assert rules(path) == ["EARKIV-PKG-5"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_refuses_duplicate_names(tmp_path: Path) -> None:
    zipped, tarred = tmp_path / "zip", tmp_path / "tar"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    with tarfile.open(tarred, "w") as tar:
        tar.addfile(tarfile.TarInfo("a.txt"))
        tar.addfile(tarfile.TarInfo("a.txt"))
    assert rules(zipped) == rules(tarred) == ["EARKIV-PKG-10"]


@PACKERS
@pytest.mark.parametrize("names", [("a", "a/b"), ("a/b", "a")])
def test_refuses_a_name_that_is_file_and_folder(tmp_path: Path, pack: Packer, names: tuple[str, str]) -> None:
    path = tmp_path / "x"
    pack(path, dict.fromkeys(names, b"1"))
    assert rules(path) == ["EARKIV-PKG-10"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_refuses_links_and_devices_in_tar(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("link")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    assert rules(path) == ["EARKIV-PKG-6"]


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK])
def test_refuses_links_and_devices_in_zip(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = (mode | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert rules(path) == ["EARKIV-PKG-6"]


def test_refuses_encrypted_and_unknown_compression(tmp_path: Path) -> None:
    encrypted, packed = tmp_path / "encrypted.zip", tmp_path / "lzma.zip"
    pack_zip(encrypted, {"a": b"1"})
    content = bytearray(encrypted.read_bytes())
    for magic, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + flags_at] |= 1
    encrypted.write_bytes(content)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"1")
    assert rules(encrypted) == rules(packed) == ["EARKIV-PKG-9"]


@PACKERS
def test_refuses_an_empty_container(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "x"
    pack(path, {})
    assert rules(path) in (
        ["EARKIV-PKG-4"],
        ["EARKIV-PKG-1"],
    )  # An empty TAR is zeros alone: nothing tells it.


def test_an_empty_zip_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "x"
    pack_zip(path, {})
    assert rules(path) == ["EARKIV-PKG-4"]
    assert damage(path) == "EARKIV-PKG-4"


@PACKERS
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_finds_a_container_cut_short(tmp_path: Path, pack: Packer, share: float) -> None:
    path = tmp_path / "x"
    pack(path, {name: bytes(range(256)) * 40 for name in ("a", "b", "c")})
    content = path.read_bytes().rstrip(b"\0")
    path.write_bytes(content[: int(len(content) * share)])
    assert damage(path) == "EARKIV-PKG-3"


def test_finds_a_tar_without_its_end_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    pack_tar(path, {"a": b"1" * 512, "b": b"2" * 512})
    path.write_bytes(path.read_bytes()[:1024])  # Cut exactly between two entries.
    assert rules(path) == ["EARKIV-PKG-3"]


@pytest.mark.parametrize("pack", [pack_zip, pack_tar_gz])
def test_finds_changed_bytes(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "x"
    pack(path, {"a.bin": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert damage(path) == "EARKIV-PKG-3"


def test_finds_a_declared_size_that_is_not_true(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    pack_zip(path, {"a": b"1" * 100})
    content = bytearray(path.read_bytes())
    for magic, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        content[content.index(magic) + size_at] = 200
    path.write_bytes(content)
    assert damage(path) == "EARKIV-PKG-3"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_finds_entries_that_share_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"1" * 100)
        archive.writestr("b", b"1" * 100)
        archive.infolist()[1].header_offset = archive.infolist()[0].header_offset
    assert rules(path) == ["EARKIV-PKG-14"]


@pytest.mark.parametrize("pack", [pack_zip, pack_tar_gz])
def test_refuses_a_bomb(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "x"
    pack(path, {"zeros": bytes(12 * 1024 * 1024)})
    assert rules(path) == ["EARKIV-PKG-7"]


def test_refuses_a_bomb_of_many_small_parts(tmp_path: Path) -> None:
    path = tmp_path / "x"
    pack_zip(path, {str(number): bytes(1024 * 1024) for number in range(12)})
    assert rules(path) == ["EARKIV-PKG-7"]


@PACKERS
def test_refuses_too_many_entries(tmp_path: Path, pack: Packer) -> None:
    path = tmp_path / "x"
    pack(path, {str(number): b"" for number in range(4)})
    assert rules(path, Limits(entries=3)) == ["EARKIV-PKG-7"]
    assert not isinstance(list_members(path, Limits(entries=4)), Refused)


def test_reads_names_as_other_programs_write_them(tmp_path: Path) -> None:
    dotted, unflagged = tmp_path / "dotted.tar", tmp_path / "unflagged.zip"
    with tarfile.open(dotted, "w") as archive:
        folder = tarfile.TarInfo("./")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        archive.addfile(tarfile.TarInfo("./sip.xml"))
    pack_zip(unflagged, {"åäö.txt": b"1"})
    content = bytearray(unflagged.read_bytes())
    for magic, flags_at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        content[content.index(magic) + flags_at] &= ~0x08
    unflagged.write_bytes(content)
    for path, name in ((dotted, "sip.xml"), (unflagged, "åäö.txt")):
        listed = list_members(path)
        assert not isinstance(listed, Refused)
        assert [member.path for member in listed] == [PackagePath(name)]
        assert list(read_all(path)) == [name]


def test_finds_a_tar_entry_larger_than_any_file(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    entry = tarfile.TarInfo("a")
    entry.size = 1 << 70
    path.write_bytes(entry.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    assert rules(path) == ["EARKIV-PKG-7"]


@PACKERS
@given(seed=st.integers(0, 2**32))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_whatever_is_changed_it_is_a_content_fault(tmp_path: Path, pack: Packer, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    path = tmp_path / "x"
    pack(path, {"case.json": b"{}" * 40, "documents/å.pdf": bytes(range(256))})
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content[: chance.choice([len(content), chance.randrange(len(content))])])
    listed = list_members(path)
    try:
        read_all(path)
    except ContainerDamaged:
        return
    assert not isinstance(listed, Refused)


def test_a_machine_fault_is_no_content_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_members(tmp_path / "absent.zip")
