"""The book of requests as the reading room has it: it writes new ones and reads how they stand, and does no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from schemas.public_requests import DisposedPart, StepKind


class BookUnavailable(Exception):
    """The book cannot be read or written just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it was written; `secret` is that of the status link, `form` the token of the form it came in."""

    id: str
    secret: str
    form: str
    received_at: str
    language: str
    question: str
    contact: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """A file that came with an answer; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the archive has done, and what it says to whoever asked."""

    kind: StepKind
    at: str
    text: str = ""
    ground: str = ""
    appeal: str = ""
    files: tuple[AnswerFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A request as whoever has its link reads it; `language` is that of the form, which it is answered in.

    `disposed` says when parts of it were erased.
    """

    id: str
    received_at: str
    language: str
    question: str
    about: str | None
    steps: tuple[Step, ...]
    disposed: Mapping[DisposedPart, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """For how many days after the answer the archive keeps contact details, and the files of the answer."""

    contact_days: int
    file_days: int


class RequestBook(Protocol):
    """Where requests are; every method raises BookUnavailable."""

    def add(self, request: NewRequest) -> bool:
        """Write a request, durable on return; False where another was written in the same form, which then stands."""

    def keeping(self) -> Keeping:
        """Say for how long what is written here is kept."""

    def holds(self, request: NewRequest) -> bool:
        """Whether what was written in this form are these very words."""

    def standing(self, secret: str) -> Standing | None:
        """Give how the request of a status link stands; None where there is none."""

    def content(self, standing: Standing, file: AnswerFile) -> Iterator[bytes]:
        """Give a file of an answer in pieces; its first is read before this returns."""
