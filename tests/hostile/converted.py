"""Small files that are hostile to whoever converts them: they take minutes or gigabytes, or would write as much."""

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from samples.documents.word import word
from tests.features.genuine_documents import LETTERS

_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARAGRAPH: Final = "<w:p><w:r><w:t>Text som fyller.</w:t></w:r></w:p>"
_PARAGRAPHS: Final = 400_000
_DEPTH, _TABLES = 60, 20
_FORMS: Final = 9
_LARGEST_SIDE: Final = 16_383


def nested_tables() -> bytes:
    """Tables in tables: 12 KB that LibreOffice lays out for minutes."""
    inner = _PARAGRAPH
    for _ in range(_DEPTH):
        cells = f"<w:tc>{inner}</w:tc><w:tc>{_PARAGRAPH}</w:tc>"
        inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{_PARAGRAPH}"
    return _document(inner * _TABLES)


def many_paragraphs() -> bytes:
    """XML that expands three hundred times, and each paragraph of it to far more in memory."""
    return _document(_PARAGRAPH * _PARAGRAPHS)


def _document(body: str) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(LETTERS[0]))) as letter,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in letter.namelist():
            text = f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
            changed.writestr(name, text if name == "word/document.xml" else letter.read(name))
    return made.getvalue()


def forms_in_forms() -> bytes:
    """A PDF page that draws a form ten times, which draws another ten times, and so on: a thousand million lines."""
    size, box = b"/MediaBox [0 0 595 842]", b"/BBox [0 0 595 842]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>" % size,
        _stream(b"", b"/F Do " * 10),
    ]
    for number in range(6, 5 + _FORMS):
        inner = b" /Resources << /XObject << /F %d 0 R >> >>" % number
        objects.append(_stream(b"/Type /XObject /Subtype /Form " + box + inner, b"/F Do " * 10))
    objects.append(_stream(b"/Type /XObject /Subtype /Form " + box, b"0 0 m 100 100 l S " * 10))
    return _pdf(objects)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _pdf(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return made + head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(made)


def largest_webp() -> bytes:
    """Give 28 bytes of lossless WebP: one colour, as many pixels as the format has, a gigabyte when unpacked."""
    # Sides less one, no alpha, version 0; no transform, no cache, no groups; five codes of one symbol each.
    sides = [(_LARGEST_SIDE - 1, 14)] * 2
    fields = [*sides, (0, 1), (0, 3), (0, 1), (0, 1), (0, 1), *[(0b0001, 4)] * 5]
    value = place = 0
    for number, width in fields:
        value |= number << place
        place += width
    content = b"\x2f" + value.to_bytes(-(-place // 8), "little")
    chunk = b"VP8L" + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
    return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def hours_of_silence() -> bytes:
    """Three hours of Opus in less than a mebibyte: more than a gigabyte as WAV."""
    silence = ("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "20")
    return _looped("ogg", 540, *silence, "-c:a", "libopus", "-b:a", "500", "-frame_duration", "60")


def black_film() -> bytes:
    """Twenty minutes of black film in less than a mebibyte: 30,000 pictures, each to be coded without loss."""
    picture = ("-f", "lavfi", "-i", "color=black:s=640x480:r=25", "-t", "60")
    return _looped("mp4", 19, *picture, "-c:v", "libx264", "-crf", "51", "-g", "9999")


def _looped(form: str, times: int, *recording: str) -> bytes:
    """Record something short, and repeat it without recording it again."""
    muxer = ("-movflags", "frag_keyframe+empty_moov") if form == "mp4" else ()
    short = _ffmpeg(*recording, "-f", "nut", "pipe:1")
    return _ffmpeg("-stream_loop", str(times), "-i", "pipe:0", "-c", "copy", *muxer, "-f", form, "pipe:1", given=short)


def _ffmpeg(*arguments: str, given: bytes = b"") -> bytes:
    command = ["ffmpeg", "-v", "error", *arguments]
    return subprocess.run(command, input=given, check=True, capture_output=True, timeout=120).stdout


MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "nested-tables.docx": nested_tables,
    "many-paragraphs.docx": many_paragraphs,
    "forms-in-forms.pdf": forms_in_forms,
    "largest.webp": largest_webp,
    "silence.ogg": hours_of_silence,
    "black.mp4": black_film,
}


def write(folder: Path, name: str, copies: int) -> list[Path]:
    """Write a hostile file so many times."""
    content = MAKERS[name]()
    paths = [folder / f"{number}-{name}" for number in range(copies)]
    for path in paths:
        path.write_bytes(content)
    return paths
