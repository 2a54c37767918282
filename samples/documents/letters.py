"""A letter on paper: who writes what to whom, and its drawing on A4 pages, the same for PDF and PDF/A."""

from dataclasses import dataclass
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, A4[0] - 25 * mm, A4[1] - 22 * mm, 28 * mm
_SIZE, _LEADING = 10.5, 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter; `reference` is the case number, `body` is read as `paragraphs` says."""

    sender: str
    recipient: str
    reference: str
    dated: date
    title: str
    body: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The names of the fonts a letter is set in."""

    regular: str
    bold: str


def paragraphs(body: str) -> tuple[str, ...]:
    """Split a text at its empty lines and join the lines between; `# ` begins a heading."""
    return tuple(" ".join(part.split("\n")) for part in body.strip().split("\n\n"))


def draw(letter: Letter, canvas: Canvas, faces: Faces) -> None:
    """Draw a letter from the top of a fresh page, with as many pages as it takes."""
    sheet = _Sheet(letter, canvas, faces)
    sheet.open_page()
    sheet.write(letter.title, faces.bold, 14.0)
    sheet.space()
    for paragraph in paragraphs(letter.body):
        heading = paragraph.startswith("# ")
        sheet.write(paragraph.removeprefix("# "), faces.bold if heading else faces.regular, _SIZE)
        if not heading:
            sheet.space()
    sheet.space()
    sheet.write(letter.signature, faces.regular, _SIZE)
    sheet.close_page()


class _Sheet:
    """Keeps the place on the page while a letter is written."""

    def __init__(self, letter: Letter, canvas: Canvas, faces: Faces) -> None:
        self._letter = letter
        self._canvas = canvas
        self._faces = faces
        self._page = 0
        self._y = _TOP

    def open_page(self) -> None:
        letter, canvas = self._letter, self._canvas
        self._page += 1
        canvas.setFont(self._faces.bold, 11)
        canvas.drawString(_LEFT, _TOP, letter.sender)
        canvas.setFont(self._faces.regular, 9)
        canvas.drawRightString(_RIGHT, _TOP, letter.dated.isoformat())
        canvas.drawRightString(_RIGHT, _TOP - 12, letter.reference)
        canvas.drawString(_LEFT, _TOP - 30, letter.recipient)
        canvas.line(_LEFT, _TOP - 40, _RIGHT, _TOP - 40)
        self._y = _TOP - 66

    def close_page(self) -> None:
        canvas = self._canvas
        canvas.setFont(self._faces.regular, 8)
        canvas.drawString(_LEFT, _BOTTOM - 20, "Påhittat exempel: personer, platser och nummer finns inte.")
        canvas.drawRightString(_RIGHT, _BOTTOM - 20, f"Sida {self._page}")
        canvas.showPage()

    def write(self, text: str, face: str, size: float) -> None:
        for line in text.split("\n"):
            for part in simpleSplit(line, face, size, _RIGHT - _LEFT):
                if self._y < _BOTTOM:
                    self.close_page()
                    self.open_page()
                self._canvas.setFont(face, size)
                self._canvas.drawString(_LEFT, self._y, part)
                self._y -= _LEADING

    def space(self) -> None:
        self._y -= _LEADING / 2
