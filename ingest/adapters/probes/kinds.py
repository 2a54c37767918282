"""Which probe a file is for, told by its first bytes: also where identification failed."""

from enum import Enum, auto

HEAD_BYTES = 1024
_XML_DECLARATION = b"<?xml"
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"\0\0\0\x0cjP  \r\n\x87\n",
)


class Kind(Enum):
    """The kinds of file that have a probe."""

    PDF = auto()
    OLE = auto()
    ZIP = auto()
    IMAGE = auto()
    XML = auto()


def kind_of(head: bytes) -> Kind | None:
    """Tell the kind by the first bytes, None for a file that no probe is for.

    A PDF may have other bytes before it; but what begins as another kind may hold one, as a ZIP does.
    """
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.OLE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    if b"%PDF-" in head:
        return Kind.PDF
    return Kind.XML if _is_xml(head) else None


def _is_xml(head: bytes) -> bool:
    """Tell XML by its declaration, in UTF-8 or UTF-16; UTF-32 has no reader here."""
    if head.startswith(_UTF_32):
        return False
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip().startswith(_XML_DECLARATION)
