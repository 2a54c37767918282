"""A book of requests as the desk and the reading room share it, with one request of every kind in it."""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from schemas.public_requests import (
    ADD_DISPOSAL,
    ADD_PIECE,
    ADD_REQUEST,
    ADD_STEP,
    CONTACT_DAYS,
    CREATE,
    FILE_DAYS,
    LAYOUT,
    PIECE_BYTES,
    DisposedPart,
    StepKind,
    hashed,
)

_KINDS: Final = ("new", "claimed", "copy", "masked", "refused", "closed", "disposed")
LINKS: Final = {name: hashlib.sha256(name.encode()).hexdigest() for name in _KINDS}
"""The secrets of status links, by how each request stands."""
_APPEAL: Final = "Skriv till kammarrätten inom tre veckor.\nLämna brevet till arkivet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file of an answer."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its digest."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def told(self) -> dict[str, Any]:
        """How a step names it."""
        size = len(self.content)
        return {"name": self.name, "mediaType": "text/html", "size": size, "sha256": self.sha256}


ANSWER: Final = Sent(name='Svar "åäö".html', content=b"<script>alert(1)</script>" * 20_000)
"""Two pieces long, and nothing that any browser should run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBook:
    """A SQLite file."""

    path: Path

    def run(self, statement: str, parameters: dict[str, Any] | None = None) -> list[Any]:
        """Run a statement."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(statement, parameters or {}).fetchall()

    def make(self) -> None:
        """Make the tables."""
        for statement in CREATE:
            self.run(statement)
        for name, value in (("requests", LAYOUT), (CONTACT_DAYS, 90), (FILE_DAYS, 30)):
            self.run("INSERT INTO layout VALUES (:name, :value)", {"name": name, "value": str(value)})

    def ask(self, link: str, about: str | None = None, question: str = "Vad beslutades om bryggan?") -> str:
        """Write a request as the reading room does, and give its id."""
        row = {"id": f"id-{link}", "secret": hashed(link), "form": hashed(f"form {link}"), "language": "sv"}
        received = "2026-11-27T12:00:00Z"
        self.run(ADD_REQUEST, {**row, "received_at": received, "about": about, "question": question, "contact": ""})
        return row["id"]

    def step(self, request: str, kind: StepKind, *files: Sent, **told: str) -> None:
        """Take a step as the desk does."""
        ((number,),) = self.run("SELECT count(*) + 1 FROM steps WHERE request = :request", {"request": request})
        said = json.dumps({**told, "files": [file.told for file in files]} if told else {})
        row = {
            "request": request,
            "number": number,
            "kind": kind,
            "at": "2026-11-28T12:00:00Z",
            "by": "Karin Arkivsson",
            "told": said,
        }
        self.run(ADD_STEP, row)
        for file in files:
            for place, start in enumerate(range(0, len(file.content), PIECE_BYTES)):
                piece = {"request": request, "sha256": file.sha256, "number": place}
                self.run(ADD_PIECE, {**piece, "content": file.content[start : start + PIECE_BYTES]})

    def dispose(self, request: str) -> None:
        """Dispose of contact details and files as the archive does."""
        for part in (DisposedPart.CONTACT, DisposedPart.FILES):
            self.run(ADD_DISPOSAL, {"request": request, "part": part.value, "at": "2027-02-26T12:00:00Z"})
        self.run("DELETE FROM pieces WHERE request = :request", {"request": request})


def small_book(path: Path, about: str) -> PublicBook:
    """Make a book with a request in every state; all but the new one are about a record."""
    book = PublicBook(path=path)
    book.make()
    ask_in_every_state(book, about)
    return book


def ask_in_every_state(book: PublicBook, about: str | None) -> dict[str, str]:
    """Write a request in every state, and give their ids by it."""
    ids = {name: book.ask(link, None if name == "new" else about) for name, link in LINKS.items()}
    for name, request in ids.items():
        if name != "new":
            book.step(request, StepKind.CLAIMED)
    book.step(ids["copy"], StepKind.COPY, ANSWER, text="Här är det du bad om.\n\nHör av dig igen.")
    ground = "21 kap. 1 § offentlighets- och sekretesslagen"
    book.step(ids["masked"], StepKind.MASKED_COPY, ANSWER, text="Delar är maskade.", ground=ground, appeal=_APPEAL)
    book.step(ids["refused"], StepKind.REFUSED, text="Handlingen lämnas inte ut.", ground=ground, appeal=_APPEAL)
    book.step(ids["closed"], StepKind.CLOSED, text="Du har själv hittat handlingen.")
    book.step(ids["disposed"], StepKind.COPY, ANSWER, text="Här är det du bad om.")
    book.dispose(ids["disposed"])
    return ids
