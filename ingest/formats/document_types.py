"""What a document's type declaration pulls in, found by looking at its first bytes: nothing is parsed or fetched."""

import codecs
import re
from io import RawIOBase
from typing import BinaryIO, Final

HEAD_BYTES: Final = 1 << 16
_FIRST_LOOK: Final = 64
_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_BEFORE: Final = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DECLARATION: Final = re.compile(r"\s*<!DOCTYPE\s+[^\s\[>]+\s*(?:(SYSTEM|PUBLIC)\b|(\[))[^>]*", re.IGNORECASE)
_MOST_TOLD: Final = 200


def declared_in(stream: RawIOBase | BinaryIO) -> str:
    """Look at the first bytes of an open file, which is left at its start. Raises OSError.

    What does not begin as XML, SVG or HTML does is left after a few bytes.
    """
    head = stream.read(_FIRST_LOOK) or b""
    if _text(head).lstrip().startswith("<"):
        head += stream.read(HEAD_BYTES) or b""
    stream.seek(0)
    return pulled_in(head)


def pulled_in(head: bytes) -> str:
    """Give the declaration that refers to another file or has entities of its own, "" when the document has none.

    `<!DOCTYPE html>` alone pulls nothing in.
    """
    text, at = _text(head), 0
    while (passed := _BEFORE.match(text, at)) is not None:
        at = passed.end()
    found = _DECLARATION.match(text, at)
    return " ".join(found[0].split())[:_MOST_TOLD] if found else ""


def _text(head: bytes) -> str:
    encoding = next((name for mark, name in _ENCODINGS if head.startswith(mark)), "latin-1")
    return head.decode(encoding, "replace").removeprefix("\ufeff")
