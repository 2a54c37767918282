"""Conformance: what a validator said of a file that follows a profile, or claims to (PDF/A)."""

from dataclasses import dataclass
from enum import StrEnum


class Conformity(StrEnum):
    """A validator's verdict; `undecided` is no verdict: the validator could not judge the file."""

    CONFORMS = "conforms"
    VIOLATES = "violates"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """One validator's verdict on one profile (`PDF/A-2b`); `tool` is its name and version, `reasons` the first few."""

    tool: str
    profile: str
    verdict: Conformity
    reasons: tuple[str, ...] = ()


def conformity_of(conformances: tuple[Conformance, ...]) -> Conformity | None:
    """Weigh several verdicts: one violation outweighs all, no verdict says nothing; None when nobody was asked."""
    verdicts = {conformance.verdict for conformance in conformances}
    gravest_first = (Conformity.VIOLATES, Conformity.CONFORMS, Conformity.UNDECIDED)
    return next((verdict for verdict in gravest_first if verdict in verdicts), None)
