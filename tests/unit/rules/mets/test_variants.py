"""At the level of errors, each requirement is judged by its own text, whatever else is wrong."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.application.validate_package import validate
from ingest.domain.findings import Severity
from samples.cases import skolskjuts
from samples.simulator.csip import Version, build_csip
from tests.unit.rules.mets.packages import built
from tests.unit.rules.mets.variants import BROKEN, KEPT, REPRESENTATION, Variant

TODAY = date(2026, 11, 24)
REPRESENTATION_METS = "representations/rep1/METS.xml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The simulator's SIP, with rights metadata beside the provenance."""
    package = built(tmp_path_factory.mktemp("sound"))
    mets = package / "METS.xml"
    rights = r'<mets:rightsMD ID="rights" STATUS="CURRENT">\2</mets:rightsMD>\g<0>'
    told = re.sub(r"<mets:digiprovMD ([^>]*)>(.*?)</mets:digiprovMD>", rights, mets.read_text("utf-8"), flags=re.DOTALL)
    mets.write_text(told, "utf-8")
    return package


@pytest.fixture
def package(sound: Path, tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / sound.name
    shutil.copytree(sound, copy)
    yield copy
    shutil.rmtree(copy)


def errors(package: Path) -> set[str]:
    return {found.rule for found in validate(package, TODAY).findings if found.severity is Severity.ERROR}


def judged(package: Path, name: str, variants: tuple[Variant, ...], rule: str) -> dict[Variant, bool]:
    """Make each change of that rule's in turn, and say whether the rule is then an error."""
    mets = package / name
    before = mets.read_text("utf-8")
    found = {}
    for variant in (one for one in variants if one.rule == rule):
        after = re.sub(variant.pattern, variant.said, before, count=1, flags=re.DOTALL)
        assert after != before, variant
        mets.write_text(after, "utf-8")
        found[variant] = rule in errors(package)
    return found


def rules(variants: tuple[Variant, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variant.rule for variant in variants))


def test_the_sound_package_has_no_errors(package: Path) -> None:
    assert errors(package) == set()


@pytest.mark.parametrize("rule", rules(BROKEN))
def test_a_breach_of_the_text_is_an_error(package: Path, rule: str) -> None:
    found = judged(package, "METS.xml", BROKEN, rule)
    assert [variant for variant, is_error in found.items() if not is_error] == []


@pytest.mark.parametrize("rule", rules(KEPT))
def test_what_the_text_allows_is_no_error(package: Path, rule: str) -> None:
    found = judged(package, "METS.xml", KEPT, rule)
    assert [variant for variant, is_error in found.items() if is_error] == []


@pytest.mark.parametrize("rule", rules(REPRESENTATION))
def test_a_breach_in_the_mets_of_a_representation_is_an_error(package: Path, rule: str) -> None:
    found = judged(package, REPRESENTATION_METS, REPRESENTATION, rule)
    assert [variant for variant, is_error in found.items() if not is_error] == []


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize(("label", "rule"), [("Documentation", "CSIP93"), ("Schemas", "CSIP97")])
def test_a_division_is_a_must_before_its_pointers_became_a_recommendation(
    tmp_path: Path, version: Version, label: str, rule: str
) -> None:
    build_csip(skolskjuts.delivery(), tmp_path, version=version)
    mets = tmp_path / "METS.xml"
    division = f'<mets:div [^>]*LABEL="{label}"[^>]*>.*?</mets:div>'
    mets.write_text(re.sub(division, "", mets.read_text("utf-8"), count=1, flags=re.DOTALL), "utf-8")
    assert (rule in errors(tmp_path)) == (version is not Version.V2_2_0)
    assert rule in {found.rule for found in validate(tmp_path, TODAY).findings}


def test_a_checksum_is_held_against_its_file_alone(package: Path, tmp_path: Path) -> None:
    text = re.sub(r'(<mets:file [^>]*?) CHECKSUM="[^"]*"', r'\1 CHECKSUM="random"', (package / "METS.xml").read_text())
    (tmp_path / "alone.xml").write_text(text)
    assert {"CSIP71", "EARKIV-FIX-9"} & errors(tmp_path / "alone.xml") == {"EARKIV-FIX-9"}
