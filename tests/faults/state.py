"""What an archive holds when the dust has settled."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from audit.verification import verify_packages
from ingest.bootstrap import reading
from ingest.domain.deliveries import FINAL_STATES
from tests.faults.runs import settings_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The OCFL tree by digest, journal keys, staging and quarantine, how deliveries ended, and any damage.

    `trials` is all that lies in the test store, and of its OCFL tree the digests.
    """

    ocfl: dict[str, str]
    journal: tuple[str, ...]
    trials: dict[str, str]
    staging: tuple[str, ...]
    quarantine: tuple[str, ...]
    deliveries: tuple[str, ...]
    unfinished: tuple[str, ...]
    damages: tuple[str, ...]


def settled(home: Path) -> Settled:
    """Look at everything that a run has left."""
    archive = home / "archive"
    rows = _deliveries(home / "catalogue.sqlite")
    with reading(settings_for(home)) as opened:
        verification = verify_packages(opened.ports, None, lambda _objects, _bytes: None)
        return Settled(
            ocfl={p: _digest(archive / p) for p in _files(archive) if p.startswith("ocfl/")},
            journal=tuple(p for p in _files(archive) if p.startswith("journal/")),
            trials={p: _digest(home / "test" / p) if p.startswith("ocfl/") else "" for p in _files(home / "test")},
            staging=_files(home / "staging"),
            quarantine=_files(home / "quarantine"),
            deliveries=tuple(sorted(f"{attempt} {state}" for _, attempt, state in rows if state != "repeated")),
            unfinished=tuple(delivery for delivery, _, state in rows if state not in FINAL_STATES),
            damages=tuple(damage.text.en for damage in verification.damages),
        )


def _deliveries(catalogue: Path) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(catalogue)) as connection:
        return connection.execute("select id, attempt, state from deliveries order by id").fetchall()


def _files(root: Path) -> tuple[str, ...]:
    return tuple(sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
