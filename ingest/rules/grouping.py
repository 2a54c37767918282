"""One finding per rule: how many breaches, the first places, and the texts for a person."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Finding, Location, Severity, Text, Violation
from ingest.rules.severities import severity_under
from schemas.requirements import requirement

MAX_LOCATIONS = 10
"""How many places of one rule are told; the rest are counted."""
MAX_VALUE = 500
"""How many characters of a value are told; a longer one ends in `…`."""

_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_Key = tuple[str, Severity | None]
_NUMBER = re.compile(r"(\d+)")


def group(violations: Iterable[Violation], agreement: SubmissionAgreement | None = None) -> tuple[Finding, ...]:
    """Give one finding per rule id, errors first and then by rule id, with the severities of the agreement.

    Breaches that are graver than their rule make a finding of their own.

    The particular of a breach stands in its location's value: `value: detail`, or whichever of the two there is.

    Raises:
        KeyError: a violation names a rule that no requirement describes: a fault in the program.
    """
    counts: dict[_Key, int] = {}
    places: dict[_Key, list[Location]] = {}
    for violation in violations:
        key = (violation.rule, violation.severity)
        counts[key] = counts.get(key, 0) + violation.times
        first = places.setdefault(key, [])
        if len(first) < MAX_LOCATIONS:
            first.append(_told(violation))
    findings = (
        _finding(rule, severity_under(agreement, rule, own), counts[rule, own], tuple(places[rule, own]))
        for rule, own in counts
    )
    return tuple(sorted(findings, key=_order))


def _told(violation: Violation) -> Location:
    location = violation.location
    value = ": ".join(part for part in (location.value, violation.detail) if part)
    shown = value if len(value) <= MAX_VALUE else value[: MAX_VALUE - 1] + "…"
    return location if shown == location.value else replace(location, value=shown)


def _finding(rule: str, severity: Severity, count: int, locations: tuple[Location, ...]) -> Finding:
    required = requirement(rule)
    return Finding(
        rule=rule,
        specification=required.specification,
        severity=severity,
        message=Text(sv=required.text_sv, en=required.text_en),
        remedy=Text(sv=required.remedy_sv, en=required.remedy_en),
        count=count,
        locations=locations,
    )


def _order(finding: Finding) -> tuple[int, list[str | int]]:
    parts = _NUMBER.split(finding.rule)
    numbered = [int(part) if part.isdigit() else part for part in parts]
    return _GRAVEST_FIRST.index(finding.severity), numbered
