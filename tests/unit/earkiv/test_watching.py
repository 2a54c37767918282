"""What a watched folder's keeper does when the machine stumbles, or a person has to decide first."""

import signal
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli import watching
from earkiv.cli.endings import WrongUse
from earkiv.cli.session import Session, opened
from earkiv.cli.watching import Errand, take_once, watch
from ingest.adapters import drop_folder
from ingest.adapters.drop_folder import DropFolder
from ingest.config import Language
from ingest.drop_ports import Filed
from ingest.errors import (
    DamageFound,
    EarkivError,
    InvalidKey,
    ObjectExists,
    ObjectMissing,
    OutOfSpace,
    ProgramFault,
    SourceUnreadable,
    StoreReadOnly,
    StoreUnavailable,
)

Answer = Callable[[Path], dict[str, Any]]


def dropped(root: Path, *names: str) -> None:
    DropFolder(root)
    for name in names:
        (root / "in" / name).write_bytes(b"x")
        (root / "in" / f"{name}.ready").touch()


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Session:
    monkeypatch.setenv("EARKIV_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(watching, "require_schemas", lambda _session: None)
    return opened(Language.ENGLISH, as_json=False)


def answering(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> list[str]:
    """Let an archive that answers like this take drops in; the list holds what it was given."""
    given: list[str] = []

    def taken_in(paths: Iterable[Path], _agreement: str, _session: Session) -> Generator[dict[str, Any], None, None]:
        for path in paths:
            given.append(path.name)
            yield answer(path)

    monkeypatch.setattr(watching, "taken_in", taken_in)
    return given


def accepted(_path: Path) -> dict[str, Any]:
    return {"outcome": "accepted", "signature": "s"}


def failing(name: str, fault: EarkivError) -> Answer:
    def answer(path: Path) -> dict[str, Any]:
        if path.name == name:
            raise fault
        return accepted(path)

    return answer


def errand(root: Path) -> Errand:
    return Errand(place=DropFolder(root), agreement="default", settle=None)


@pytest.mark.parametrize(
    "fault",
    [
        SourceUnreadable("nej", "unreadable"),
        ProgramFault("nej", "a fault"),
        DamageFound("nej", "damaged"),
        ObjectMissing("nej", "missing"),
        ObjectExists("nej", "taken"),
        InvalidKey("nej", "too long a name"),
    ],
)
def test_a_drop_over_which_the_machine_stumbles_holds_up_no_other(
    tmp_path: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: EarkivError,
) -> None:
    dropped(tmp_path, "a", "b", "c")
    given = answering(monkeypatch, failing("b", fault))
    assert take_once(errand(tmp_path), session) == 2
    assert sorted(given) == ["a", "b", "c"]
    assert len(list((tmp_path / "done").iterdir())) == 2
    assert fault.en in capsys.readouterr().err
    answering(monkeypatch, accepted)
    assert take_once(errand(tmp_path), session) == 0
    assert len(list((tmp_path / "done").iterdir())) == 3


def test_a_fault_of_the_whole_machine_ends_the_pass_and_everything_waits(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(tmp_path, "a", "b")
    answering(monkeypatch, failing("a", OutOfSpace("fullt", "full")))
    with pytest.raises(OutOfSpace):
        take_once(errand(tmp_path), session)
    answering(monkeypatch, accepted)
    assert take_once(errand(tmp_path), session) == 0
    assert len(list((tmp_path / "done").iterdir())) == 2


def test_what_another_watcher_has_filed_while_it_waited_for_the_archive_is_not_taken_in_again(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(tmp_path, "a", "b", "c")

    def answer(path: Path) -> dict[str, Any]:
        for other in DropFolder(tmp_path).claims():
            if other.source != path:
                DropFolder(tmp_path).file(other, b"{}", Filed.DONE)
        return accepted(path)

    given = answering(monkeypatch, answer)
    assert take_once(errand(tmp_path), session) == 0
    assert len(given) == 1
    assert len(list((tmp_path / "done").iterdir())) == 3


def test_the_archive_is_tidied_when_all_drops_are_taken_in(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    def taken_in(paths: Iterable[Path], _agreement: str, _session: Session) -> Generator[dict[str, Any], None, None]:
        yield from map(accepted, paths)
        ended.append("tidied")

    dropped(tmp_path, "a", "b")
    monkeypatch.setattr(watching, "taken_in", taken_in)
    assert (take_once(errand(tmp_path), session), ended) == (0, ["tidied"])


def test_the_place_that_is_set_is_watched_where_none_is_named(tmp_path: Path, session: Session) -> None:
    with pytest.raises(WrongUse):
        watching.opened_place(None, session)
    drops = replace(session.settings.drops, place=str(tmp_path / "set"))
    set_one = replace(session, settings=replace(session.settings, drops=drops))
    assert watching.opened_place(None, set_one).shown == str(tmp_path / "set")
    assert watching.opened_place(str(tmp_path / "named"), set_one).shown == str(tmp_path / "named")


@pytest.mark.parametrize("fault", [OutOfSpace("fullt", "the disk is full"), StoreUnavailable("nej", "no answer")])
def test_a_fault_of_the_whole_machine_does_not_end_the_watch_and_the_other_drops_come_next(
    tmp_path: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: EarkivError,
) -> None:
    monkeypatch.setattr(watching, "_FAULT_SECONDS", 0.01)
    monkeypatch.setattr(drop_folder, "_LOOK_SECONDS", 0.01)
    dropped(tmp_path, "a", "b")
    faults = [fault]

    def answer(path: Path) -> dict[str, Any]:
        if faults:
            raise faults.pop()
        signal.raise_signal(signal.SIGTERM)
        return accepted(path)

    given = answering(monkeypatch, answer)
    assert watch(errand(tmp_path), session) == 0
    assert fault.en in capsys.readouterr().err
    first, second = given
    assert (first == second) is not isinstance(fault, OutOfSpace)


def test_what_a_person_has_to_mend_for_every_drop_ends_the_watch(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(tmp_path, "a")
    answering(monkeypatch, failing("a", StoreReadOnly("nej", "read-only")))
    with pytest.raises(StoreReadOnly):
        watch(errand(tmp_path), session)


def test_a_drop_that_is_held_stays_until_it_is_decided(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(tmp_path, "a")
    answering(monkeypatch, lambda _path: {"outcome": "held", "signature": None})
    assert take_once(errand(tmp_path), session) == 0
    assert [*(tmp_path / "done").iterdir(), *(tmp_path / "refused").iterdir()] == []
    answering(monkeypatch, lambda _path: {"outcome": "rejected", "signature": "s"})
    assert take_once(errand(tmp_path), session) == 1
    assert len(list((tmp_path / "refused").iterdir())) == 1
