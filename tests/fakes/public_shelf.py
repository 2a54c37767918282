"""A public store and index as the archive fills them: releases, changes and withdrawals, with a clock of its own."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from access.reuse.about import About
from access.reuse.entries import Entries
from access.reuse.service import Offering
from schemas.public_index import indexed, withdrawn
from schemas.public_store import INDEX_NAME, SQLITE, Form, State, form_key
from tests.fakes.public_forms import rendered

ABOUT = About(url="https://arkiv.example.se", name="Exempelarkivet", email="arkiv@example.se", repository="example.se")
START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def public_id(number: int) -> str:
    """Give the id of a made-up record."""
    return f"{number:016d}"


def public_record(number: int, **told: Any) -> dict[str, Any]:
    """Give a made-up public record."""
    return {
        "id": public_id(number),
        "kind": "case",
        "level": "public",
        "title": f"Ärende <{number}> & bilagor",
        "archivalCreator": {"name": f"Nämnd {number % 2}"},
        "classification": [{"code": "3", "title": "Bygga"}, {"code": f"3.{number % 3}", "title": "Bygglov"}],
        "documents": [],
        **told,
    }


@dataclass(kw_only=True)
class Shelf:
    """The store in memory, the index in a SQLite file; each change takes `step` of time."""

    path: Path
    now: datetime = START
    step: timedelta = timedelta(seconds=1)
    forms: dict[str, bytes] = field(default_factory=dict)
    name: str = "first"

    def __post_init__(self) -> None:
        with self._open() as connection:
            for statement in SQLITE.create:
                connection.execute(statement)
            connection.execute("INSERT INTO layout VALUES (?, ?)", (INDEX_NAME, self.name))
        connection.close()

    def release(self, *records: Mapping[str, Any]) -> None:
        """Publish records, new or changed: forms first, then the index."""
        for record in records:
            for form in Form:
                self.forms[form_key(record["id"], form)] = rendered(record["title"], form)
            row = indexed(record, "")
            self._put(
                {
                    "id": row.id, "state": State.LISTED, "part_of": row.part_of,
                    "record": row.record, "sets": row.sets, "text": row.text,
                }
            )  # fmt: skip

    def release_many(self, numbers: Sequence[int]) -> None:
        """Publish made-up records."""
        self.release(*map(public_record, numbers))

    def withdraw(self, record_id: str) -> None:
        """Withdraw a record: the index first, then its objects."""
        self._put(withdrawn(record_id))
        for form in Form:
            self.forms.pop(form_key(record_id, form), None)

    def ask(self, statement: str, parameters: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Ask the index, read-only."""
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(statement, dict(parameters)).fetchall()
        finally:
            connection.close()

    def read_form(self, record_id: str, form: Form) -> bytes | None:
        """Read a form."""
        return self.forms.get(form_key(record_id, form))

    def entries(self) -> Entries:
        """Give the index as open data reads it."""
        return Entries(query=self.ask)

    def offering(self, page: int = 3, about: About = ABOUT) -> Offering:
        """Give open data over this shelf; its clock is the shelf's."""
        return Offering(
            about=about,
            entries=self.entries(),
            read_form=self.read_form,
            token_key=b"k" * 32,
            clock=lambda: self.now,
            page=page,
        )

    def holdings(self) -> dict[str, str | None]:
        """Give what a complete harvest must come to: each id with its title, None for what was withdrawn."""
        rows = self.ask("SELECT id, state, record FROM entries", {})
        return {row[0]: json.loads(row[2])["title"] if row[1] == State.LISTED else None for row in rows}

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA synchronous = OFF")  # a test has no power failures to fear
        return connection

    def _put(self, row: Mapping[str, object]) -> None:
        self.now += self.step
        with self._open() as connection:
            position = connection.execute(SQLITE.next_position).fetchone()[0]
            for statement in SQLITE.remove:
                connection.execute(statement, {"id": row["id"]})
            changed_at = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
            connection.execute(SQLITE.add_entry, {**row, "position": position, "changed_at": changed_at})
        connection.close()
