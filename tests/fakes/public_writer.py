"""Writes a public store and its index as schemas/public-record/layout.md says, for tests of the reading room."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.public_index import indexed, withdrawn
from schemas.public_store import INDEX_NAME, LAYOUT, SQLITE, Form, State, file_key, form_key, record_key, text_key
from schemas.swedish_stems import STEMS
from tests.fakes.public_forms import rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document to be carried over."""

    name: str
    media_type: str
    content: bytes
    format: str | None = None

    def described(self) -> dict[str, Any]:
        """Describe it as a public record does."""
        told = {
            "name": self.name,
            "mediaType": self.media_type,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }
        return told if self.format is None else told | {"format": self.format}


class PublicWriter:
    """A public store and index in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.store = folder / "store"
        self.index = folder / "index.sqlite"
        self._seconds = 0
        with closing(sqlite3.connect(self.index)) as database, database:
            for statement in SQLITE.create:
                database.execute(statement)
            told = (("layout", str(LAYOUT)), ("stems", STEMS), (INDEX_NAME, "small"))
            database.executemany("INSERT INTO layout (name, value) VALUES (?, ?)", told)

    def publish(self, record: Mapping[str, Any], files: Iterable[File] = (), text: str = "") -> dict[str, Any]:
        """Carry a record over: store first, then the index."""
        held = tuple(files)
        whole = {"documents": [file.described() for file in held], **record}
        for file in held:
            self._put(file_key(whole["id"], file.described()["sha256"]), file.content)
        for form in Form:
            self._put(form_key(whole["id"], form), rendered(whole["title"], form))
        if text:
            self._put(text_key(whole["id"]), text.encode())
        self._put(record_key(whole["id"]), json.dumps(whole).encode())
        self._list(whole, text)
        return whole

    def withdraw(self, record: Mapping[str, Any]) -> None:
        """Withdraw a record: index first, then the store."""
        row = withdrawn(record["id"])
        with closing(sqlite3.connect(self.index)) as database, database:
            (position,) = database.execute(SQLITE.next_position).fetchone()
            for statement in SQLITE.remove:
                database.execute(statement, {"id": record["id"]})
            database.execute(SQLITE.add_entry, {**row, "position": position, "changed_at": self._now()})
        keys = [record_key(record["id"]), *(form_key(record["id"], form) for form in Form), text_key(record["id"])]
        keys += [file_key(record["id"], each["sha256"]) for each in record["documents"]]
        for key in keys:
            (self.store / key).unlink(missing_ok=True)

    def _list(self, record: Mapping[str, Any], text: str) -> None:
        row = indexed(record, text)
        told = {"id": row.id, "part_of": row.part_of, "record": row.record, "sets": row.sets, "text": row.text}
        words = {"stems": " ".join(row.words), "plain": " ".join(row.plain_words), "marks": " ".join(row.marks)}
        with closing(sqlite3.connect(self.index)) as database, database:
            (position,) = database.execute(SQLITE.next_position).fetchone()
            for statement in SQLITE.remove:
                database.execute(statement, {"id": row.id})
            place = {"position": position, "changed_at": self._now(), "state": State.LISTED}
            database.execute(SQLITE.add_entry, told | place)
            database.execute(SQLITE.add_words, words | {"entry": position})
            database.executemany(
                SQLITE.add_facet, [{"entry": position, "facet": facet, "value": value} for facet, value in row.facets]
            )

    def _put(self, key: str, content: bytes) -> None:
        path = self.store / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _now(self) -> str:
        self._seconds += 1
        return f"2026-11-29T{self._seconds // 3600:02}:{self._seconds // 60 % 60:02}:{self._seconds % 60:02}Z"
