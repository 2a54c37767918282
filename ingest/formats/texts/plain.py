"""Bytes that are a text in one of the encodings that Swedish systems have written."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE: Final = 4096
_RICH: Final = "{\\rtf"


def decoded(content: bytes) -> str | None:
    """Give the text, None where the bytes are none: UTF-8, UTF-16 and UTF-32 by their mark, else Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if wide := _wide_encoding(content):
        return content.decode(wide, errors="replace")
    if _NO_TEXT.search(content):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def is_rich_text(text: str) -> bool:
    """Tell RTF, whose words stand among marks."""
    return text.startswith(_RICH)


def _wide_encoding(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zeros are: most letters of Latin script have one, always on one side."""
    sample = content[:_SAMPLE]
    low, high = sample[0::2], sample[1::2]
    zeros = len(high) // 2
    if not zeros or len(content) % 2:
        return None
    if high.count(0) > zeros and not low.count(0):
        return "utf-16-le"
    if low.count(0) > zeros and not high.count(0):
        return "utf-16-be"
    return None
