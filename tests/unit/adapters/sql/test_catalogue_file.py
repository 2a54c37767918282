"""A catalogue's file is moved with its log, and loses nothing to a kill in between."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.adapters.sql import catalogue_file
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.adapters.sql.catalogue_file import move_catalogue, remove_catalogue
from ingest.errors import OutOfSpace
from tests.contracts.catalogue_values import upload

ACTS = 8


class Killed(BaseException):
    """What no code of ours catches, as none outlives a kill."""


@pytest.fixture(scope="module")
def left_by_a_killed_writer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `old`, whose last commit is in its log alone, and `new`, an empty one that was closed."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("left") / "home"
    open_catalogue(source / "new").close()
    with open_catalogue(source / "old") as catalogue:
        catalogue.open_upload(upload())
        shutil.copytree(source, folder)
    assert (folder / "old-wal").stat().st_size > 0
    return folder


@pytest.fixture
def folder(left_by_a_killed_writer: Path, tmp_path: Path) -> Path:
    return shutil.copytree(left_by_a_killed_writer, tmp_path / "home")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _has_the_upload(catalogue: Path) -> bool:
    with open_catalogue(catalogue) as opened:
        return opened.uploads_from(upload().source.name) == (upload(),)


def _die_at(number_of_call: int, patch: pytest.MonkeyPatch) -> None:
    """Be killed before the nth act that changes what is in the folder, or makes it durable."""
    left = [number_of_call]

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return act(*arguments, **named)

        return counting

    for owner, name in ((Path, "replace"), (Path, "unlink"), (shutil, "copyfile"), (catalogue_file, "sync_path")):
        patch.setattr(owner, name, counted(getattr(owner, name)))


def test_all_that_was_committed_moves_along(folder: Path) -> None:
    move_catalogue(folder / "old", folder / "kept")
    assert _names(folder) == ["kept", "kept-wal", "new"]
    assert _has_the_upload(folder / "kept")


def test_no_log_is_left_to_a_stranger(folder: Path) -> None:
    (folder / "old").unlink()
    move_catalogue(folder / "new", folder / "old")
    assert _names(folder) == ["old"]
    assert not _has_the_upload(folder / "old")


@pytest.mark.parametrize("call", range(1, ACTS + 1))
def test_killed_at_any_act_one_name_has_the_whole(folder: Path, call: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _die_at(call, patch)
        with pytest.raises(Killed):
            move_catalogue(folder / "old", folder / "kept")
    (there,) = (name for name in ("old", "kept") if (folder / name).exists())
    assert _has_the_upload(folder / there)


def test_there_are_no_more_acts_than_were_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _die_at(ACTS + 1, monkeypatch)
    move_catalogue(folder / "old", folder / "kept")


def test_a_disk_too_full_for_the_log_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OutOfSpace):
        move_catalogue(folder / "old", folder / "kept")
    assert _names(folder) == ["new", "old", "old-shm", "old-wal"]
    assert _has_the_upload(folder / "old")


def test_what_is_removed_is_removed_with_its_log_however_often(folder: Path) -> None:
    for _ in range(2):
        remove_catalogue(folder / "old")
        assert _names(folder) == ["new"]
