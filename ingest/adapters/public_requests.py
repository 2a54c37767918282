"""Requests of the public as the desk has them: a SQLite file beside an embedded archive, PostgreSQL of a server."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, inspect, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ingest.adapters.sql.engine import Database, sqlite_engine
from ingest.adapters.sql.faults import catalogue_fault
from ingest.adapters.sql.postgres import postgres_engine, server_url
from ingest.domain.information_requests import AnswerFile, Disposal, InformationRequest, Part, Step
from ingest.domain.request_disposal import KeepingTimes
from ingest.errors import ConfigurationError, DamageFound, UnknownSubject
from ingest.formats.request_steps import KINDS, doing_of, told_of
from schemas.public_requests import (
    ADD_DISPOSAL,
    ADD_PIECE,
    ADD_STEP,
    CONTACT_DAYS,
    CREATE,
    FILE_DAYS,
    GRANT,
    LAYOUT,
    PIECE_BYTES,
    ROOM_USER,
)

_MAKING: Final = 7_304_113  # any number that nobody else locks by
_SECONDS: Final = "%Y-%m-%dT%H:%M:%SZ"
_REQUESTS: Final = "SELECT id, received_at, language, about, question, contact FROM requests"
_PIECES: Final = "SELECT content FROM pieces WHERE request = :request AND sha256 = :sha256 ORDER BY number"
_STEPS: Final = "SELECT request, number, kind, at, by, told FROM steps"
_HAS_USER: Final = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = :name"
_TELL: Final = """
    INSERT INTO layout (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
_DISPOSALS: Final = "SELECT request, part, at FROM disposals"
_ERASURES: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.CONTACT: ("UPDATE requests SET contact = '' WHERE id = :request",),
    Part.FILES: ("DELETE FROM pieces WHERE request = :request",),
    Part.REQUEST: (
        "DELETE FROM pieces WHERE request = :request",
        "DELETE FROM steps WHERE request = :request",
        "DELETE FROM disposals WHERE request = :request",
        "DELETE FROM requests WHERE id = :request",
    ),
}


@contextmanager
def open_request_ledger(address: str | Path, times: KeepingTimes) -> Iterator["SqlRequestLedger"]:
    """Open the store of requests, made first if need be: a file, or the address of a PostgreSQL database.

    It says from then on for how long what is in it is kept, for the reading room to tell.

    Raises ConfigurationError for a store of another layout, DamageFound, CatalogueUnavailable.
    """
    if isinstance(address, Path):
        database = Database(sqlite_engine(address, "mode=rwc"), str(address))
    else:
        try:
            database = Database(postgres_engine(server_url(address)), "PostgreSQL (requests)")
        except (ArgumentError, SQLAlchemyError) as error:
            raise catalogue_fault(error, "EARKIV_PUBLIC_REQUESTS") from error
    try:
        _make(database, times)
        yield SqlRequestLedger(database)
    finally:
        database.close()


class SqlRequestLedger:
    """`RequestLedger` in a database whose tables are made."""

    def __init__(self, database: Database) -> None:
        """Take over an open database."""
        self._database = database

    def requests(self) -> tuple[InformationRequest, ...]:
        """See RequestLedger."""
        with self._database.reading() as connection:
            asked = connection.execute(text(f"{_REQUESTS} ORDER BY received_at, id")).all()
            steps = connection.execute(text(f"{_STEPS} ORDER BY request, number")).all()
            disposals = connection.execute(text(f"{_DISPOSALS} ORDER BY request, at, part")).all()
        taken, gone = _by_request(steps), _by_request(disposals)
        return tuple(self._read(row, taken[row.id], gone[row.id]) for row in asked)

    def request(self, request_id: str) -> InformationRequest:
        """See RequestLedger."""
        with self._database.reading() as connection:
            asked = connection.execute(text(f"{_REQUESTS} WHERE id = :id"), {"id": request_id}).one_or_none()
            steps = connection.execute(text(f"{_STEPS} WHERE request = :id ORDER BY number"), {"id": request_id}).all()
            gone = connection.execute(text(f"{_DISPOSALS} WHERE request = :id ORDER BY at, part"), {"id": request_id})
            disposals = gone.all()
        if asked is None:
            raise UnknownSubject(f"Begäran {request_id} finns inte.", f"There is no request {request_id}.")
        return self._read(asked, steps, disposals)

    def add_step(self, request: InformationRequest, step: Step, contents: Mapping[str, bytes]) -> bool:
        """See RequestLedger."""
        row = {
            "request": request.id,
            "number": len(request.steps) + 1,
            "kind": KINDS[type(step.doing)],
            "at": step.at.astimezone(UTC).strftime(_SECONDS),
            "by": step.by,
            "told": json.dumps(told_of(step.doing), ensure_ascii=False),
        }
        with self._database.writing() as connection:
            if _count(connection, row) != 1:
                return False
            for sha256, content in contents.items():
                for piece in _pieces(request.id, sha256, content):
                    connection.execute(text(ADD_PIECE), piece)
            return True

    def content(self, request_id: str, file: AnswerFile) -> bytes:
        """See RequestLedger."""
        with self._database.reading() as connection:
            rows = connection.execute(text(_PIECES), {"request": request_id, "sha256": file.sha256}).all()
        if not rows:
            raise UnknownSubject(f"Filen {file.sha256} finns inte.", f"There is no file {file.sha256}.")
        content = b"".join(bytes(row.content) for row in rows)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise DamageFound(
                f"Filen {file.sha256} i {self._database.place} har ändrats.",
                f"The file {file.sha256} in {self._database.place} has changed.",
            )
        return content

    def dispose(self, request_id: str, disposal: Disposal) -> None:
        """See RequestLedger."""
        row = {
            "request": request_id,
            "part": disposal.part.value,
            "at": disposal.at.astimezone(UTC).strftime(_SECONDS),
        }
        with self._database.writing() as connection:
            if self._database.one_host:
                # What is erased is overwritten in the file, and not only marked as free.
                connection.exec_driver_sql("PRAGMA secure_delete = ON").close()
            if disposal.part is not Part.REQUEST:
                connection.execute(text(ADD_DISPOSAL), row)
            for statement in _ERASURES[disposal.part]:
                connection.execute(text(statement), {"request": request_id})

    def _read(self, row: Row[Any], steps: Iterable[Row[Any]], disposals: Iterable[Row[Any]]) -> InformationRequest:
        try:
            return InformationRequest(
                id=row.id,
                received_at=_time(row.received_at),
                language=row.language,
                question=row.question,
                contact=row.contact,
                about=row.about,
                steps=tuple(
                    Step(by=one.by, at=_time(one.at), doing=doing_of(one.kind, json.loads(one.told))) for one in steps
                ),
                disposals=tuple(Disposal(part=Part(one.part), at=_time(one.at)) for one in disposals),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DamageFound(
                f"Begäran {row.id} i {self._database.place} går inte att läsa.",
                f"The request {row.id} in {self._database.place} cannot be read.",
            ) from error


def _by_request(rows: Iterable[Row[Any]]) -> Mapping[str, list[Row[Any]]]:
    sorted_out: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        sorted_out[row.request].append(row)
    return sorted_out


def _pieces(request_id: str, sha256: str, content: bytes) -> Iterator[dict[str, object]]:
    for number, start in enumerate(range(0, len(content), PIECE_BYTES) or [0]):
        piece = content[start : start + PIECE_BYTES]
        yield {"request": request_id, "sha256": sha256, "number": number, "content": piece}


def _count(connection: Connection, row: Mapping[str, object]) -> int:
    added: int = connection.execute(text(ADD_STEP).execution_options(preserve_rowcount=True), row).rowcount
    return added


def _time(said: str) -> datetime:
    return datetime.strptime(said, _SECONDS).replace(tzinfo=UTC)


def _make(database: Database, times: KeepingTimes) -> None:
    with database.writing() as connection:
        if not database.one_host:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
        if not inspect(connection).has_table("layout"):
            for statement in CREATE:
                connection.execute(text(statement))
            connection.execute(text("INSERT INTO layout VALUES ('requests', :layout)"), {"layout": str(LAYOUT)})
            if not database.one_host and connection.scalar(text(_HAS_USER), {"name": ROOM_USER}):
                for statement in GRANT:
                    connection.execute(text(statement))
        made = {row.name: row.value for row in connection.execute(text("SELECT name, value FROM layout"))}
        if made.get("requests") != str(LAYOUT):
            raise ConfigurationError(
                f"{database.place} är inget förråd av begäranden i det här slaget ({made}).",
                f"{database.place} is no store of requests of this kind ({made}).",
            )
        for name, days in ((CONTACT_DAYS, times.contact_days), (FILE_DAYS, times.file_days)):
            if made.get(name) != str(days):
                connection.execute(text(_TELL), {"name": name, "value": str(days)})
