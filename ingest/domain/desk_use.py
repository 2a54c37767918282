"""What somebody did at the desk or over the API, as the archive records it: who, when, which room, and of what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from ingest.domain.people import PersonRole

MOST_CHARACTERS: Final = 1000
"""A longer word of an address is cut."""


class Trace(StrEnum):
    """What a visit to a room leaves in the record."""

    NONE = "none"
    READ = "read"
    WRITE = "write"
    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskUse:
    """A visit to a room; `of` are the words of its address by their names (`package`, `path`), never what was typed.

    Over the API the room is the route, `by` the holder of the key and `subject` its id. Whoever was not let in is
    nobody: `by` is "". `outcome` is the status that the answer had: of 400 or more nothing was shown, and nothing
    was changed either below 500: beyond that, what was changed tells the entry of the change.
    """

    at: datetime
    by: str
    subject: str
    roles: tuple[PersonRole, ...]
    trace: Trace
    room: str
    of: tuple[tuple[str, str], ...]
    outcome: int

    @property
    def is_by_key(self) -> bool:
        """Whether it was done over the API, by a key, and not by a person at the desk."""
        return self.room.partition(" ")[2].startswith("/v1/")

    @property
    def is_refused(self) -> bool:
        """Whether nothing was shown, and nobody let in."""
        return self.outcome >= HTTPStatus.BAD_REQUEST


def cut(word: str) -> str:
    """Give a word as it is recorded."""
    return word if len(word) <= MOST_CHARACTERS else word[: MOST_CHARACTERS - 1] + "…"
