"""What somebody did at the desk, as the archive records it: who, when, which room, and of what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ingest.domain.people import PersonRole

MOST_CHARACTERS: Final = 1000
"""A longer word of an address is cut."""


class Trace(StrEnum):
    """What a visit to a room leaves in the record."""

    NONE = "none"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskUse:
    """A visit to a room; `of` are the words of its address by their names (`package`, `path`), never what was typed.

    `outcome` is the status that the answer had: what is 400 or more was shown nothing and changed nothing.
    """

    at: datetime
    by: str
    subject: str
    roles: tuple[PersonRole, ...]
    trace: Trace
    room: str
    of: tuple[tuple[str, str], ...]
    outcome: int


def cut(word: str) -> str:
    """Give a word as it is recorded."""
    return word if len(word) <= MOST_CHARACTERS else word[: MOST_CHARACTERS - 1] + "…"
