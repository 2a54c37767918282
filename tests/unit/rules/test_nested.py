"""What is told of a nested container: every fault with its path in it, and the files in it that need a word."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.characteristics import Trait
from ingest.domain.findings import Severity
from ingest.domain.nested import NestedFault, NestedFaultKind, NestedFile, NestedListing
from ingest.rules.judgement import judge
from tests.unit.rules.packages import FILE, holding

LISTED = NestedFile(path="inre.zip!/tom.txt", size=0, sha256="0" * 64)


def told(listing: NestedListing, rule: str) -> tuple[int, list[str]]:
    (found,) = (one for one in judge(holding(replace(FILE, nested=listing))) if one.rule == rule)
    assert {place.file for place in found.locations} == {FILE.path}
    return found.count, [place.value for place in found.locations]


def test_a_fault_is_told_at_its_path_in_the_container_and_as_often_as_it_stands_for() -> None:
    fault = NestedFault(kind=NestedFaultKind.NO_FILE, path="a.zip!/ut", detail="EARKIV-PKG-6 link", times=7)
    assert told(NestedListing(faults=(fault,)), "EARKIV-NST-4") == (7, ["a.zip!/ut: EARKIV-PKG-6 link"])


def test_an_empty_file_inside_is_told() -> None:
    assert told(NestedListing(files=(LISTED,)), "EARKIV-NST-10") == (1, ["inre.zip!/tom.txt: empty"])


def test_a_locked_file_inside_is_told_with_locked_containers() -> None:
    locked = replace(LISTED, size=9, traits=(Trait.ENCRYPTED,))
    assert told(NestedListing(files=(locked,)), "EARKIV-NST-6") == (1, ["inre.zip!/tom.txt: encrypted"])


@pytest.mark.parametrize("severity", Severity)
def test_an_agreement_lays_down_how_grave_each_is(severity: Severity) -> None:
    agreement = replace(DEFAULT_AGREEMENT, severities=(("EARKIV-NST-2", severity),))
    listing = NestedListing(faults=(NestedFault(kind=NestedFaultKind.AMBIGUOUS),))
    judged = replace(holding(replace(FILE, nested=listing)), agreement=agreement)
    (found,) = (one for one in judge(judged) if one.rule == "EARKIV-NST-2")
    assert found.severity is severity
