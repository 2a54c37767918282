"""The same delivery again: one AIP and the same receipt, whatever it is packed in and whenever it comes."""

import json
import multiprocessing
import os
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.adapters.heartbeat import alive, new_owner
from ingest.adapters.sql.processes import worker_here
from ingest.application.consult_archive import timeline_of
from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import Archive
from ingest.domain.agreements import DEFAULT_AGREEMENT
from samples.simulator.containers import write_tar, write_zip
from tests.features import archives
from tests.features.archives import Receipt
from tests.unit.samples.described import BUILDERS, DELIVERIES

PUSHED = "klagomal"


def gzipped(folder: Path, container: Path, *, root: str = "") -> None:
    """Pack a folder as TAR.GZ, its files in another order than the other containers have them."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    with tarfile.open(container, "w:gz") as archive:
        for path in files:
            archive.add(path, arcname=f"{root}/{path.relative_to(folder)}" if root else str(path.relative_to(folder)))


PACKERS: dict[str, Callable[..., None]] = {"zip": write_zip, "tar": write_tar, "tar.gz": gzipped}


@pytest.fixture(params=sorted(BUILDERS))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A delivery of each dialect as a folder."""
    BUILDERS[request.param](DELIVERIES[PUSHED](), tmp_path / "leverans")
    return tmp_path / "leverans"


@pytest.fixture
def pushed(tmp_path: Path) -> Path:
    BUILDERS["case-push"](DELIVERIES[PUSHED](), tmp_path / "leverans")
    return tmp_path / "leverans"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_twice_is_once(folder: Path, home: Path) -> None:
    first = archives.hand_over_one(home, folder)
    before = archives.tree(home / "archive")
    assert archives.hand_over(home, folder, folder) == (first, first)
    assert first["outcome"] == "accepted"
    assert archives.tree(home / "archive") == before
    assert archives.packages(home) == (first["package"],)
    assert archives.staged(home) == []


def test_the_container_makes_no_difference(folder: Path, home: Path, tmp_path: Path) -> None:
    paths = [folder]
    for suffix, pack in PACKERS.items():
        for root in ("", "paket"):
            paths.append(tmp_path / f"{root or 'bar'}.{suffix}")
            pack(folder, paths[-1], root=root)
    wrapped = archives.copied(folder, tmp_path / "yttre" / "inre").parent
    receipts = archives.hand_over(home, *paths, wrapped)
    assert {receipt["receipt"] for receipt in receipts} == {receipts[0]["receipt"]}
    assert receipts[0]["outcome"] == "accepted"
    assert archives.packages(home) == (receipts[0]["package"],)


@pytest.mark.parametrize("suffix", sorted(PACKERS))
def test_a_container_first_and_then_the_folder(pushed: Path, home: Path, tmp_path: Path, suffix: str) -> None:
    container = tmp_path / f"paket.{suffix}"
    PACKERS[suffix](pushed, container, root="paket")
    first, second = archives.hand_over(home, container, pushed)
    assert first == second
    assert archives.delivered_bytes(home, first) == archives.files_of(pushed)


def test_other_bytes_of_a_pushed_case_are_another_delivery(pushed: Path, home: Path) -> None:
    """A receipt names the digest of `case.json` too: the same answer would speak of another file."""
    archives.hand_over_one(home, pushed)
    written = json.loads((pushed / "case.json").read_text(encoding="utf-8"))
    (pushed / "case.json").write_text(json.dumps(written, indent=7), encoding="utf-8")
    assert archives.errors_of(archives.hand_over_one(home, pushed)) == ["EARKIV-DLV-1"]


def test_a_refusal_is_repeated_too(tmp_path: Path, home: Path) -> None:
    BUILDERS["fgs12"](DELIVERIES["marklov"](), tmp_path / "leverans")
    first, second = archives.hand_over(home, tmp_path / "leverans", tmp_path / "leverans")
    assert first == second
    assert first["outcome"] == "rejected"
    assert archives.staged(home) == []


def test_an_unreadable_delivery_is_repeated_too(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.txt").write_text("inget paket")
    (tmp_path / "b.txt").write_text("inget paket")
    first, second = archives.hand_over(home, tmp_path / "a.txt", tmp_path / "b.txt")
    assert first == second
    assert archives.staged(home) == []


def test_a_repeat_adds_nothing_to_the_timeline(pushed: Path, home: Path) -> None:
    receipt = archives.hand_over_one(home, pushed)
    with archives.opened(home) as archive:
        before = timeline_of(receipt["package"], archive.ports)
        ingest_path(pushed, DEFAULT_AGREEMENT, archive.owner, archive.ports)
        assert timeline_of(receipt["package"], archive.ports) == before


def at_once(archive: Archive, paths: tuple[Path, ...]) -> list[Receipt]:
    """Hand over from as many workers of one process, which all start at the same moment."""
    ready, answers = threading.Barrier(len(paths)), []
    terms = archives.terms_of(archive, DEFAULT_AGREEMENT.id)

    def hand_over(path: Path) -> None:
        worker = worker_here(new_owner())
        with alive(archive.ports.catalogue, worker):
            ready.wait()
            answers.append(ingest_path(path, terms, worker.owner, archive.ports))

    threads = [threading.Thread(target=hand_over, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("turn", range(2))
def test_two_at_the_same_instant_in_one_process(folder: Path, home: Path, tmp_path: Path, turn: int) -> None:
    copy = archives.copied(folder, tmp_path / f"kopia-{turn}")
    with archives.opened(home) as archive:
        answers = at_once(archive, (folder, copy))
    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert archives.packages(home) == (answers[0]["package"],)
    assert archives.staged(home) == []
    assert archives.ocfl_faults(home) == []


def test_the_same_folder_from_many_at_the_same_instant(pushed: Path, home: Path) -> None:
    with archives.opened(home) as archive:
        answers = at_once(archive, (pushed,) * 4)
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)
    assert archives.packages(home) == (answers[0]["package"],)
    assert archives.staged(home) == []


def test_different_deliveries_at_the_same_instant_do_not_mix(tmp_path: Path, home: Path) -> None:
    told = {name: tmp_path / name for name in ("bygglov", "klagomal", "skolskjuts", "foreningsbidrag")}
    for name, path in told.items():
        BUILDERS["case-push"](DELIVERIES[name](), path)
    with archives.opened(home) as archive:
        answers = at_once(archive, tuple(told.values()))
    assert {answer["delivery"] for answer in answers} == {DELIVERIES[name]().identity for name in told}
    sources = {DELIVERIES[name]().identity: path for name, path in told.items()}
    for answer in answers:
        assert archives.delivered_bytes(home, answer) == archives.files_of(sources[answer["delivery"]])
    assert archives.ocfl_faults(home) == []


CHILDREN = multiprocessing.get_context("spawn")


def child(home: str, path: str, answer: str) -> None:
    """Hand over in a process of its own, as soon as the file `go` is there."""
    while not Path(home).with_name("go").exists():
        time.sleep(0.005)
    receipt = archives.hand_over_one(Path(home), Path(path))
    Path(answer).write_text(json.dumps({"pid": os.getpid(), "receipt": receipt}))


def test_two_processes_at_the_same_instant_wait_for_each_other(pushed: Path, home: Path, tmp_path: Path) -> None:
    answers = [tmp_path / f"svar-{number}.json" for number in range(2)]
    processes = [CHILDREN.Process(target=child, args=(str(home), str(pushed), str(answer))) for answer in answers]
    for process in processes:
        process.start()
    (tmp_path / "go").touch()
    for process in processes:
        process.join(timeout=120)
    assert [process.exitcode for process in processes] == [0, 0]
    first, second = (json.loads(answer.read_text()) for answer in answers)
    assert first["pid"] != second["pid"]
    assert first["receipt"] == second["receipt"]
    assert archives.packages(home) == (first["receipt"]["package"],)
