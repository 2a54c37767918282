"""What every command works with: the settings, the language, and where and how it prints."""

import io
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from earkiv.cli import texts
from earkiv.cli.language import Voice
from ingest.config import Language, Settings, read_settings
from ingest.errors import SourceUnreadable

if TYPE_CHECKING:
    from rich.console import Console

Document = dict[str, Any]

WIDTH = 100
"""Columns that no line exceeds; a narrower terminal has its own."""


class Printing(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One command's surroundings."""

    settings: Settings
    voice: Voice
    printing: Printing

    @property
    def is_watched(self) -> bool:
        """Whether a person is looking: both outputs are a terminal and text is printed."""
        return self.printing is Printing.TEXT and sys.stdout.isatty() and sys.stderr.isatty()

    def page(self) -> "Console":
        """Give what readable text is printed on: in colour on a terminal, plain and quiet when piped."""
        return paper(WIDTH)

    def note(self, text: str) -> None:
        """Say something beside the result, on stderr."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def paper(width: int) -> "Console":
    """Give a console of at most that many columns that takes every text as it is, brackets and colons too."""
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON

    if not sys.stdout.isatty():
        return Console(
            file=cast("IO[str]", _Trimmed(sys.stdout)), width=width, highlight=False, markup=False, emoji=False
        )
    page = Console(highlight=False, markup=False, emoji=False)
    page.width = min(page.width, width)
    return page


class _Trimmed(io.TextIOBase):
    """Writes text on without the spaces that tables end their lines with."""

    def __init__(self, onto: TextIO) -> None:
        self._onto = onto

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a text stream has one, its base class none
        """The encoding of what is written to: frames are drawn in ASCII where it has no others."""
        return self._onto.encoding

    def write(self, text: str) -> int:
        """Write a whole number of lines."""
        return self._onto.write(re.sub(r" +$", "", text, flags=re.MULTILINE))

    def flush(self) -> None:
        """Flush what is written to."""
        self._onto.flush()


def opened(lang: Language | None, as_json: bool) -> Session:
    """Read the settings for one command. Raises ConfigurationError naming every mistake."""
    settings = read_settings(os.environ, os.cpu_count() or 1)
    printing = Printing.JSON if as_json else Printing.TEXT
    return Session(settings=settings, voice=Voice(language=lang or settings.language), printing=printing)


def print_json(document: Document | Sequence[Document]) -> None:
    """Print one JSON document on stdout, UTF-8 whatever the terminal's encoding."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def one_or_all(documents: Sequence[Document]) -> Document | Sequence[Document]:
    """Give the one document itself, or several as a list (DESIGN §7)."""
    return documents[0] if len(documents) == 1 else documents


def require_paths(paths: Sequence[Path]) -> None:
    """Refuse before anything is done when a path is absent, or no file or folder. Raises SourceUnreadable for all."""
    absent = ", ".join(str(path) for path in paths if not os.path.exists(path))  # noqa: PTH110 - says no, never raises
    if absent:
        raise SourceUnreadable(texts.ABSENT.sv.format(paths=absent), texts.ABSENT.en.format(paths=absent))
    endless = ", ".join(str(path) for path in paths if not (path.is_file() or path.is_dir()))
    if endless:  # Reading a pipe or a device need never end.
        raise SourceUnreadable(texts.NO_CONTENT.sv.format(paths=endless), texts.NO_CONTENT.en.format(paths=endless))
