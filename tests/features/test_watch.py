"""`earkiv watch`: systems that can only write files deliver and find receipts; a kill loses and doubles nothing."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.source_tree import REPOSITORY
from tests.features.front_door import BAD, SAMPLES, Answer, Door
from tests.features.serving import serving
from tests.patience import PATIENCE_SECONDS


def drop(folder: Path, sample: str, name: str = "", marker: str = ".ready") -> None:
    """Write as a careful system does: the package first, its note, and the marker last."""
    source, places = SAMPLES / sample, folder / "in"
    places.mkdir(parents=True, exist_ok=True)
    target = places / (name or sample)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
        note = source.with_suffix(".json")
        if note.is_file():
            shutil.copy(note, target.with_suffix(".json"))
    if marker:
        (places / f"{target.name}{marker}").touch()


def receipts(folder: Path) -> dict[str, str]:
    """Give the outcome that lies beside each drop, by the drop's name."""
    found = {}
    for place in (*(folder / "done").iterdir(), *(folder / "refused").iterdir()):
        (marker,) = place.glob("*.ready")
        receipt = json.loads((place / "receipt.json").read_text(encoding="utf-8"))
        assert (place / marker.stem).exists()
        assert receipt["signature"]
        assert (receipt["outcome"] == "accepted") == (place.parent.name == "done")
        found[marker.stem] = str(receipt["outcome"])
    return found


def once(door: Door, folder: Path, *options: str) -> Answer:
    return door.run("watch", folder, "--once", "--lang", "en", *options)


def test_what_is_complete_is_taken_in_and_what_is_not_is_left(tmp_path: Path) -> None:
    door, folder = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "drops"
    drop(folder, "klagomal-case-push")
    drop(folder, "flera-arenden-erms.zip")
    drop(folder, BAD)
    drop(folder, "bygglov-fgs12", marker="")
    answer = once(door, folder)
    assert answer.code == 1, answer
    assert receipts(folder) == {"klagomal-case-push": "accepted", "flera-arenden-erms.zip": "accepted", BAD: "rejected"}
    assert [path.name for path in (folder / "in").iterdir()] == ["bygglov-fgs12"]
    assert once(door, folder, "--settle", "1").code == 0
    assert receipts(folder)["bygglov-fgs12"] == "accepted"
    # The same again is the same delivery.
    drop(folder, "klagomal-case-push", "en-gang-till")
    assert once(door, folder).code == 0
    assert len(door.run("list", "--json").document) == 3


def test_while_another_has_the_archive_everything_waits_and_is_told(tmp_path: Path) -> None:
    door, folder = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "drops"
    drop(folder, "klagomal-case-push")
    with serving(tmp_path / "home"):
        answer = door.run("watch", folder, "--once", "--lang", "en", EARKIV_LOCK_WAIT="0")
        assert (answer.code, "is writing to the archive" in answer.err) == (2, True), answer
    assert once(door, folder).code == 0
    assert receipts(folder) == {"klagomal-case-push": "accepted"}


def test_a_drop_that_holds_a_pipe_holds_up_no_other(tmp_path: Path) -> None:
    door, folder = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "drops"
    drop(folder, "klagomal-case-push", "a-first")
    os.mkfifo(folder / "in" / "a-first" / "pipe")
    drop(folder, "klagomal-case-push", "b-second")
    answer = once(door, folder)
    assert answer.code in {1, 2}, answer
    assert receipts(folder)["b-second"] == "accepted"


@pytest.mark.ci
@pytest.mark.timeout(600)
def test_killed_again_and_again_every_drop_ends_in_one_package(tmp_path: Path) -> None:
    door, folder = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "drops"
    command = [sys.executable, "-m", "earkiv", "watch", str(folder), "--lang", "en"]
    chance = random.Random(39)  # noqa: S311 - when to kill, no secret
    for number in range(6):
        drop(folder, "klagomal-case-push", f"push-{number}")
        drop(folder, "bygglov-fgs12", f"fgs-{number}")
        with subprocess.Popen(command, cwd=REPOSITORY, env=door.environment(), stderr=subprocess.DEVNULL) as process:
            time.sleep(1 + 5 * chance.random())
            process.send_signal(signal.SIGKILL)
    assert once(door, folder).code == 0
    assert set(receipts(folder)) == {f"{kind}-{number}" for kind in ("push", "fgs") for number in range(6)}
    assert set(receipts(folder).values()) == {"accepted"}
    assert (list((folder / "in").iterdir()), list((folder / "taken").iterdir())) == ([], [])
    assert len(door.run("list", "--json").document) == 2
    assert door.run("verify", "--all").code == 0


def test_told_to_stop_it_ends_after_the_drop_at_hand(tmp_path: Path) -> None:
    door, folder = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "drops"
    drop(folder, "klagomal-case-push")
    command = [sys.executable, "-m", "earkiv", "watch", str(folder), "--lang", "en"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=REPOSITORY, env=door.environment(), **pipes) as process:  # type: ignore[call-overload]  # one of many overloads
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (folder / "done").is_dir() or not list((folder / "done").iterdir()):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.terminate()
        said, _ = process.communicate(timeout=60)
    assert (process.returncode, "accepted" in said) == (0, True)
    assert receipts(folder) == {"klagomal-case-push": "accepted"}
