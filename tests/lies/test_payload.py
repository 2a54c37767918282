"""A lie about a file is found out alike in folder, ZIP and TAR, at every line that names the file."""

import re

import pytest

from ingest.domain.findings import Location
from tests.lies.packages import FORMS, Package, badly_placed, ids, judged
from tests.lies.payload import TARGETS, Target, Told
from tests.lies.payload_outcomes import LIES, outcome

TOLD = [
    pytest.param(told, target, id=f"{told.__name__}: {target}")
    for told in LIES
    for target in TARGETS
    if outcome(told, target) is not None
]
ELSEWHERE = {"CSIP64", "EARKIV-CASE-9", "EARKIV-ERMS-1", "EARKIV-FIX-4", "EARKIV-FMT-3", "FGS-PKT-60"}
"""Findings that are not about what a descriptor says of a file: about the file itself, its folder, or a value."""
LEAST = 10


@pytest.mark.parametrize(("told", "target"), TOLD)
def test_it_is_found_out_wherever_the_package_lies(told: Told, target: Target) -> None:
    package = told(target.package(), target)
    reports = [judged(package, form) for form in FORMS]
    assert ids(reports[0]) == outcome(told, target)
    first = (reports[0].verdict, reports[0].dialect, reports[0].findings)
    assert [(report.verdict, report.dialect, report.findings) for report in reports[1:]] == [first, first]
    assert badly_placed(package, reports[0]) == []
    places = [(f.rule, place) for f in reports[0].findings for place in f.locations if f.rule not in ELSEWHERE]
    assert [(rule, place) for rule, place in places if not names_the_file(package, place)] == []


def names_the_file(package: Package, place: Location) -> bool:
    """Whether the line holds, in quotation marks, the link with which the finding's value begins."""
    line = package.text(place.file).splitlines()[place.line - 1]
    said = [word.replace("\\\\", "\\") for word in re.findall('"([^"]*)"', line)]
    return any(word and place.value.startswith(word) for word in said)


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_a_file_that_the_description_names_too_is_missed_there_as_well(target: Target) -> None:
    package = target.package()
    gone = Package(name=package.name, files={p: c for p, c in package.files.items() if p != target.path})
    found = {place.file for f in judged(gone).findings for place in f.locations if f.rule not in ELSEWHERE}
    assert found == set(target.named)


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_every_place_can_tell_enough_lies(target: Target) -> None:
    assert sum(outcome(told, target) is not None for told in LIES) >= LEAST
