"""The book of requests in a database: a SQLite file beside an embedded archive, PostgreSQL with a user of its own."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import Any

import psycopg

from access.asking.book import AnswerFile, BookUnavailable, Keeping, NewRequest, Standing, Step
from access.postgres import for_postgres
from schemas.public_requests import (
    ADD_REQUEST,
    CONTACT_DAYS,
    FILE_DAYS,
    LAYOUT,
    READ_PIECE,
    DisposedPart,
    StepKind,
    hashed,
)

_BUSY_SECONDS = 5.0
_CONNECT_SECONDS = 5
_OPTIONS = "-c statement_timeout=10000"
_LAYOUT = "SELECT name, value FROM layout"
_HELD = "SELECT question, contact, about FROM requests WHERE form = :form"
_STANDING = "SELECT id, received_at, language, question, about FROM requests WHERE secret = :secret"
_STEPS = "SELECT kind, at, told FROM steps WHERE request = :request ORDER BY number"
_DISPOSED = "SELECT part, at FROM disposals WHERE request = :request"

_Rows = Sequence[Sequence[Any]]
Run = Callable[[str, Mapping[str, object]], tuple[_Rows, int]]
"""Runs one statement; gives its rows and how many it changed. Raises BookUnavailable."""


class SqlBook:
    """`RequestBook` over whatever runs statements."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def add(self, request: NewRequest) -> bool:
        """See RequestBook."""
        self._require_layout()
        row = {
            "id": request.id,
            "secret": hashed(request.secret),
            "form": hashed(request.form),
            "received_at": request.received_at,
            "language": request.language,
            "about": request.about,
            "question": request.question,
            "contact": request.contact,
        }
        return self._run(ADD_REQUEST, row)[1] == 1

    def keeping(self) -> Keeping:
        """See RequestBook."""
        told = self._require_layout()
        try:
            return Keeping(contact_days=int(told[CONTACT_DAYS]), file_days=int(told[FILE_DAYS]))
        except (KeyError, ValueError) as error:
            message = "the store of requests does not say how long things are kept"
            raise BookUnavailable(message) from error

    def holds(self, request: NewRequest) -> bool:
        """See RequestBook."""
        rows, _ = self._run(_HELD, {"form": hashed(request.form)})
        return [tuple(row) for row in rows] == [(request.question, request.contact, request.about)]

    def standing(self, secret: str) -> Standing | None:
        """See RequestBook."""
        self._require_layout()
        rows, _ = self._run(_STANDING, {"secret": hashed(secret)})
        for request_id, received_at, language, question, about in rows:
            steps, _ = self._run(_STEPS, {"request": request_id})
            disposed, _ = self._run(_DISPOSED, {"request": request_id})
            return Standing(
                id=request_id,
                received_at=received_at,
                language=language,
                question=question,
                about=about,
                steps=tuple(_step(*step) for step in steps),
                disposed={DisposedPart(part): at for part, at in disposed},
            )
        return None

    def content(self, standing: Standing, file: AnswerFile) -> Iterator[bytes]:
        """See RequestBook."""
        pieces = self._pieces(standing, file)
        first = next(pieces, None)
        if first is None:
            message = f"the file {file.sha256} of a request is not there"
            raise BookUnavailable(message)
        return chain([first], pieces)

    def _pieces(self, standing: Standing, file: AnswerFile) -> Iterator[bytes]:
        for number in count():
            rows, _ = self._run(READ_PIECE, {"request": standing.id, "sha256": file.sha256, "number": number})
            if not rows:
                return
            yield bytes(rows[0][0])

    def _require_layout(self) -> Mapping[str, str]:
        rows, _ = self._run(_LAYOUT, {})
        told: Mapping[str, str] = {str(name): str(value) for name, value in rows}
        if told.get("requests") != str(LAYOUT):
            message = f"the store of requests is not of layout {LAYOUT}"
            raise BookUnavailable(message)
        return told


def in_sqlite(path: Path) -> Run:
    """Run statements in a file that is there; this process does not make it."""

    def run(statement: str, parameters: Mapping[str, object]) -> tuple[_Rows, int]:
        address = f"{path.resolve().as_uri()}?mode=rw"
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL").close()
                cursor = connection.execute(statement, dict(parameters))
                return cursor.fetchall(), cursor.rowcount
        except sqlite3.Error as error:
            message = f"the requests in {path} cannot be reached: {error}"
            raise BookUnavailable(message) from error

    return run


def in_postgres(address: str) -> Run:
    """Run statements in a PostgreSQL database, each in a session of its own: requests are few."""

    def run(statement: str, parameters: Mapping[str, object]) -> tuple[_Rows, int]:
        try:
            with psycopg.connect(
                address, autocommit=True, options=_OPTIONS, connect_timeout=_CONNECT_SECONDS
            ) as connection:
                cursor = connection.execute(for_postgres(statement), dict(parameters))
                return (cursor.fetchall() if cursor.description else ()), cursor.rowcount
        except psycopg.Error as error:
            message = f"the requests in PostgreSQL cannot be reached: {error}"
            raise BookUnavailable(message) from error

    return run


def _step(kind: str, at: str, told: str) -> Step:
    said = json.loads(told)
    return Step(
        kind=StepKind(kind),
        at=at,
        text=said.get("text", ""),
        ground=said.get("ground", ""),
        appeal=said.get("appeal", ""),
        files=tuple(
            AnswerFile(name=one["name"], size=one["size"], sha256=one["sha256"]) for one in said.get("files", ())
        ),
    )
