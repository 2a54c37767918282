"""Outlook's messages (MSG) in Microsoft's compound files; older Word, Excel and PowerPoint in them are not read."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from ingest.domain.texts import TextPart, TextPiece, Unread, UnreadReason
from ingest.formats.texts.inside import Inside

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTY: Final = "__substg1.0_"
_WIDE, _NARROW, _BYTES = "001F", "001E", "0102"
_HTML, _ATTACHED = "1013", "3701"
_MOST: Final = 64 << 20


def texts_of(source: BinaryIO, inside: Inside) -> Iterator[TextPiece]:
    """Give every text of a message with those of its attachments; anything else has no reader."""
    import olefile  # noqa: PLC0415 - only where there is such a file

    try:
        with olefile.OleFileIO(source) as compound:
            streams = compound.listdir()
            if not any(path[-1].startswith(_PROPERTY) for path in streams):
                yield Unread(part=inside.part, reason=UnreadReason.NO_READER, detail="an older office document")
                return
            for path in streams:
                yield from _property(compound, path, inside)
    except Exception as error:  # noqa: BLE001 - olefile raises what it likes over foreign bytes
        yield inside.damaged("", error)


def _property(compound: Any, path: list[str], inside: Inside) -> Iterator[TextPiece]:  # noqa: ANN401 - an OleFileIO
    name = path[-1].removeprefix(_PROPERTY)
    if name == path[-1]:
        return
    tag, kind = name[:4].upper(), name[4:8].upper()
    place = "/".join(path)
    if compound.get_size(path) > _MOST:
        yield Unread(part=inside.place(place), reason=UnreadReason.TOO_LARGE)
    elif kind == _WIDE:
        yield TextPart(part=inside.place(place), text=_content(compound, path).decode("utf-16-le", errors="replace"))
    elif kind == _NARROW:
        yield TextPart(part=inside.place(place), text=_content(compound, path).decode("cp1252", errors="replace"))
    elif kind == _BYTES and tag in (_HTML, _ATTACHED):
        yield from inside.read(_content(compound, path), inside.place(place))


def _content(compound: Any, path: list[str]) -> bytes:  # noqa: ANN401 - an OleFileIO
    content: bytes = compound.openstream(path).read()
    return content
