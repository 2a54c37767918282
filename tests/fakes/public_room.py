"""A small reading room with one of each: a case, its records, a loose record, one on request, one withdrawn."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from access.settings import PublicSettings
from tests.fakes.public_book import PublicBook, small_book
from tests.fakes.public_writer import File, PublicWriter

CASE = "b7k2m9x4c1v8n3q5"
APPLICATION = "c7k2m9x4c1v8n3q5"
DECISION = "d7k2m9x4c1v8n3q5"
LOOSE = "e7k2m9x4c1v8n3q5"
ON_REQUEST = "f7k2m9x4c1v8n3q5"
WITHDRAWN = "g7k2m9x4c1v8n3q5"
NEVER = "h7k2m9x4c1v8n3q5"

_BUILDING = [{"code": "3", "title": "Samhällsbyggnad"}, {"code": "3.1.2", "title": "Bygglov"}]
_BOARD = {"name": "Stadsbyggnadsnämnden", "identifier": "ORG:2120009994"}
_BUILT: dict[str, Any] = {
    "archivalCreator": _BOARD,
    "classificationScheme": "KLASSA 2.0",
    "classification": _BUILDING,
    "places": ["Södermalm", "Drottninggatan 12"],
    "released": "2026-11-29",
    "language": "sv",
}
_HTML = b"<!doctype html><script>alert(1)</script><h1>En sida</h1>"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallRoom:
    """The room's folder, what writes there, the book of requests, and the records as they were carried over."""

    writer: PublicWriter
    book: PublicBook
    records: dict[str, dict[str, Any]]

    def settings(self, **said: Any) -> PublicSettings:
        """Give settings for it."""
        told = {
            "name": "Exempelstadens läsesal",
            "contact": "arkivet@example.se",
            "phone": "08-123 45 67",
            "visit": "Arkivgatan 1, vardagar 9–16",
            "url": "https://lasesal.example.se",
        }
        book = {"requests": str(self.book.path)}
        return PublicSettings(store=self.writer.store, index=self.writer.index, **(told | book | said))


def small_room(folder: Path, writing: Callable[[Path], PublicWriter] = PublicWriter) -> SmallRoom:
    """Fill a folder with a small public store and index."""
    writer = writing(folder)
    records = {}
    for record, files, text in (_case(), _application(), _decision(), _loose(), _on_request(), _withdrawn()):
        records[record["id"]] = writer.publish(record, files, text)
    writer.withdraw(records[WITHDRAWN])
    return SmallRoom(writer=writer, book=small_book(folder / "requests.sqlite", ON_REQUEST), records=records)


_Carried = tuple[dict[str, Any], tuple[File, ...], str]


def _record(public_id: str, kind: str, title: str, **told: Any) -> dict[str, Any]:
    ark = f"ark:/99999/{public_id}"
    return {"id": public_id, "ark": ark, "kind": kind, "level": "public", "title": title, **told}


def _case() -> _Carried:
    told = {
        "reference": "SBN 2021/17",
        "type": "Bygglov",
        "date": "2021-04-01",
        "dateTo": "2021-06-14",
        "description": "Nybyggnad av garage och ändrad fasad mot gatan.",
        "parties": [{"name": "Bostadsföreningen Eken", "role": "sökande"}],
        "keywords": ["garage", "fasad"],
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    return _record(CASE, "case", "Ansökan om bygglov för garage på Drottninggatan 12", **_BUILT, **told), (), ""


def _application() -> _Carried:
    files = (
        File(name="Ansökan.pdf", media_type="application/pdf", content=pdf("Ansökan om bygglov"), format="PDF 1.4"),
        File(name="Ritning fasad.png", media_type="image/png", content=picture()),
        File(name="Situationsplan.html", media_type="text/html", content=_HTML),
    )
    told = {"partOf": CASE, "date": "2021-04-01", "type": "Inkommen handling"}
    text = "Härmed ansöker vi om bygglov för nybyggnad av garage i två våningar."
    return _record(APPLICATION, "record", "Ansökan med ritningar", **_BUILT, **told), files, text


def _decision() -> _Carried:
    content = "Stadsbyggnadsnämnden beslutar att bevilja bygglov.\n\nGaraget ska ha träfasad.\n".encode()
    files = (File(name='Beslut "slutligt".txt', media_type="text/plain", content=content),)
    told = {"partOf": CASE, "date": "2021-06-14", "type": "Beslut"}
    return _record(DECISION, "record", "Beslut om bygglov", **_BUILT, **told), files, content.decode()


def _loose() -> _Carried:
    files = (File(name="Protokoll.pdf", media_type="application/pdf", content=pdf("Protokoll"), format="PDF/A-1b"),)
    creator = {"name": "Utbildningsnämnden"}
    classes = [{"code": "2", "title": "Utbildning"}]
    told = {"date": "1998-03-05", "archivalCreator": creator, "classification": classes, "places": ["Vasastan"]}
    text = "Nämnden behandlade öppna förskolan i Vasastan och skolans lokaler."
    return _record(LOOSE, "record", "Protokoll från nämndens sammanträde", **told), files, text


def _on_request() -> _Carried:
    told = {"date": "2021", "archivalCreator": _BOARD, "level": "on-request"}
    return _record(ON_REQUEST, "record", "Handling om en fastighet", **told), (), ""


def _withdrawn() -> _Carried:
    files = (File(name="Kanariefågel.txt", media_type="text/plain", content=b"kanariefagel"),)
    return _record(WITHDRAWN, "record", "Kanariefågel", date="2020", archivalCreator=_BOARD), files, "kanariefågel"


def pdf(title: str) -> bytes:
    """Make a genuine PDF of one page."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(72, 740, title)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "Exempelstaden")
    canvas.save()
    return held.getvalue()


def picture() -> bytes:
    """Make a genuine PNG: a house as a child draws it."""
    image = Image.new("RGB", (640, 400), "#f4f1e8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((140, 180, 500, 360), outline="#22303a", width=4)
    draw.polygon(((120, 180), (320, 60), (520, 180)), outline="#22303a", width=4)
    draw.rectangle((250, 240, 390, 360), outline="#22303a", width=4)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
