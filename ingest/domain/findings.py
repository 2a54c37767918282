"""Findings: what is wrong with a delivery, where, and what to do, one finding per rule with its count."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error` refuses a delivery; `warning` and `info` do not (an agreement may raise them)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same sentence in Swedish and English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something is wrong: a path in the package, a line from 1 (0 = the whole file), the value found there."""

    file: str
    line: int = 0
    xpath: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of one rule at one place, as a reader or a rule reports it; its severity is decided later.

    `detail` is the particular of this breach in the words of whoever found it (a parser's message), "" if none.
    `severity` is this breach's own where it is another than the rule's (a value outside a closed list breaks a MUST
    inside a SHOULD); `times` says for how many like breaches it stands.
    """

    rule: str
    location: Location
    detail: str = ""
    severity: Severity | None = None
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """All breaches of one rule in one package: how many, the first places, and the texts for a person.

    A rule has a second finding when some of its breaches are graver than the others.
    """

    rule: str
    specification: str
    severity: Severity
    message: Text
    remedy: Text
    count: int
    locations: tuple[Location, ...]


class Verdict(StrEnum):
    """`invalid` when at least one finding is an error."""

    VALID = "valid"
    INVALID = "invalid"


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Judge a package by its findings: any error makes it invalid."""
    refused = any(finding.severity is Severity.ERROR for finding in findings)
    return Verdict.INVALID if refused else Verdict.VALID
