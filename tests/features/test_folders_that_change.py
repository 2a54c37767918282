"""A folder that changes while it is handed over: what was staged is what is judged, receipted and archived."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.pipeline import readings
from ingest.ports import ObjectStore
from ingest.rules.examination import examine
from tests.features import archives
from tests.hostile.case import CASE_JSON, CONTENT, DOCUMENT, FILES, package

STRAY = b"stray.bin"
DOCUMENT_PATH = DOCUMENT.decode()


class Between:
    """A staging store before which something happens: when room is asked for, the package has been read."""

    def __init__(self, store: ObjectStore, happens: Callable[[], object]) -> None:
        self._store = store
        self._happens = happens

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def prove_room(self, needed: int) -> None:
        self._store.prove_room(needed)
        self._happens()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written({**package(FILES), STRAY: b"nothing"}, tmp_path / "mapp")


def written(files: Mapping[bytes, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name.decode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def taken_in(home: Path, folder: Path, happens: Callable[[], object]) -> archives.Receipt:
    """Take a folder in to which something happens between reading and staging."""
    with writing(archives.settings_of(home)) as archive:
        staging = Between(archive.ports.staging, happens)
        ports = replace(archive.ports, staging=staging)  # type: ignore[arg-type]  # hands on
        return ingest_path(folder, archives.terms_of(archive, DEFAULT_AGREEMENT.id), archive.owner, ports)


def digests(receipt: archives.Receipt) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in receipt["files"]}


def test_a_file_that_changes_is_judged_by_the_bytes_that_were_staged(home: Path, folder: Path) -> None:
    other = CONTENT[::-1]
    receipt = taken_in(home, folder, lambda: written({DOCUMENT: other}, folder))
    assert "EARKIV-FIX-1" in archives.errors_of(receipt)
    assert digests(receipt)[DOCUMENT_PATH] == sha256(other).hexdigest()


def test_a_file_that_grows_is_told(home: Path, folder: Path) -> None:
    receipt = taken_in(home, folder, lambda: written({DOCUMENT: CONTENT + b"!"}, folder))
    assert {"EARKIV-FIX-15", "EARKIV-FIX-1"} <= set(archives.errors_of(receipt))


def test_a_file_that_becomes_a_second_descriptor_refuses_the_package(home: Path, folder: Path) -> None:
    """Of one size with what was there, and no descriptor by its name: only its staged bytes show it."""
    second = package({b"annat.txt": CONTENT})[CASE_JSON]
    written({STRAY: b"-" * len(second)}, folder)
    receipt = taken_in(home, folder, lambda: written({STRAY: second}, folder))
    assert archives.errors_of(receipt) == ["EARKIV-PKG-8"]


def test_a_descriptor_that_changes_is_archived_as_it_was_read(home: Path, folder: Path) -> None:
    before = (folder / "case.json").read_bytes()
    other = before.replace("Ansökan om bygglov".encode(), "Ansökan om rivning".encode())
    (folder / STRAY.decode()).unlink()
    receipt = taken_in(home, folder, lambda: written({CASE_JSON: other}, folder))
    assert receipt["outcome"] == "accepted"
    assert digests(receipt)["case.json"] == sha256(before).hexdigest()
    assert archives.delivered_bytes(home, receipt)["case.json"] == before


@pytest.mark.parametrize(
    ("files", "change", "times"),
    [
        pytest.param({}, {}, 1, id="nothing changes"),
        pytest.param({}, {DOCUMENT: CONTENT[::-1]}, 1, id="what is not read changes"),
        pytest.param({}, {DOCUMENT: CONTENT + b"!"}, 2, id="the list changes"),
        pytest.param({STRAY: b"nothing"}, {}, 2, id="a file in the root might have become a descriptor"),
        pytest.param({b"a.xml": b"<x/>"}, {b"a.xml": b"<y/>"}, 2, id="what was looked into changes"),
        pytest.param({b"a.xml": b"<x/>" + b" " * (1 << 20)}, {}, 2, id="what was looked into is large"),
    ],
)
def test_a_package_is_read_again_in_staging_unless_what_was_read_was_staged(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: Mapping[bytes, bytes],
    change: Mapping[bytes, bytes],
    times: int,
) -> None:
    read: list[object] = []

    def counted(*arguments: Any, **named: Any) -> Any:
        read.append(arguments)
        return examine(*arguments, **named)

    monkeypatch.setattr(readings, "examine", counted)
    folder = written({**package(FILES), **files}, tmp_path / "mapp")
    taken_in(home, folder, lambda: written(change, folder))
    assert len(read) == times
