import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import docx
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.domain.personal_numbers import find_numbers
from ingest.domain.texts import ExtractedText, UnreadReason, gathered
from ingest.formats.texts import texts_of
from tests.fakes.compound_files import compound_file

NUMBER = "640823-3234"
MOST = 1_000_000


def extracted(content: bytes) -> ExtractedText:
    return gathered(texts_of(io.BytesIO(content)), MOST)


def hits(content: bytes) -> list[str]:
    """Name the part of every number that is found."""
    return [one.part for one in extracted(content).parts for _ in find_numbers(one.text)]


def reasons(content: bytes) -> list[UnreadReason]:
    return [one.reason for one in extracted(content).unread]


def pdf(draw: Callable[[Canvas], object]) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def scanned(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("L", (50, 50)), 0, 0)
    canvas.drawImage(_picture(), 0, 0)


def _picture() -> object:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - for one picture

    return ImageReader(Image.new("L", (100, 100), 200))


def packed(files: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(change: Callable[["docx.document.Document"], object]) -> bytes:
    made, document = io.BytesIO(), docx.Document()
    change(document)
    document.save(made)
    return made.getvalue()


def runs(document: "docx.document.Document") -> None:
    paragraph = document.add_paragraph("Sökande 6408")
    paragraph.add_run("23-").bold = True
    paragraph.add_run("3234")


def odt(words: str, meta: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body>{words}</o:body></o:document-content>'
    metadata = f'<o:document-meta xmlns:o="{office}"><o:meta>{meta}</o:meta></o:document-meta>'
    files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": metadata}
    return packed(files)


def sheet(cells: str, shared: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><row>{cells}</row></worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        }
    )


def message(attachment: bytes = b"", subject: str = "Hej", words: str = "Hej") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.se", "b@example.se", subject
    made.set_content(words)
    if attachment:
        made.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="bilaga.bin")
    return made.as_bytes()


TEXT_IN_ZIP = packed({"a.txt": NUMBER})
TEXTS: Mapping[str, bytes] = {
    "utf-8": f"Åke {NUMBER}".encode(),
    "utf-8 with mark": f"Åke {NUMBER}".encode("utf-8-sig"),
    "windows": f"Åke {NUMBER}".encode("cp1252"),
    "utf-16": f"Åke {NUMBER}".encode("utf-16"),
    "utf-16 without mark": f"Åke {NUMBER}".encode("utf-16-be"),
    "csv": f"namn;nummer\nÅke;{NUMBER}\n".encode(),
    "xml": f"<a><b>{NUMBER}</b></a>".encode(),
    "xml attribute": f"<a b='{NUMBER}'/>".encode(),
    "xml comment": f"<a><!-- {NUMBER} --></a>".encode(),
    "xml entity": b"<a>640823&#45;3234</a>",
    "xml in utf-16": f"<?xml version='1.0' encoding='utf-16'?><a>{NUMBER}</a>".encode("utf-16"),
    "running text in xml": b"<p>Nr 640823<b>-3234</b></p>",
    "html": b"<html><body><p>640823<b>-3234</b></body></html>",
    "html entity": b"<html><body>640823&ndash;3234</body></html>",
    "html comment": f"<html><body><!-- {NUMBER} --></body></html>".encode(),
    "html attribute": f"<html><body><img alt='{NUMBER}'></body></html>".encode(),
    "html attribute's name": f"<html><body><img {NUMBER}></body></html>".encode(),
    "html mark's name": f"<html><body><b('{NUMBER}'></body></html>".encode(),
    "html with a zero letter": f"<html><body>\0{NUMBER}</body></html>".encode("utf-16"),
    "pdf": pdf(lambda canvas: canvas.drawString(100, 700, f"Sökande {NUMBER}")),
    "pdf title": pdf(lambda canvas: canvas.setTitle(NUMBER)),
    "pdf bookmark": pdf(lambda canvas: (canvas.bookmarkPage("a"), canvas.addOutlineEntry(NUMBER, "a"))),
    "pdf note": pdf(lambda canvas: canvas.textAnnotation(NUMBER, (0, 0, 100, 100))),
    "docx in runs": word(runs),
    "docx cell": word(lambda document: document.add_table(1, 1).cell(0, 0).add_paragraph(NUMBER)),
    "docx author": word(lambda document: setattr(document.core_properties, "author", NUMBER)),
    "docx header": word(lambda document: document.sections[0].header.add_paragraph(NUMBER)),
    "xlsx text": sheet("<c t='s'><v>0</v></c>", "<si><r><t>640823</t></r><r><t>-3234</t></r></si>"),
    "xlsx number": sheet("<c><v>196408233234</v></c>"),
    "odt": odt("<t:p>640823<t:span>-3234</t:span></t:p>"),
    "odt space": odt("<t:p>640823<t:s/>3234</t:p>"),
    "odt metadata": odt("", f"<o:title>{NUMBER}</o:title>"),
    "mail": message(words=f"Hej {NUMBER}"),
    "mail subject": message(subject=f"Ärende {NUMBER}"),
    "mail attachment": message(attachment=packed({"a.txt": NUMBER})),
    "outlook": compound_file({"__substg1.0_1000001F": f"Hej {NUMBER}".encode("utf-16-le")}),
    "outlook in narrow letters": compound_file({"__substg1.0_0037001E": f"Åke {NUMBER}".encode("cp1252")}),
    "outlook html": compound_file({"__substg1.0_10130102": f"<html><body>{NUMBER}</body></html>".encode().ljust(4096)}),
    "outlook attachment": compound_file({"__substg1.0_37010102": TEXT_IN_ZIP}),
    "zip": packed({"a/b.txt": NUMBER}),
    "zip name": packed({f"{NUMBER}.txt": ""}),
    "zip in zip": packed({"inre.zip": packed({"a.txt": NUMBER})}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_number_is_found_wherever_a_document_says_it(name: str) -> None:
    assert len(hits(TEXTS[name])) >= 1
    assert reasons(TEXTS[name]) == []


APART: Mapping[str, bytes] = {
    "xml elements": b"<a><b>640823</b><c>3234</c></a>",
    "html cells": b"<html><body><table><tr><td>640823</td><td>3234</td></tr></table></body></html>",
    "docx paragraphs": word(lambda document: (document.add_paragraph("640823"), document.add_paragraph("3234"))),
    "xlsx cells": sheet("<c><v>640823</v></c><c><v>3234</v></c>"),
    "odt paragraphs": odt("<t:p>640823</t:p><t:p>3234</t:p>"),
    "an empty file": b"",
}


@pytest.mark.parametrize("name", APART)
def test_what_stands_apart_is_not_put_together(name: str) -> None:
    assert hits(APART[name]) == []
    assert reasons(APART[name]) == []


def locked_pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(TEXTS["pdf"])) as document:
        document.save(made, encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))
    return made.getvalue()


def deep(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = packed({"a.zip": content})
    return content


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("L", (4, 4)).save(made, "PNG")
    return made.getvalue()


UNREAD: Mapping[str, tuple[bytes, UnreadReason]] = {
    "bytes": (bytes(range(256)), UnreadReason.NO_READER),
    "a picture": (picture(), UnreadReason.PICTURES),
    "a scanned paper": (pdf(scanned), UnreadReason.PICTURES),
    "a picture in a document": (word(lambda d: d.add_picture(io.BytesIO(picture()))), UnreadReason.PICTURES),
    "a locked pdf": (locked_pdf(), UnreadReason.LOCKED),
    "a pdf cut short": (TEXTS["pdf"][:-300], UnreadReason.DAMAGED),
    "a pdf that is none": (b"%PDF-1.7\nxx", UnreadReason.DAMAGED),
    "a zip cut short": (TEXTS["zip"][:-10], UnreadReason.DAMAGED),
    "xml cut short": (f"<a>{NUMBER}".encode(), UnreadReason.DAMAGED),
    "entities": (f"<!DOCTYPE a [<!ENTITY b 'c'>]><a>{NUMBER} &b;</a>".encode(), UnreadReason.ENTITIES),
    "rich text": (rf"{{\rtf1 {NUMBER}}}".encode(), UnreadReason.NO_READER),
    "an older office document": (compound_file({"WordDocument": b"Hej"}), UnreadReason.NO_READER),
    "a compound file cut short": (compound_file({"WordDocument": b"Hej"})[:600], UnreadReason.DAMAGED),
    "containers in containers": (deep(b"", 8), UnreadReason.TOO_DEEP),
    "a picture in a container": (packed({"a.png": picture()}), UnreadReason.PICTURES),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_told(name: str) -> None:
    content, reason = UNREAD[name]
    assert reason in reasons(content)


@pytest.mark.parametrize("name", ["entities", "rich text", "xml cut short"])
def test_what_can_only_be_read_with_its_marks_is_searched_all_the_same(name: str) -> None:
    assert hits(UNREAD[name][0])


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(TEXTS["pdf"])) as document:
        document.save(made, encryption=pikepdf.Encryption(user="", owner="hemligt"))
    assert "page 1" in hits(made.getvalue())
    assert reasons(made.getvalue()) == []


def test_a_file_attached_to_a_pdf_and_its_xmp_are_read() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(lambda canvas: canvas.drawString(0, 0, "Hej")))) as document:
        document.attachments["a.txt"] = pikepdf.AttachedFileSpec(document, NUMBER.encode())
        with document.open_metadata() as metadata:
            metadata["dc:description"] = f"Om {NUMBER}"
        document.save(made)
    found = hits(made.getvalue())
    assert any("embeddedfile" in part for part in found)
    assert any("metadata" in part for part in found)


def test_beyond_so_many_characters_a_document_is_told_as_too_large() -> None:
    found = gathered(texts_of(io.BytesIO(b"a" * 100)), 50)
    assert [one.reason for one in found.unread] == [UnreadReason.TOO_LARGE]


SAMPLES = (*TEXTS.values(), *APART.values(), *(content for content, _ in UNREAD.values()))


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=4),
    st.floats(0, 1),
)
def test_no_broken_document_is_taken_for_a_fault_of_the_machine(
    content: bytes, changes: list[tuple[float, bytes]], cut: float
) -> None:
    for place, replacement in changes:
        at = int(place * len(content))
        content = content[:at] + replacement + content[at + len(replacement) :]
    extracted(content[: max(1, int(len(content) * cut))])


SLIGHT = (
    b"<html>",
    b"<html><!-- a -->",
    b"<body",
    b"<html><bo(y>a",
    b"<",
    b"<?xml?>",
    b"From: a\nTo: b\nDate: c\nSubject: =?x?b?y?=\n",
)


@pytest.mark.parametrize("content", SLIGHT)
def test_next_to_nothing_is_read(content: bytes) -> None:
    assert UnreadReason.NO_READER not in reasons(content)
