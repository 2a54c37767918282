"""How a reader of texts asks for those of what lies inside its document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ingest.domain.texts import TextPiece, Unread, UnreadReason

WITHIN: Final = "!/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A document being read: `part` is its own place, "" where it was not in another; `read` reads what is in it."""

    part: str
    read: Callable[[bytes, str], Iterator[TextPiece]]

    def place(self, name: str) -> str:
        """Give the place of something in this document."""
        return f"{self.part}{WITHIN}{name}" if self.part else name

    def damaged(self, name: str, error: Exception) -> Unread:
        """Say that something in it could not be read. What the library says may quote it, so it is not told."""
        return Unread(part=self.place(name) if name else self.part, reason=reason_of(error), detail=kind(error))


def reason_of(error: Exception) -> UnreadReason:
    """Tell what a library gave up over. A fault of the disk and a lack of memory are raised anew."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno is not None):
        raise error
    return UnreadReason.DAMAGED


def kind(error: Exception) -> str:
    """Give the kind of an exception."""
    return type(error).__name__
