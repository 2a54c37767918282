"""Each lie in the METS of a package or a representation breaks its rule, with its consequences and nothing else."""

from dataclasses import replace

import pytest

from ingest.domain.findings import Severity
from tests.lies import flat_mets, folders, kinds_mets, package_mets, representation_mets
from tests.lies.dialects import DIALECTS, WITH_CSIP, Dialect, sound
from tests.lies.mets_lies import SOUND_RIGHTS, Lie
from tests.lies.packages import Form, Package, as_tar, as_zip, badly_placed, ids, judged, lied

LEAST = 30
METS = "METS.xml"
IN_PACKAGE = (*package_mets.LIES, *kinds_mets.LIES)


def each(lies: tuple[Lie, ...]) -> list[object]:
    return [pytest.param(lie, id=f"{lie.rule} ({number})") for number, lie in enumerate(lies)]


def found_out(package: Package, path: str, lie: Lie) -> frozenset[str]:
    told = lied(package, path, lie.pattern, lie.said, lie.times)
    report = judged(told)
    assert badly_placed(told, report) == []
    return ids(report)


def wrongly_judged(lie: Lie, path: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Give, by dialect, what was told and not expected, and what was expected and not told."""
    told_of = [dialect for dialect in WITH_CSIP if lie.is_told_of(dialect)]
    judged_in = {dialect: found_out(sound(dialect), path, lie) for dialect in told_of}
    expected = {dialect: lie.expected(dialect) for dialect in judged_in}
    return {
        str(d): (found - expected[d], expected[d] - found) for d, found in judged_in.items() if found != expected[d]
    }


@pytest.mark.parametrize("lie", each(IN_PACKAGE))
def test_a_lie_of_the_package_is_found_out_in_every_version_and_kind(lie: Lie) -> None:
    assert wrongly_judged(lie, METS) == {}


@pytest.mark.parametrize("lie", each(representation_mets.LIES))
def test_a_lie_of_a_representation_is_found_out_in_every_version_and_kind(lie: Lie) -> None:
    assert wrongly_judged(lie, representation_mets.PATH) == {}


@pytest.mark.parametrize("lie", each(flat_mets.LIES))
@pytest.mark.parametrize("dialect", WITH_CSIP, ids=str)
def test_a_lie_about_content_that_the_package_lists_itself_is_found_out(lie: Lie, dialect: Dialect) -> None:
    assert found_out(flat_mets.flat(dialect), METS, lie) == lie.expected(dialect) | flat_mets.TOLD


@pytest.mark.parametrize("rule", folders.LIES)
@pytest.mark.parametrize("dialect", WITH_CSIP, ids=str)
def test_a_lie_of_the_folders_is_found_out(rule: str, dialect: Dialect) -> None:
    lie = folders.LIES[rule]
    package = lie.told(sound(dialect))
    report = judged(package)
    assert ids(report) == lie.expected(rule, dialect)
    assert badly_placed(package, report) == []


@pytest.mark.parametrize("dialect", WITH_CSIP, ids=str)
@pytest.mark.parametrize("form", [as_zip, as_tar])
def test_files_that_lie_loose_in_a_container_are_told(dialect: Dialect, form: Form) -> None:
    assert ids(judged(replace(sound(dialect), root=""), form)) == {"CSIPSTR1"} | dialect.told


@pytest.mark.parametrize("dialect", WITH_CSIP, ids=str)
def test_rights_that_are_in_order_are_no_breach(dialect: Dialect) -> None:
    for path in (METS, representation_mets.PATH):
        package = lied(sound(dialect), path, SOUND_RIGHTS.pattern, SOUND_RIGHTS.said)
        assert ids(judged(package)) == dialect.told


@pytest.mark.parametrize("dialect", WITH_CSIP, ids=str)
def test_there_are_many_kinds_of_lies_of_each_dialect(dialect: Dialect) -> None:
    for lies in (IN_PACKAGE, representation_mets.LIES):
        assert len({lie.rule for lie in lies if lie.is_told_of(dialect)}) >= LEAST


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_what_is_told_of_a_correct_package_is_for_information(dialect: Dialect) -> None:
    report = judged(sound(dialect))
    assert ids(report) == dialect.told
    assert {finding.severity for finding in report.findings} <= {Severity.INFO}
