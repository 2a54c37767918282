"""Single mail messages (RFC 5322, MIME): headers, bodies and attachments, those of forwarded messages too."""

import email
import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from typing import Any, Final

from ingest.domain.texts import Layer, TextPart, TextPiece
from ingest.formats.texts.inside import Inside, reason_of
from ingest.formats.texts.markup import APART

_HEAD: Final = 8192
_FIRST: Final = re.compile(r"(?:From |[!-9;-~]{1,60}:)")
_KNOWN: Final = re.compile(
    r"^(from|to|subject|date|received|message-id|mime-version|return-path):", re.IGNORECASE | re.MULTILINE
)
_LEAST: Final = 3


def is_mail(text: str) -> bool:
    """Tell a message by its headers."""
    head = re.split(r"\r?\n\r?\n", text[:_HEAD], maxsplit=1)[0]
    return _FIRST.match(head) is not None and len({name.lower() for name in _KNOWN.findall(head)}) >= _LEAST


def texts_of(content: bytes, inside: Inside) -> Iterator[TextPiece]:
    """Give the headers of all parts, and the texts of each body and attachment."""
    message = email.message_from_bytes(content, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        place = f"part {number + 1}"
        headers = APART.join(_headers(part))
        yield TextPart(part=inside.place(f"{place} headers"), text=headers, layer=Layer.BESIDE)
        if part.is_multipart():
            continue
        try:
            yield from inside.read(_body(part), inside.place(place))
        except Exception as error:  # noqa: BLE001 - the library raises what it likes over foreign bytes
            yield inside.damaged(place, error)


def _headers(part: "Message[str, str]") -> Iterator[str]:
    for name, value in part.items():
        yield f"{name}: {_plain(str(value))}"


def _plain(value: str) -> str:
    """Give a header in plain letters, and as it stands where it is in none that we know."""
    try:
        return str(make_header(decode_header(value)))
    except Exception as error:  # noqa: BLE001 - as above
        reason_of(error)
        return value


def _body(part: "Message[str, str]") -> bytes:
    body: Any = part.get_payload(decode=True)
    content = body if isinstance(body, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() != "text" or charset is None:
        return content
    try:
        return content.decode(charset, errors="replace").encode("utf-8")
    except LookupError:
        return content
