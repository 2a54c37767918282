"""A broken machine never refuses a delivery: it says what to do, and the next run goes on where it was."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.application.validate_package import validate
from ingest.errors import SourceUnreadable
from samples.simulator.description import Delivery
from tests.architecture.source_tree import REPOSITORY
from tests.features import archives
from tests.unit.samples.described import BUILDERS, DELIVERIES

MIB = 2**20
BIG = 3 * MIB
BOUND = "tests.features.hand_over_bound"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    BUILDERS["csip"](DELIVERIES["bygglov"](), tmp_path / "small")
    return tmp_path / "small"


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A delivery with one document of 3 MiB."""
    BUILDERS["fgs12"](grown(DELIVERIES["klagomal"]()), tmp_path / "big")
    return tmp_path / "big"


def grown(told: Delivery) -> Delivery:
    """The same delivery, its first document filled up to 3 MiB."""
    case = told.cases[0]
    record = case.records[0]
    document = replace(record.documents[0], content=record.documents[0].content.ljust(BIG, b"\n"))
    records = (replace(record, documents=(document, *record.documents[1:])), *case.records[1:])
    return replace(told, cases=(replace(case, records=records),))


def bound(home: Path, path: Path, *limits: str) -> dict[str, Any]:
    """Hand over in a process of its own under limits, and tell how validating and taking in ended."""
    ended = subprocess.run(
        [sys.executable, "-m", BOUND, str(home), str(path), *limits],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def is_clear(fault: dict[str, Any], name: str, *, where: str) -> None:
    """The fault is of that class and says, in both languages, where and what to do."""
    assert fault["fault"] == name, fault
    assert where in fault["sv"]
    assert where in fault["en"]
    assert fault["sv"] != fault["en"]
    assert fault["remedy_sv"] != fault["remedy_en"]
    assert not fault["retry"]


@contextmanager
def disk(folder: Path, size: str) -> Iterator[None]:
    """A small file system; where none can be mounted the test is skipped visibly, and in CI it fails."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
    mounting = subprocess.run(command, check=False, capture_output=True, text=True)
    if mounting.returncode:
        missing = f"no file system can be mounted here: {mounting.stderr.strip()}"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def is_untouched(home: Path, before: dict[str, str], package: str) -> None:
    """Nothing is acknowledged, and what was stored lies as it lay."""
    after = archives.ocfl_tree(home)
    assert {path: after[path] for path in before} == before
    assert archives.packages(home) == (package,)
    assert not [path for path in set(after) - set(before) if path.endswith("inventory.json.sha256")]


def is_finished(home: Path, path: Path, receipt: archives.Receipt) -> None:
    """The delivery was taken in, once and whole, and nothing of the fault is left."""
    assert receipt["outcome"] == "accepted"
    assert archives.delivered_bytes(home, receipt) == archives.files_of(path)
    assert receipt["package"] in archives.packages(home)
    assert archives.staged(home) == []
    assert archives.ocfl_faults(home) == []


def test_a_file_that_may_not_grow_is_a_full_disk(home: Path, small: Path, big: Path) -> None:
    first = archives.hand_over_one(home, small)
    before = archives.ocfl_tree(home)
    ended = bound(home, big, f"fsize={2 * MIB}")["ingest"]
    is_clear(ended, "OutOfSpace", where=str(home))
    is_untouched(home, before, first["package"])
    receipt = bound(home, big)["ingest"]["receipt"]
    is_finished(home, big, receipt)
    assert archives.packages(home) == (first["package"], receipt["package"])


def test_a_full_disk_at_any_moment(tmp_path: Path, small: Path, big: Path) -> None:
    """Disks of growing size are full at ever later moments; room made, the next run ends the work."""
    faults, disks, began = 0, tmp_path / "disk", tmp_path / "began"
    first = archives.hand_over_one(began, small)
    before = archives.ocfl_tree(began)
    for spare in range(64, 4 * 1024, 512):
        home = disks / "home"
        with disk(disks, "64m"):
            shutil.copytree(began, home)
            free = os.statvfs(disks).f_bavail * os.statvfs(disks).f_frsize
            (disks / "ballast").write_bytes(bytes(free - spare * 1024))
            ended = bound(home, big)["ingest"]
            if "fault" in ended:
                faults += 1
                is_clear(ended, "OutOfSpace", where=str(home))
            (disks / "ballast").unlink()
            if "fault" in ended:
                is_untouched(home, before, first["package"])
            is_finished(home, big, archives.hand_over_one(home, big))
            assert len(archives.packages(home)) == 2
    assert faults >= 6


def test_a_disk_that_became_read_only(tmp_path: Path, small: Path, big: Path) -> None:
    disks, home = tmp_path / "disk", tmp_path / "disk" / "home"
    with disk(disks, "64m"):
        first = archives.hand_over_one(home, small)
        before = archives.tree(home)
        remount(disks, "ro")
        ended = bound(home, big)["ingest"]
        is_clear(ended, "StoreReadOnly", where=str(home))
        assert archives.tree(home) == before
        assert archives.packages(home) == (first["package"],)
        remount(disks, "rw")
        is_finished(home, big, archives.hand_over_one(home, big))


@contextmanager
def modes(folders: list[Path], mode: int) -> Iterator[None]:
    """Other rights on folders or files until the block ends."""
    former = [folder.stat().st_mode for folder in folders]
    for folder in folders:
        folder.chmod(mode)
    try:
        yield
    finally:
        for folder, rights in zip(folders, former, strict=True):
            folder.chmod(rights)


def test_a_home_without_the_right_to_write(home: Path, small: Path, big: Path) -> None:
    first = archives.hand_over_one(home, small)
    before = archives.tree(home)
    everything = [home, *(path for path in home.rglob("*") if not path.is_symlink())]
    with modes(everything, 0o500):
        ended = bound(home, big, "modes")["ingest"]
        is_clear(ended, "StoreReadOnly", where=str(home))
    assert archives.tree(home) == before
    assert archives.packages(home) == (first["package"],)
    is_finished(home, big, archives.hand_over_one(home, big))


def test_a_home_that_cannot_be_made(tmp_path: Path, small: Path) -> None:
    (tmp_path / "closed").mkdir()
    with modes([tmp_path / "closed"], 0o500):
        ended = bound(tmp_path / "closed" / "home", small, "modes")["ingest"]
    is_clear(ended, "StoreReadOnly", where=str(tmp_path / "closed" / "home"))
    assert list((tmp_path / "closed").iterdir()) == []


@pytest.mark.parametrize("part", ["archive", "staging"])
def test_a_store_that_became_read_only_in_the_middle(home: Path, small: Path, big: Path, part: str) -> None:
    first = archives.hand_over_one(home, small)
    before = archives.ocfl_tree(home)
    folders = [home / part, *(path for path in (home / part).rglob("*") if path.is_dir())]
    with modes(folders, 0o500):
        ended = bound(home, big, "modes")["ingest"]
        is_clear(ended, "StoreReadOnly", where=str(home / part))
    is_untouched(home, before, first["package"])
    is_finished(home, big, archives.hand_over_one(home, big))
    assert len(archives.packages(home)) == 2


def test_the_work_that_a_fault_stopped_is_ended_without_its_source(home: Path, small: Path, big: Path) -> None:
    """Received is durable: the next run ends it, whatever it was started for."""
    archives.hand_over_one(home, small)
    folders = [home / "archive", *(path for path in (home / "archive").rglob("*") if path.is_dir())]
    with modes(folders, 0o500):
        assert "fault" in bound(home, big, "modes")["ingest"]
    big.rename(big.with_name("elsewhere"))
    assert bound(home, small)["ingest"]["receipt"]["outcome"] == "accepted"
    assert len(archives.packages(home)) == 2


@pytest.mark.parametrize("kind", ["folder", "file in it", "container"])
def test_what_may_not_be_read(home: Path, small: Path, big: Path, tmp_path: Path, kind: str) -> None:
    first = archives.hand_over_one(home, small)
    before = archives.tree(home / "archive")
    container = archives.zipped(big, tmp_path / "big.zip")
    closed, handed = {
        "folder": (big / "Content", big),
        "file in it": (big / "sip.xml", big),
        "container": (container, container),
    }[kind]
    with modes([closed], 0):
        ended = bound(home, handed, "modes")
    is_clear(ended["ingest"], "SourceUnreadable", where=closed.relative_to(tmp_path).as_posix())
    is_clear(ended["validate"], "SourceUnreadable", where=closed.relative_to(tmp_path).as_posix())
    assert archives.tree(home / "archive") == before
    assert archives.packages(home) == (first["package"],)
    receipt = archives.hand_over_one(home, handed)
    is_finished(home, big, receipt)


def test_what_is_not_there(home: Path, small: Path, tmp_path: Path) -> None:
    archives.hand_over_one(home, small)
    before = archives.tree(home / "archive")
    for judge in (validate, lambda path: archives.hand_over_one(home, path)):
        with pytest.raises(SourceUnreadable) as fault:
            judge(tmp_path / "borta")
        assert "borta" in fault.value.sv
        assert "borta" in fault.value.en
    assert archives.tree(home / "archive") == before
