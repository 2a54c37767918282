"""What holds no readable package is refused with nothing of it staged but the descriptors that were read."""

import gzip
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import pytest

from ingest.application import local_sources
from ingest.application.consult_archive import receipt_of
from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.application.validate_package import validate
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.findings import Severity
from ingest.domain.fixity import Fixity
from ingest.formats.containers import Limits
from ingest.ports import ObjectStore
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
    of_folder, put = taken_in(tmp_path / "home", as_folder(files, tmp_path / "mapp"))
    assert len(put) <= 1
    assert of_folder["files"] == []
    assert archives.staged(tmp_path / "home") == []
    assert told(receipt) == told(of_folder)
    errors = [f.rule for f in validate(tmp_path / "mapp").findings if f.severity is Severity.ERROR]
    assert archives.errors_of(of_folder) == errors


@pytest.mark.parametrize("kind", [*CONTAINERS, "folder"])
def test_every_file_of_what_can_be_read_is_staged_once(tmp_path: Path, kind: str) -> None:
    files = package(PAYLOAD)
    path = tmp_path / "paket"
    if kind == "folder":
        as_folder(files, path)
    else:
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


def test_a_refused_folder_is_known_again_by_all_that_was_seen_of_it(tmp_path: Path) -> None:
    home, files = tmp_path / "home", {**PAYLOAD, CASE_JSON: b"{ nej", b"a.xml": b"<x/>"}
    folder = as_folder(files, tmp_path / "mapp")
    refused = archives.hand_over_one(home, folder)
    assert archives.hand_over_one(home, as_folder(files, tmp_path / "samma")) == refused
    seen = [refused["receipt"]]
    for changed in ({CASE_JSON: b"{ nix"}, {b"a.xml": b"<y/>"}, {b"b.txt": b""}, {b"b.txt": b"1"}):
        receipt = archives.hand_over_one(home, as_folder(changed, folder))
        assert archives.errors_of(receipt) == ["EARKIV-PKG-1"]
        seen.append(receipt["receipt"])
    assert len(set(seen)) == len(seen)
    as_folder({CASE_JSON: package(PAYLOAD)[CASE_JSON]}, folder)
    assert archives.errors_of(archives.hand_over_one(home, folder)) == ["EARKIV-FIX-4"]


def test_what_else_is_wrong_with_a_folder_is_told_as_well(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", as_folder({**PAYLOAD, CASE_JSON: b"{ nej"}, tmp_path / "mapp")
    (folder / "rad\nbrytning.txt").write_text("x")
    (folder / "genväg").symlink_to(tmp_path)
    receipt, put = taken_in(home, folder)
    assert archives.errors_of(receipt) == ["EARKIV-PKG-1", "EARKIV-PKG-5", "EARKIV-PKG-6"]
    assert len(put) <= 1
    (folder / "genväg").unlink()
    assert archives.errors_of(archives.hand_over_one(home, folder)) == ["EARKIV-PKG-1", "EARKIV-PKG-5"]


def test_a_folder_of_more_entries_than_a_container_may_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = package(PAYLOAD)
    folder = as_folder(files, tmp_path / "mapp")
    entries = len(files) + len({name.rpartition(b"/")[0] for name in files} - {b""})
    monkeypatch.setattr(local_sources, "DEFAULT_LIMITS", Limits(entries=entries - 1))
    receipt, put = taken_in(tmp_path / "home", folder)
    place = {"file": "mapp", "line": 0, "xpath": "", "value": f"more than {entries - 1} entries"}
    assert told(receipt) == [("EARKIV-PKG-7", [place])]
    assert put == []
    assert [f.rule for f in validate(folder).findings] == ["EARKIV-PKG-7"]
    monkeypatch.setattr(local_sources, "DEFAULT_LIMITS", Limits(entries=entries))
    assert taken_in(tmp_path / "home", folder)[0]["outcome"] == "accepted"


def test_a_file_of_holes_is_refused_where_it_would_be_written_out(tmp_path: Path) -> None:
    hollow, dense = b"stor.bin", b"ljus.bin"
    folder = as_folder({**package(PAYLOAD), hollow: b"a", dense: bytes(12 << 20)}, tmp_path / "mapp")
    with (folder / hollow.decode()).open("r+b") as stream:
        stream.truncate(1 << 40)
    on_disk = (folder / hollow.decode()).stat().st_blocks * 512
    receipt, put = taken_in(tmp_path / "home", folder)
    value = f"{1 << 40} bytes, of which {on_disk} are on disk"
    place = {"file": hollow.decode(), "line": 0, "xpath": "", "value": value}
    assert told(receipt) == [("EARKIV-PKG-7", [place])]
    assert put == []
    assert [f.rule for f in validate(folder).findings] == ["EARKIV-PKG-7"]


def test_a_file_with_some_holes_is_an_ordinary_one(tmp_path: Path) -> None:
    files = package({**PAYLOAD, b"gles.bin": bytes(1 << 20) + b"a" * (1 << 18)})
    folder = as_folder(files, tmp_path / "mapp")
    with (folder / "gles.bin").open("wb") as stream:
        stream.truncate(1 << 20)
        stream.seek(1 << 20)
        stream.write(b"a" * (1 << 18))
    assert taken_in(tmp_path / "home", folder)[0]["outcome"] == "accepted"


def test_a_refused_folder_is_decided_without_its_source(tmp_path: Path) -> None:
    """What was wrong was recorded when it was handed over: whoever takes the delivery up later needs no more."""
    folder = as_folder({**PAYLOAD, CASE_JSON: b"{ nej"}, tmp_path / "mapp")
    with archives.opened(tmp_path / "home") as archive:
        terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)
        delivery = submit(Handover(path=folder, agreement=terms, owner=archive.owner), archive.ports)
    rmtree(folder)
    with archives.opened(tmp_path / "home") as archive:
        receipt = receipt_of(finish(delivery, archive.owner, archive.ports).id, archive.ports)
    assert archives.errors_of(receipt) == ["EARKIV-PKG-1"]
    assert archives.staged(tmp_path / "home") == []
    assert archives.is_genuine(tmp_path / "home", receipt)
