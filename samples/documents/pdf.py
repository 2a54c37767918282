"""Makes PDF 1.4 files: letters in the standard Helvetica, not embedded, uncompressed, without a clock."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from samples.documents.letters import Faces, Letter, draw


def pdf(letter: Letter) -> bytes:
    """Give a letter as an ordinary PDF, the same bytes every time."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=0, pdfVersion=(1, 4))
    canvas.setTitle(letter.title)
    canvas.setAuthor(letter.sender)
    canvas.setSubject(letter.reference)
    canvas.setCreator("Exempeldiariet")
    draw(letter, canvas, Faces(regular="Helvetica", bold="Helvetica-Bold"))
    canvas.save()
    return target.getvalue()
