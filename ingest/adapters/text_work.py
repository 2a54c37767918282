"""What one process does with one document: reads its texts, within bounds of processor time and memory."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.adapters.bounds import OutOfTime, bounded_time, give_back
from ingest.adapters.store_faults import faults_of
from ingest.domain.texts import ExtractedText, TextPiece, Unread, UnreadReason, gathered
from ingest.errors import ObjectMissing

_MOST_CHARACTERS: Final = 20_000_000
TOO_LONG: Final = Unread(part="", reason=UnreadReason.TOO_LONG)
TOO_MUCH_MEMORY: Final = Unread(part="", reason=UnreadReason.TOO_MUCH_MEMORY)
"""Made beforehand: where memory has run out, there may be none to make an answer with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBounds:
    """Processor seconds that one document may take: `seconds`, and more for each MiB of it, up to `most_seconds`."""

    seconds: float = 20
    seconds_per_mib: float = 20
    most_seconds: float = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWork:
    """A document, lent as a local file."""

    path: Path
    bounds: TextBounds


def read_texts(work: TextWork) -> ExtractedText:
    """Read a document, as far as its bounds go. Raises ObjectMissing, StoreUnavailable."""
    give_back()  # what the document before this one took
    read: list[TextPiece] = []
    with faults_of(work.path.parent):
        try:
            with bounded_time(_seconds(work)):
                _read_into(read, work.path)
        except OutOfTime:
            read.append(TOO_LONG)
        except MemoryError:
            read.append(TOO_MUCH_MEMORY)
    return gathered(iter(read), _MOST_CHARACTERS)


def _read_into(read: list[TextPiece], path: Path) -> None:
    from ingest.formats.texts import texts_of  # noqa: PLC0415 - what reads foreign bytes is loaded in a process apart

    try:
        source = path.open("rb")
    except FileNotFoundError as error:
        raise ObjectMissing(f"{path} saknas.", f"{path} is missing.") from error
    left = _MOST_CHARACTERS
    with source:
        for piece in texts_of(source):
            read.append(piece)
            left -= 0 if isinstance(piece, Unread) else len(piece.text)
            if left < 0:
                return


def _seconds(work: TextWork) -> float:
    try:
        size = work.path.stat().st_size
    except FileNotFoundError as error:
        raise ObjectMissing(f"{work.path} saknas.", f"{work.path} is missing.") from error
    return min(work.bounds.seconds + work.bounds.seconds_per_mib * size / 1024**2, work.bounds.most_seconds)
