"""HTML made of elements: whatever a package says becomes text, never markup, and steers nobody's eye."""

from dataclasses import dataclass
from typing import Final

from lxml import html
from lxml.etree import _Element

from ingest.domain.findings import Text

_GROUP: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One language of a page; `code` also keeps two languages' anchors apart."""

    code: str

    def __call__(self, text: Text) -> str:
        """Give a text in this language."""
        return text.sv if self.code == "sv" else text.en


SWEDISH: Final = Voice(code="sv")
ENGLISH: Final = Voice(code="en")
VOICES: Final = (SWEDISH, ENGLISH)


def element(tag: str, *content: dict[str, str] | str | _Element) -> _Element:
    """Make an element of attributes, texts and elements; texts stay texts whatever is in them."""
    made: _Element = html.Element(tag)
    for part in content:
        match part:
            case dict():
                for name, value in part.items():
                    made.set(name, value)
            case str():
                _write(made, part)
            case _:
                made.append(part)
    return made


def _write(made: _Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text


def written(made: _Element) -> str:
    """Give an element as it stands in a page."""
    text: str = html.tostring(made, encoding="unicode")
    return text


def grouped(number: int) -> str:
    """Write a whole number with its thousands apart."""
    return f"{number:,}".replace(",", _GROUP)


def cleaned(delivered: str) -> str:
    """Spell out what cannot be seen or written: a delivered text must not steer the reader's eye or the page."""
    return "".join(letter if letter.isprintable() else _spelled(letter) for letter in delivered)


def _spelled(letter: str) -> str:
    return letter if letter == _GROUP else letter.encode("unicode_escape").decode("ascii")
