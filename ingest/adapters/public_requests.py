"""Requests of the public as the desk has them: a SQLite file beside an embedded archive, PostgreSQL of a server."""

import hashlib
import json
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
from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Doing,
    InformationRequest,
    Refused,
    Step,
)
from ingest.errors import ConfigurationError, DamageFound, UnknownSubject
from schemas.public_requests import ADD_PIECE, ADD_STEP, CREATE, LAYOUT, PIECE_BYTES, StepKind

_MAKING: Final = 7_304_113  # any number that nobody else locks by
_SECONDS: Final = "%Y-%m-%dT%H:%M:%SZ"
_REQUESTS: Final = "SELECT id, received_at, language, about, question, contact FROM requests"
_PIECES: Final = "SELECT content FROM pieces WHERE request = :request AND sha256 = :sha256 ORDER BY number"
_STEPS: Final = "SELECT request, number, kind, at, by, told FROM steps"
_KINDS: Final[Mapping[type[Doing], StepKind]] = {
    Claimed: StepKind.CLAIMED,
    AnsweredWithCopy: StepKind.COPY,
    AnsweredWithMaskedCopy: StepKind.MASKED_COPY,
    Refused: StepKind.REFUSED,
    Closed: StepKind.CLOSED,
}


@contextmanager
def open_request_ledger(address: str | Path) -> Iterator["SqlRequestLedger"]:
    """Open the store of requests, made first if need be: a file, or the address of a PostgreSQL database.

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
        _make(database)
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
        return tuple(self._read(row, (one for one in steps if one.request == row.id)) for row in asked)

    def request(self, request_id: str) -> InformationRequest:
        """See RequestLedger."""
        with self._database.reading() as connection:
            asked = connection.execute(text(f"{_REQUESTS} WHERE id = :id"), {"id": request_id}).one_or_none()
            steps = connection.execute(text(f"{_STEPS} WHERE request = :id ORDER BY number"), {"id": request_id}).all()
        if asked is None:
            raise UnknownSubject(f"Begäran {request_id} finns inte.", f"There is no request {request_id}.")
        return self._read(asked, steps)

    def add_step(self, request: InformationRequest, step: Step, contents: Mapping[str, bytes]) -> bool:
        """See RequestLedger."""
        row = {
            "request": request.id,
            "number": len(request.steps) + 1,
            "kind": _KINDS[type(step.doing)],
            "at": step.at.astimezone(UTC).strftime(_SECONDS),
            "by": step.by,
            "told": json.dumps(_told(step.doing), ensure_ascii=False),
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

    def _read(self, row: Row[Any], steps: Iterable[Row[Any]]) -> InformationRequest:
        try:
            return InformationRequest(
                id=row.id,
                received_at=_time(row.received_at),
                language=row.language,
                question=row.question,
                contact=row.contact,
                about=row.about,
                steps=tuple(Step(by=one.by, at=_time(one.at), doing=_doing(one)) for one in steps),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DamageFound(
                f"Begäran {row.id} i {self._database.place} går inte att läsa.",
                f"The request {row.id} in {self._database.place} cannot be read.",
            ) from error


def _pieces(request_id: str, sha256: str, content: bytes) -> Iterator[dict[str, object]]:
    for number, start in enumerate(range(0, len(content), PIECE_BYTES) or [0]):
        piece = content[start : start + PIECE_BYTES]
        yield {"request": request_id, "sha256": sha256, "number": number, "content": piece}


def _count(connection: Connection, row: Mapping[str, object]) -> int:
    added: int = connection.execute(text(ADD_STEP).execution_options(preserve_rowcount=True), row).rowcount
    return added


def _told(doing: Doing) -> dict[str, Any]:
    match doing:
        case Claimed():
            return {}
        case AnsweredWithCopy(text=said, files=files):
            return {"text": said, "files": [_file_told(one) for one in files]}
        case AnsweredWithMaskedCopy(text=said, files=files, ground=ground, appeal=appeal):
            return {"text": said, "files": [_file_told(one) for one in files], "ground": ground, "appeal": appeal}
        case Refused(text=said, ground=ground, appeal=appeal):
            return {"text": said, "ground": ground, "appeal": appeal}
        case Closed(text=said):
            return {"text": said}


def _file_told(file: AnswerFile) -> dict[str, Any]:
    return {"name": file.name, "mediaType": file.media_type, "size": file.size, "sha256": file.sha256}


def _doing(row: Row[Any]) -> Doing:
    """Read what was done. Raises KeyError, TypeError, ValueError."""
    told = json.loads(row.told)
    match StepKind(row.kind):
        case StepKind.CLAIMED:
            return Claimed()
        case StepKind.COPY:
            return AnsweredWithCopy(text=told["text"], files=_files(told))
        case StepKind.MASKED_COPY:
            return AnsweredWithMaskedCopy(
                text=told["text"], files=_files(told), ground=told["ground"], appeal=told["appeal"]
            )
        case StepKind.REFUSED:
            return Refused(text=told["text"], ground=told["ground"], appeal=told["appeal"])
        case StepKind.CLOSED:
            return Closed(text=told["text"])


def _files(told: Mapping[str, Any]) -> tuple[AnswerFile, ...]:
    return tuple(
        AnswerFile(name=one["name"], media_type=one["mediaType"], size=one["size"], sha256=one["sha256"])
        for one in told["files"]
    )


def _time(said: str) -> datetime:
    return datetime.strptime(said, _SECONDS).replace(tzinfo=UTC)


def _make(database: Database) -> None:
    with database.writing() as connection:
        if not database.one_host:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
        if not inspect(connection).has_table("layout"):
            for statement in CREATE:
                connection.execute(text(statement))
            connection.execute(text("INSERT INTO layout VALUES ('requests', :layout)"), {"layout": str(LAYOUT)})
        made = {row.name: row.value for row in connection.execute(text("SELECT name, value FROM layout"))}
    if made != {"requests": str(LAYOUT)}:
        raise ConfigurationError(
            f"{database.place} är inget förråd av begäranden i det här slaget ({made}).",
            f"{database.place} is no store of requests of this kind ({made}).",
        )
