"""One line of the diagnosis: how something is, in words."""

from dataclasses import dataclass
from enum import Enum

from earkiv.cli import texts
from earkiv.cli.language import Voice
from ingest.domain.findings import Text
from ingest.errors import EarkivError


class State(Enum):
    """How one thing is, said in words."""

    OK = texts.OK
    WARN = texts.WARN
    FAIL = texts.FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One line of the diagnosis."""

    state: State
    text: str


def said_of(error: EarkivError, voice: Voice) -> str:
    """Give an error's text in the language spoken."""
    return voice(Text(sv=error.sv, en=error.en))
