"""Makes DOCX files whose ZIP is normalised: fixed order and time, nothing compressed."""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE

from samples.documents.letters import Letter, paragraphs
from samples.simulator.containers import zip_entry

_FIRST = "[Content_Types].xml"
_UNUSED = ("/stylesWithEffects", "/thumbnail")


def word(letter: Letter) -> bytes:
    """Give a letter as a Word document, the same bytes every time."""
    document = docx.Document()
    _lighten(document)
    properties = document.core_properties
    properties.title, properties.author, properties.subject = letter.title, letter.sender, letter.reference
    properties.created = properties.modified = datetime.combine(letter.dated, datetime.min.time(), UTC)
    properties.last_modified_by = letter.sender
    document.add_paragraph(f"{letter.sender}\n{letter.dated.isoformat()}    {letter.reference}")
    document.add_paragraph(letter.recipient)
    document.add_heading(letter.title, level=1)
    for paragraph in paragraphs(letter.body):
        if paragraph.startswith("# "):
            document.add_heading(paragraph.removeprefix("# "), level=2)
        else:
            document.add_paragraph(paragraph)
    document.add_paragraph(letter.signature)
    saved = io.BytesIO()
    document.save(saved)
    return _normalised(saved)


def _lighten(document: Document) -> None:
    """Leave out what the library's template brings and a letter does not use."""
    for style in [style for style in document.styles if style.type is WD_STYLE_TYPE.TABLE]:
        style.delete()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            del relations[key]


def _normalised(saved: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as archive:
        # Format identification and some readers expect the content types first.
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            archive.writestr(zip_entry(name), source.read(name))
    return target.getvalue()
