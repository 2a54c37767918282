"""A public store in memory, and its index as the archive fills it, with a clock of its own."""

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
from ingest.adapters.public_index import open_public_index
from schemas.public_store import Form, State, form_key
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

    def __post_init__(self) -> None:
        with open_public_index(self.path):
            pass  # Made, as whoever may only read expects it.

    def release(self, *records: Mapping[str, Any]) -> None:
        """Publish records, new or changed: forms first, then the index."""
        with open_public_index(self.path) as index:
            for record in records:
                for form in Form:
                    self.forms[form_key(record["id"], form)] = rendered(record["title"], form)
                index.show(record, "", self._later, lambda: True)

    def release_many(self, numbers: Sequence[int]) -> None:
        """Publish made-up records."""
        self.release(*map(public_record, numbers))

    def withdraw(self, record_id: str) -> None:
        """Withdraw a record: the index first, then its objects."""
        with open_public_index(self.path) as index:
            index.withdraw([record_id], self._later)
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

    def _later(self) -> datetime:
        self.now += self.step
        return self.now
