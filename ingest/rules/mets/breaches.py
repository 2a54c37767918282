"""What a METS rule answers: nothing, or where and how an element breaks it."""

from dataclasses import dataclass

from ingest.domain.findings import Severity
from ingest.formats.mets_values import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breach at a line of the document (0 = the document as a whole), with the value found there.

    `severity` is the breach's own, where it is another than the rule's.
    """

    line: int
    value: str = ""
    detail: str = ""
    severity: Severity | None = None


Breaches = tuple[Breach, ...]
KEPT: Breaches = ()
"""The answer of a rule that is kept; shared, for most elements keep most rules."""


def broken(element: Element, value: str | None = None, detail: str = "") -> Breaches:
    """Say that an element breaks the rule; `value` is what was found, None for nothing."""
    return (Breach(line=element.line, value=value or "", detail=detail),)


def gravely_broken(element: Element, value: str | None = None, detail: str = "") -> Breaches:
    """Say the same of a breach that is an error though the rule is a recommendation."""
    return (Breach(line=element.line, value=value or "", detail=detail, severity=Severity.ERROR),)


def mildly_broken(element: Element, value: str | None = None, detail: str = "") -> Breaches:
    """Say the same of a breach that is a warning though the rule is a demand."""
    return (Breach(line=element.line, value=value or "", detail=detail, severity=Severity.WARNING),)
