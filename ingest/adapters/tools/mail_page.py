"""Writes a mail message as a page: who, when, what, the text, and what was attached. Run as a program, behind walls.

`python -m` this module: reads the message `source` and writes `page.html`. Nothing is fetched, and no script or style
of the message's own is kept. Imports nothing but the standard library.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

SOURCE, PAGE = "source", "page.html"
_HEADERS: Final = ("From", "Sender", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID")
_TEXT: Final = ("b", "blockquote", "br", "code", "em", "hr", "i", "p", "pre", "strong", "sub", "sup", "u")
_LISTS: Final = ("dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul")
_TABLES: Final = ("table", "tbody", "td", "th", "thead", "tr")
_KEPT: Final = frozenset((*_TEXT, *_LISTS, *_TABLES))
_EMPTY: Final = frozenset({"br", "hr"})
_SKIPPED: Final = frozenset({"head", "script", "style", "title", "noscript", "template", "object", "svg", "math"})
_NEW_LINE: Final = frozenset({"div", "section", "article", "header", "footer"})


def page_of(content: bytes) -> str:
    """Give the message as one HTML page without references to anything outside it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    rows = "".join(f"<tr><td><b>{name}</b></td><td>{escape(value)}</td></tr>" for name, value in _headers(message))
    attached = "".join(f"<li>{escape(line)}</li>" for line in _attachments(message))
    below = f"<hr><p><b>Attachments</b></p><ul>{attached}</ul>" if attached else ""
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return f"<html><head>{head}</head><body><table>{rows}</table><hr>{_body(message)}{below}</body></html>"


def _headers(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for name in _HEADERS:
        for value in message.get_all(name, ()):
            yield name, " ".join(str(value).split())


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return "<p></p>"
    text = _text(part)
    return sanitised(text) if part.get_content_subtype() == "html" else _as_paragraphs(text)


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset that nobody knows
        content = part.get_payload(decode=True)
        return content.decode("latin-1") if isinstance(content, bytes) else str(content)


def _as_paragraphs(text: str) -> str:
    lines = (escape(line).replace("\t", "    ").replace("  ", " &nbsp;") or "&nbsp;" for line in text.splitlines())
    return "<p>" + "<br>".join(lines) + "</p>"


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        size = f", {len(content)} bytes" if isinstance(content, bytes) else ""
        yield f"{part.get_filename() or '–'} ({part.get_content_type()}{size})"


class _Sanitiser(HTMLParser):
    """Keeps text and plain structure, no attribute of any kind."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        _ = attrs
        if tag in _SKIPPED:
            self._skipping += 1
        elif not self._skipping and tag in _KEPT:
            self.kept.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif not self._skipping and tag in _KEPT - _EMPTY:
            self.kept.append(f"</{tag}>")
        elif not self._skipping and tag in _NEW_LINE:
            self.kept.append("<br>")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.kept.append(escape(data))


def sanitised(html: str) -> str:
    """Give the text and plain structure of a page: no link, image, script, style or attribute is left."""
    sanitiser = _Sanitiser()
    sanitiser.feed(html)
    sanitiser.close()
    return "".join(sanitiser.kept)


def main() -> None:
    """Write the page of the message in the folder where this is run."""
    page = page_of(Path(SOURCE).read_bytes())
    Path(PAGE).write_text(page, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
