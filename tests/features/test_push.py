"""`earkiv push`: what a producer's system runs, against a real server."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from tests.features.api_client import KEY, Client, served
from tests.features.front_door import BAD, SAMPLES, Door
from tests.features.serving import free_port, serving

FOLDERS = ("bygglov-fgs12", "klagomal-case-push", "skolarende-csip.zip", "flera-arenden-erms.zip")


def _address(client: Client) -> str:
    return str(client.http.base_url)


def _door(tmp_path: Path) -> Door:
    return Door(home=tmp_path / "unused", settings={"EARKIV_API_KEY": KEY})


def test_folders_and_containers_get_the_receipts_that_ingest_would_give(tmp_path: Path) -> None:
    paths = [SAMPLES / name for name in FOLDERS]
    with served(tmp_path / "home") as client:
        answer = _door(tmp_path).run("push", _address(client), *paths, "--json")
        again = _door(tmp_path).run("push", _address(client), *paths, "--json")
    assert answer.code == again.code == 0, answer.err
    assert [receipt["outcome"] for receipt in answer.document] == ["accepted"] * len(FOLDERS)
    assert again.document == answer.document
    here = Door(home=tmp_path / "other").run("ingest", *paths, "--json").document
    files = [[[(f["path"], f["sha256"]) for f in one["files"]] for one in side] for side in (here, answer.document)]
    assert files[0] == files[1]
    assert not (tmp_path / "unused").exists()


def test_a_refused_one_makes_the_exit_code_one_and_says_why(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        rejected = _door(tmp_path).run("push", _address(client), SAMPLES / BAD, "--lang", "en")
        (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
        at_once = _door(tmp_path).run("push", _address(client), tmp_path / "x.pdf", "--json")
    assert rejected.code == 1
    assert "EARKIV-CASE-1" in rejected.out
    assert (at_once.code, at_once.document["outcome"]) == (1, "rejected")
    assert [finding["rule"] for finding in at_once.document["findings"]] == ["EARKIV-PKG-1"]


def test_the_same_id_with_other_content_is_a_conflict(tmp_path: Path) -> None:
    changed = tmp_path / "klagomal-case-push"
    shutil.copytree(SAMPLES / "klagomal-case-push", changed)
    descriptor = changed / "case.json"
    descriptor.write_bytes(descriptor.read_bytes().replace(b"closed", b"ad_acta", 1))
    with served(tmp_path / "home") as client:
        assert _door(tmp_path).run("push", _address(client), SAMPLES / "klagomal-case-push").code == 0
        answer = _door(tmp_path).run("push", _address(client), changed, "--json")
    assert answer.code == 1
    assert answer.document["problem"]["status"] == 409


@pytest.mark.parametrize(
    ("address", "settings", "said"),
    [
        ("arkiv.example.se", {}, "no address"),
        ("ftp://arkiv.example.se", {}, "no address"),
        ("http://127.0.0.1:9", {"EARKIV_API_KEY": ""}, "EARKIV_API_KEY"),
    ],
)
def test_what_cannot_be_sent_is_told(tmp_path: Path, address: str, settings: dict[str, str], said: str) -> None:
    answer = _door(tmp_path).run("push", address, SAMPLES / BAD, "--lang", "en", **settings)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_wrong_key_is_told_in_the_archives_words(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        door = Door(home=tmp_path / "unused", settings={"EARKIV_API_KEY": "fel"})
        answer = door.run("push", _address(client), SAMPLES / BAD, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "401" in answer.err


def test_it_goes_on_when_the_archive_comes_back(tmp_path: Path) -> None:
    port = free_port()
    answers = []

    def push() -> None:
        answers.append(
            _door(tmp_path).run("push", f"http://127.0.0.1:{port}", SAMPLES / "klagomal-case-push", "--json")
        )

    pushing = threading.Thread(target=push)
    pushing.start()
    time.sleep(2)
    with serving(tmp_path / "home", port=port):
        pushing.join()
    assert answers[0].code == 0, answers[0].err
    assert answers[0].document["outcome"] == "accepted"


def test_without_waiting_it_says_that_it_is_received(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        answer = _door(tmp_path).run("push", _address(client), SAMPLES / "klagomal-case-push", "--wait", "0", "--json")
    assert (answer.code, answer.document["outcome"]) == (0, "undecided")
