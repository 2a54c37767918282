"""Writes a public store as schemas/public-record/layout.md says, and its index as the archive does."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.adapters.public_index import open_public_index
from schemas.public_store import Form, file_key, form_key, record_key, text_key
from tests.fakes.public_forms import rendered

_START = datetime(2026, 11, 29, tzinfo=UTC)


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
        self.store = folder / "store"
        self.store.mkdir(parents=True, exist_ok=True)
        self.index = folder / "index.sqlite"
        self._changes = 0
        with open_public_index(self.index):
            pass  # Made, as whoever may only read expects it.

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
        with open_public_index(self.index) as index:
            index.show(whole, text, self._now, lambda: True)
        return whole

    def withdraw(self, record: Mapping[str, Any]) -> None:
        """Withdraw a record: index first, then the store."""
        with open_public_index(self.index) as index:
            index.withdraw([record["id"]], self._now)
        keys = [record_key(record["id"]), *(form_key(record["id"], form) for form in Form), text_key(record["id"])]
        keys += [file_key(record["id"], each["sha256"]) for each in record["documents"]]
        for key in keys:
            (self.store / key).unlink(missing_ok=True)

    def _put(self, key: str, content: bytes) -> None:
        path = self.store / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _now(self) -> datetime:
        self._changes += 1
        return _START + timedelta(seconds=self._changes)
