"""Drops are claimed whole and once, whatever is interrupted, and nothing strange is touched."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters import drop_folder
from ingest.adapters.drop_folder import DropFolder
from ingest.drop_ports import Filed


def dropped(root: Path, name: str, content: bytes = b"x", marker: str = ".ready") -> None:
    (root / "in" / name).write_bytes(content)
    if marker:
        (root / "in" / f"{name}{marker}").touch()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_drop_is_taken_when_its_marker_is_there_and_its_note_with_it(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, "a.zip")
    dropped(tmp_path, "b.zip", marker="")
    (tmp_path / "in" / "a.json").write_text("{}")
    assert folder.marked() == ("a.zip",)
    folder.claim("a.zip", "one")
    (claim,) = folder.claims()
    assert claim.source == tmp_path / "taken" / "one" / "a.zip"
    assert names(tmp_path / "taken" / claim.place) == ["a.json", "a.zip", "a.zip.ready"]
    assert names(tmp_path / "in") == ["b.zip"]


@pytest.mark.parametrize(("name", "note"), [("a.tar.gz", "a.json"), ("b.zip", "b.JSON"), ("c.d", "c.d.json")])
def test_the_note_that_is_read_beside_a_drop_comes_with_it(tmp_path: Path, name: str, note: str) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, name)
    (tmp_path / "in" / note).write_text("{}")
    (tmp_path / "in" / "c.json").write_text("{}")
    folder.claim(name, "one")
    assert names(tmp_path / "taken" / "one") == sorted([name, f"{name}.ready", note])
    assert names(tmp_path / "in") == ["c.json"]


def test_folders_are_drops_too(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    (tmp_path / "in" / "mapp").mkdir()
    (tmp_path / "in" / "mapp" / "a.txt").write_bytes(b"x")
    (tmp_path / "in" / "mapp.ready").touch()
    (found,) = folder.marked()
    folder.claim(found, "one")
    assert [claim.name for claim in folder.claims()] == ["mapp"]


def test_a_filed_drop_has_its_receipt_beside_it_and_is_gone_from_everywhere_else(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, "a.zip")
    folder.claim("a.zip", "one")
    (claim,) = folder.claims()
    folder.file(claim, b"{}", Filed.REFUSED)
    assert names(tmp_path / "refused" / "one") == ["a.zip", "a.zip.ready", "receipt.json"]
    assert (tmp_path / "refused" / "one" / "receipt.json").read_bytes() == b"{}"
    assert (names(tmp_path / "in"), names(tmp_path / "taken"), names(tmp_path / "done")) == ([], [], [])


@pytest.mark.parametrize("name", ["receipt.zip", "receipt.json", "Receipt.tar", "receipt"])
def test_a_drop_that_is_called_as_its_receipt_is_kept_beside_it_after_a_kill_too(tmp_path: Path, name: str) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, name, b"the package")
    note = Path(name).with_suffix(".json").name
    if note != name:
        (tmp_path / "in" / note).write_bytes(b"the note")
    folder.claim(name, "one")
    (claim,) = folder.claims()
    with pytest.MonkeyPatch.context() as monkeypatch:
        cutting(monkeypatch, 3)  # the receipt is in place, the drop is not put away yet
        with pytest.raises(Cut):
            folder.file(claim, b"first", Filed.DONE)
    assert (tmp_path / "taken" / claim.place / "earkiv-receipt.json").read_bytes() == b"first"
    (again,) = DropFolder(tmp_path).claims()
    folder.file(again, b"second", Filed.DONE)
    filed = {path.name: path.read_bytes() for path in (tmp_path / "done" / "one").iterdir() if path.suffix != ".ready"}
    note_kept = {} if note == name else {note: b"the note"}
    assert filed == {name: b"the package", "earkiv-receipt.json": b"second", **note_kept}


def test_a_folder_that_is_called_as_a_receipt_is_filed(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    (tmp_path / "in" / "receipt.json").mkdir()
    (tmp_path / "in" / "receipt.json.ready").touch()
    folder.claim("receipt.json", "one")
    (claim,) = folder.claims()
    folder.file(claim, b"{}", Filed.REFUSED)
    assert names(tmp_path / "refused" / "one") == ["earkiv-receipt.json", "receipt.json", "receipt.json.ready"]


def test_links_pipes_and_hidden_or_unfinished_names_are_left_where_they_lie(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    secret = tmp_path / "secret.zip"
    secret.write_bytes(b"s")
    places = tmp_path / "in"
    (places / "link.zip").symlink_to(secret)
    os.mkfifo(places / "pipe.zip")
    for name in ("link.zip", "pipe.zip", ".hidden.zip", "absent.zip", ""):
        (places / f"{name}.ready").touch()
    (places / ".hidden.zip").write_bytes(b"x")
    dropped(tmp_path, "real.zip", marker="")
    (places / "real.zip.ready").symlink_to(secret)
    for name in ("a.zip.part", "b.tmp", "note.json"):
        dropped(tmp_path, name, marker="")
    before = names(places)
    assert folder.marked() == ()
    assert folder.unmarked() == {}
    assert names(places) == before


def test_a_link_that_takes_a_drops_place_at_the_last_moment_is_never_followed(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, "a.zip")
    (tmp_path / "secret").write_bytes(b"s")
    (tmp_path / "in" / "a.zip").unlink()
    (tmp_path / "in" / "a.zip").symlink_to(tmp_path / "secret")
    folder.claim("a.zip", "one")
    assert list(folder.claims()) == []
    assert (tmp_path / "secret").read_bytes() == b"s"


@pytest.mark.parametrize(
    "name", ["å ä ö (100%).zip", "rad\nbryt.zip", "-rf.zip", os.fsdecode(b"latin\xe5.zip"), "a.b.zip"]
)
def test_whatever_a_name_is_it_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    folder = DropFolder(tmp_path)
    dropped(tmp_path, name)
    (found,) = folder.marked()
    folder.claim(found, "one")
    assert [claim.name for claim in folder.claims()] == [name]


def test_what_is_still_being_written_looks_different_each_time(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    (tmp_path / "in" / "mapp" / "under").mkdir(parents=True)
    first = folder.unmarked()["mapp"]
    assert folder.unmarked()["mapp"] == first
    (tmp_path / "in" / "mapp" / "under" / "a.txt").write_bytes(b"x")
    second = folder.unmarked()["mapp"]
    assert second != first
    (tmp_path / "in" / "mapp" / "under" / "a.txt").write_bytes(b"xy")
    assert folder.unmarked()["mapp"] != second


class Cut(BaseException):
    """A power cut: nothing catches it, and nothing is done after it."""


def cutting(monkeypatch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Cut before the step of that number; the list holds how many there were."""
    steps = [0]

    def before(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            steps[0] += 1
            if steps[0] == at:
                raise Cut
            return step(*arguments, **named)

        return run

    for owner, name in ((Path, "rename"), (Path, "mkdir"), (drop_folder, "sync_path"), (drop_folder, "_write")):
        monkeypatch.setattr(owner, name, before(getattr(owner, name)))
    return steps


def one_pass(root: Path, place: str, seen: list[str]) -> None:
    """Take what is there: what the archive is told is a repeat by its content, so twice is no harm, and never is."""
    folder = DropFolder(root)
    folder.resume()
    for number, name in enumerate((*folder.marked(), *folder.unmarked())):
        folder.claim(name, f"{place}-{number}")
    for claim in folder.claims():
        assert isinstance(claim.source, Path)
        seen.append(f"{claim.name}={claim.source.read_text()}, note {claim.source.with_suffix('.json').exists()}")
        folder.file(claim, b"{}", Filed.DONE)


@pytest.mark.parametrize("marker", [".ready", ""])
def test_cut_off_at_any_step_every_drop_ends_in_one_place_with_its_note(tmp_path: Path, marker: str) -> None:
    at = 0
    while True:
        at += 1
        root = tmp_path / str(at)
        DropFolder(root)
        for name in ("a", "b"):
            (root / "in" / f"{name}.json").write_text("{}")
            dropped(root, f"{name}.zip", name.encode(), marker)
        seen: list[str] = []
        with pytest.MonkeyPatch.context() as monkeypatch:
            steps = cutting(monkeypatch, at)
            try:
                one_pass(root, "first", seen)
            except Cut:
                pass
            else:
                assert at > steps[0] > 10
                return
        one_pass(root, "second", seen)
        assert set(seen) == {"a.zip=a, note True", "b.zip=b, note True"}, at
        assert (names(root / "in"), names(root / "taken")) == ([], []), at
        held = sorted(path.name for path in (root / "done").rglob("*") if path.is_file() and path.suffix != ".ready")
        assert held == ["a.json", "a.zip", "b.json", "b.zip", "receipt.json", "receipt.json"], at


def test_a_stray_file_among_the_claims_holds_up_nobody(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path)
    (tmp_path / "taken" / "stray").touch()
    dropped(tmp_path, "a.zip")
    folder.claim("a.zip", "one")
    folder.resume()
    assert [claim.name for claim in folder.claims()] == ["a.zip"]


def test_a_shared_note_that_may_not_be_read_goes_with_the_first_drop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DropFolder(tmp_path)
    for name in ("a.tar", "a.zip"):
        dropped(tmp_path, name)
    (tmp_path / "in" / "a.json").write_text("{}")
    monkeypatch.setattr(os, "access", lambda *_: False)
    folder.claim("a.tar", "one")
    folder.claim("a.zip", "two")
    assert names(tmp_path / "taken" / "one") == ["a.json", "a.tar", "a.tar.ready"]
    assert names(tmp_path / "taken" / "two") == ["a.zip", "a.zip.ready"]


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_shared_note_is_whole_where_two_watchers_bring_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_copied: bool
) -> None:
    folder, other, copy, met = DropFolder(tmp_path), DropFolder(tmp_path), vars(drop_folder)["_copy"], list[Path]()

    def meeting(source: Path, target: Path) -> None:
        if is_copied:
            copy(source, target)
        if not met:
            met.append(target)
            other.resume()
        if not is_copied:
            copy(source, target)

    for name in ("a.tar", "a.zip"):
        dropped(tmp_path, name)
    (tmp_path / "in" / "a.json").write_text('{"a": 1}')
    monkeypatch.setattr(drop_folder, "_copy", meeting)
    folder.claim("a.zip", "one")
    (claim,) = folder.claims()
    folder.file(claim, b"{}", Filed.DONE)
    assert met
    assert names(tmp_path / "done" / "one") == ["a.json", "a.zip", "a.zip.ready", "receipt.json"]
    assert (tmp_path / "done" / "one" / "a.json").read_text() == '{"a": 1}'
    assert names(tmp_path / "in") == ["a.json", "a.tar", "a.tar.ready"]
