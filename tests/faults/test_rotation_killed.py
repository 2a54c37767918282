"""A change of signing keys is killed at each of its calls; called again, it is made, and once."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pytest

from audit.verification import verify_packages
from ingest.adapters.home import Home
from ingest.adapters.signing import create_key
from ingest.application.journal_keys import signing_keys
from ingest.application.manage_signing_keys import report_compromise
from ingest.bootstrap import reading, signing, writing
from ingest.bootstrap.signing import rotate_key
from ingest.domain.signing_keys import KeyStatus
from tests.faults.counting import Tally, counted
from tests.faults.runs import in_child, settings_for

LEAK: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a child is to do: let a key sign, or report it; it dies at that call, None never."""

    home: Path
    key: str
    die_at: int | None


def _rotate(change: Change, answer: Connection) -> None:
    tally = Tally(change.die_at)
    with signing(settings_for(change.home)) as archive:
        rotate_key(change.key, Home(root=change.home), counted(archive.ports, tally))
    answer.send(tuple(tally.calls))


def _report(change: Change, answer: Connection) -> None:
    tally = Tally(change.die_at)
    with signing(settings_for(change.home)) as archive:
        report_compromise(change.key, LEAK, "Prov", counted(archive.ports, tally))
    answer.send(tuple(tally.calls))


def _status(home: Path) -> list[tuple[str, KeyStatus]]:
    with reading(settings_for(home)) as archive:
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()
        return [(key.id, key.status) for key in signing_keys(archive.ports)]


def _each_killed(home: Path, key: str, work: Callable[[Change, Connection], None], expected: list[KeyStatus]) -> None:
    before = _status(home)
    undisturbed = Change(home=shutil.copytree(home, home.parent / "undisturbed"), key=key, die_at=None)
    calls = in_child(work, undisturbed)
    assert {"signer.sign", "catalogue.add_journal_record"} <= set(calls)
    recorded = calls.index("catalogue.add_journal_record") + 1
    for place, call in enumerate(calls, 1):
        where = f"killed at call {place} ({call})"
        change = replace(undisturbed, home=shutil.copytree(home, home.parent / "killed"), die_at=place)
        assert in_child(work, change) is None, where
        # Nothing is changed before the catalogue knows of it: until then it may lie in one copy alone.
        assert (_status(change.home) == before) == (place <= recorded), where
        with writing(settings_for(change.home)) as archive:
            assert archive.ports.signer.key_id in {known for known, _ in _status(change.home)}, where
        assert in_child(work, replace(change, die_at=None)) is not None, where
        assert [status for _, status in _status(change.home)] == expected, where
        shutil.rmtree(change.home)


@pytest.mark.timeout(300)
def test_a_rotation_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    with writing(settings_for(quick_path / "home")):
        key = create_key(quick_path / "home" / "keys")
    _each_killed(quick_path / "home", key, _rotate, [KeyStatus.RETIRED, KeyStatus.ACTIVE])


@pytest.mark.timeout(300)
def test_a_report_killed_at_any_call_ends_alike(quick_path: Path) -> None:
    home = quick_path / "home"
    with writing(settings_for(home)) as archive:
        first = archive.ports.signer.key_id
        rotate_key(create_key(home / "keys"), Home(root=home), archive.ports)
    _each_killed(home, first, _report, [KeyStatus.COMPROMISED, KeyStatus.ACTIVE])
