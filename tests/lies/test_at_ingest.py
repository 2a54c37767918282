"""Each lie that only ingest can find out is found out there, with nothing but its consequences."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.lies.at_ingest import LIES, IngestLie, taken_in


def rules(lie: IngestLie, place: Path) -> set[str]:
    return {finding["rule"] for finding in taken_in(lie, place)["findings"]}


def test_a_sound_package_under_an_agreement_has_no_findings(tmp_path: Path) -> None:
    receipt = taken_in(IngestLie(), tmp_path)
    assert (receipt["outcome"], receipt["findings"]) == ("accepted", [])


def test_content_that_follows_its_registered_schemas_has_no_findings(tmp_path: Path) -> None:
    for number, rule in enumerate(("EARKIV-SA-9", "EARKIV-SA-10")):
        place = tmp_path / str(number)
        place.mkdir()
        assert rules(replace(LIES[rule], told=IngestLie().told), place) == set()


@pytest.mark.parametrize("rule", LIES)
def test_a_lie_is_found_out_when_it_is_taken_in(rule: str, tmp_path: Path) -> None:
    assert rules(LIES[rule], tmp_path) == {rule} | LIES[rule].also
