"""A container whose package cannot be read is refused with nothing of it staged but the descriptors that were read."""

import gzip
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.ports import Fixity, ObjectStore
from tests.features import archives
from tests.hostile.case import CASE_JSON, CONTENT, FILES, package
from tests.hostile.tars import tarred
from tests.hostile.zips import zipped

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Files = Mapping[bytes, bytes]
PAYLOAD: Files = {b"handlingar/%d.txt" % number: CONTENT + b"%d" % number for number in range(20)}
CONTAINERS: Mapping[str, Callable[[Files], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda files: gzip.compress(tarred(files), mtime=0),
    "tar.zst": lambda files: zstd.compress(tarred(files)),
}
UNREADABLE: Mapping[str, tuple[Files, str]] = {
    "no METS in METS.xml": ({b"METS.xml": b"<x/>"}, "EARKIV-PKG-2"),
    "METS.xml that is no XML": ({b"METS.xml": b"<mets"}, "EARKIV-XML-1"),
    "METS.xml with a document type": ({b"METS.xml": b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"}, "EARKIV-XML-2"),
    "sip.xml that is no METS": ({b"sip.xml": b"<x/>"}, "EARKIV-PKG-2"),
    "case.json that is no JSON": ({CASE_JSON: b"{ nej"}, "EARKIV-PKG-1"),
    "XML that describes nothing": ({b"a.xml": b"<x/>", b"content/b.xml": b"<y/>"}, "EARKIV-PKG-2"),
    "no descriptor": ({}, "EARKIV-PKG-2"),
}


class Counting:
    """A store that counts what is put into it."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.put_keys: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        self.put_keys.append(key)
        return self._store.put(key, chunks)

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        return tuple([self.put(key, chunks) for key, chunks in objects])


def taken_in(home: Path, path: Path) -> tuple[archives.Receipt, list[str]]:
    """Take a path in; give its receipt, and the keys of the objects that were staged apart from the container."""
    with writing(archives.settings_of(home)) as archive:
        staging = Counting(archive.ports.staging)
        ports = replace(archive.ports, staging=staging)  # type: ignore[arg-type]  # hands on
        receipt = ingest_path(path, archives.terms_of(archive, DEFAULT_AGREEMENT.id), archive.owner, ports)
    return receipt, [key for key in staging.put_keys if not key.endswith("/container")]


def as_folder(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name.decode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def told(receipt: archives.Receipt) -> list[tuple[str, object]]:
    return [(f["rule"], f["locations"]) for f in receipt["findings"] if f["severity"] == "error"]


@pytest.mark.parametrize("around", [b"", b"paket/"], ids=["bare", "wrapped"])
@pytest.mark.parametrize("kind", CONTAINERS)
@pytest.mark.parametrize("what", UNREADABLE)
def test_no_member_is_staged_of_what_cannot_be_read(tmp_path: Path, what: str, kind: str, around: bytes) -> None:
    descriptors, rule = UNREADABLE[what]
    files = {around + name: content for name, content in {**PAYLOAD, **descriptors}.items()}
    path = tmp_path / "paket"
    path.write_bytes(CONTAINERS[kind](files))
    receipt, put = taken_in(tmp_path / "home", path)
    assert archives.errors_of(receipt) == [rule]
    assert len(put) <= 1
    assert receipt["files"] == []
    assert archives.staged(tmp_path / "home") == []
    of_folder, _ = taken_in(tmp_path / "home", as_folder(files, tmp_path / "mapp"))
    assert told(receipt) == told(of_folder)


@pytest.mark.parametrize("kind", CONTAINERS)
def test_every_file_of_what_can_be_read_is_staged_once(tmp_path: Path, kind: str) -> None:
    files = package(PAYLOAD)
    path = tmp_path / "paket"
    path.write_bytes(CONTAINERS[kind](files))
    receipt, put = taken_in(tmp_path / "home", path)
    assert receipt["outcome"] == "accepted"
    staged = [key for key in put if "/objects/" in key]
    assert len(staged) == len(set(staged)) == len(files) == len(receipt["files"])


@pytest.mark.parametrize("descriptor", [b"{ nej", package(FILES)[CASE_JSON]], ids=["unreadable", "readable"])
def test_a_damaged_file_is_told_before_what_the_descriptor_lacks(tmp_path: Path, descriptor: bytes) -> None:
    files = {CASE_JSON: descriptor, **FILES}
    path = tmp_path / "paket.zip"
    path.write_bytes(zipped(files).replace(CONTENT, CONTENT.upper()))
    receipt, _ = taken_in(tmp_path / "home", path)
    assert archives.errors_of(receipt) == ["EARKIV-PKG-3"]


def test_a_damaged_descriptor_is_refused_with_nothing_staged(tmp_path: Path) -> None:
    descriptor = package(FILES)[CASE_JSON]
    path = tmp_path / "paket.zip"
    path.write_bytes(zipped({**PAYLOAD, CASE_JSON: descriptor}).replace(descriptor, descriptor.upper()))
    receipt, put = taken_in(tmp_path / "home", path)
    assert archives.errors_of(receipt) == ["EARKIV-PKG-3"]
    assert len(put) <= 1
    assert archives.staged(tmp_path / "home") == []


def test_a_descriptor_too_large_to_be_kept_is_read_when_it_is_staged(tmp_path: Path) -> None:
    """What comes only once, from a packed TAR, is kept within bounds; the answer is the same without."""
    large = b'{"a": "' + b"".join(sha256(b"%d" % n).hexdigest().encode() for n in range(270_000)) + b'" nej'
    path = tmp_path / "paket.tar.gz"
    path.write_bytes(gzip.compress(tarred({**FILES, CASE_JSON: large}), mtime=0, compresslevel=1))
    receipt, put = taken_in(tmp_path / "home", path)
    assert archives.errors_of(receipt) == ["EARKIV-PKG-1"]
    assert len(put) == len(FILES) + 1
