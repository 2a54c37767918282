"""A request for information from the public, and its life: received, claimed, answered or refused, closed.

Whoever asks says neither who they are nor why. A refusal, in whole or in part (a masked copy), has a legal ground and
says how to appeal, and takes a person with the right to refuse.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from ingest.domain.people import Deed
from ingest.domain.working_days import working_days_after


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """A file that goes out with an answer; `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Somebody at the desk has taken it on, or over from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredWithCopy:
    """It is answered, in words, with all that was asked for."""

    text: str
    files: tuple[AnswerFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredWithMaskedCopy:
    """It is answered with files in which something is masked: what is masked is refused."""

    text: str
    files: tuple[AnswerFile, ...]
    ground: str
    appeal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It is refused in writing, with the legal ground and how to appeal."""

    text: str
    ground: str
    appeal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nothing more is done about it."""

    text: str


Doing = Claimed | AnsweredWithCopy | AnsweredWithMaskedCopy | Refused | Closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done about a request, by whom and when."""

    by: str
    at: datetime
    doing: Doing


class RequestState(StrEnum):
    """Where a request is in its life."""

    RECEIVED = "received"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    REFUSED = "refused"
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon somebody at the desk has to act. A public authority answers at once, or within a few working days."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"


MOST_DAYS_UNCLAIMED = 1
MOST_DAYS_UNDECIDED = 3
"""Working days after its receipt until which a request is taken on, and until which it is decided."""


class Part(StrEnum):
    """What of a request is disposed of by itself; the whole of one that was closed without an answer."""

    CONTACT = "contact"
    FILES = "files"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """A part of a request that was disposed of."""

    part: Part
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """What was asked; `about` is the public id of a record on request, `contact` "" where there is none (any more)."""

    id: str
    received_at: datetime
    language: str
    question: str
    contact: str = ""
    about: str | None = None
    steps: tuple[Step, ...] = ()
    disposals: tuple[Disposal, ...] = ()

    @property
    def state(self) -> RequestState:
        """Where it is in its life."""
        return state_after(self.steps[-1].doing) if self.steps else RequestState.RECEIVED

    @property
    def claimed_by(self) -> str | None:
        """Who took it on last, None where nobody has."""
        return next((one.by for one in reversed(self.steps) if isinstance(one.doing, Claimed)), None)

    @property
    def answered_at(self) -> datetime | None:
        """When it was answered or refused; None where it was not."""
        answers = (AnsweredWithCopy, AnsweredWithMaskedCopy, Refused)
        return next((one.at for one in self.steps if isinstance(one.doing, answers)), None)

    def disposed_at(self, part: Part) -> datetime | None:
        """When a part of it was disposed of; None where it was not."""
        return next((one.at for one in self.disposals if one.part is part), None)

    def days_waited(self, today: date) -> int:
        """Count the working days from its receipt to its answer, or to today where there is none."""
        decided = next((one.at.date() for one in self.steps if not isinstance(one.doing, Claimed)), today)
        return working_days_after(self.received_at.date(), decided)

    def urgency(self, today: date) -> Urgency:
        """Say how soon somebody has to act."""
        days = self.days_waited(today)
        match self.state:
            case RequestState.RECEIVED | RequestState.CLAIMED if days > MOST_DAYS_UNDECIDED:
                return Urgency.OVERDUE
            case RequestState.RECEIVED if days >= MOST_DAYS_UNCLAIMED:
                return Urgency.DUE
            case RequestState.CLAIMED if days == MOST_DAYS_UNDECIDED:
                return Urgency.DUE
            case RequestState.RECEIVED | RequestState.CLAIMED:
                return Urgency.FRESH
            case _:
                return Urgency.DONE

    def after(self, step: Step) -> "InformationRequest":
        """Give the request after one more step."""
        return replace(self, steps=(*self.steps, step))


class StepLack(StrEnum):
    """Why a step cannot be taken."""

    ORDER = "order"
    CLAIM = "claim"
    TEXT = "text"
    FILES = "files"
    GROUND = "ground"
    APPEAL = "appeal"
    SIZE = "size"
    CHANGED = "changed"


def state_after(doing: Doing) -> RequestState:
    """Give where a request is after a step."""
    match doing:
        case Claimed():
            return RequestState.CLAIMED
        case AnsweredWithCopy() | AnsweredWithMaskedCopy():
            return RequestState.ANSWERED
        case Refused():
            return RequestState.REFUSED
        case Closed():
            return RequestState.CLOSED
        case _:
            assert_never(doing)


def files_of(doing: Doing) -> tuple[AnswerFile, ...]:
    """Give the files that go out with a step."""
    return doing.files if isinstance(doing, AnsweredWithCopy | AnsweredWithMaskedCopy) else ()


def deed_of(doing: Doing) -> Deed:
    """Give what a person must be allowed to do for a step."""
    match doing:
        case AnsweredWithMaskedCopy() | Refused():
            return Deed.REFUSE_REQUESTS
        case Claimed() | AnsweredWithCopy() | Closed():
            return Deed.ANSWER_REQUESTS
        case _:
            assert_never(doing)


def lacks_of(request: InformationRequest, doing: Doing, by: str) -> tuple[StepLack, ...]:
    """Name all that a step lacks. Whoever answers has claimed the request; what is decided is decided, until closed."""
    return (*_out_of_order(request, doing, by), *_unsaid(doing))


def _out_of_order(request: InformationRequest, doing: Doing, by: str) -> tuple[StepLack, ...]:
    open_states = {RequestState.RECEIVED, RequestState.CLAIMED}
    match doing:
        case Claimed():
            return () if request.state in open_states else (StepLack.ORDER,)
        case Closed() if request.state in {RequestState.ANSWERED, RequestState.REFUSED}:
            return ()
        case _ if request.state is not RequestState.CLAIMED:
            return (StepLack.ORDER,)
        case _:
            return () if request.claimed_by == by else (StepLack.CLAIM,)


def _unsaid(doing: Doing) -> tuple[StepLack, ...]:
    if isinstance(doing, Claimed):
        return ()
    said = {StepLack.TEXT: doing.text}
    if isinstance(doing, AnsweredWithMaskedCopy | Refused):
        said |= {StepLack.GROUND: doing.ground, StepLack.APPEAL: doing.appeal}
    missing = tuple(lack for lack, words in said.items() if not words.strip())
    has_no_files = isinstance(doing, AnsweredWithMaskedCopy) and not doing.files
    return (*missing, StepLack.FILES) if has_no_files else missing
