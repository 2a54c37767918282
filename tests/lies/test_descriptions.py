"""Each lie in a description breaks its rule in a whole package, at a line of that description."""

import pytest

from tests.lies.descriptions import (
    DESCRIBED,
    ERMS_RULES,
    PREMIS_RULES,
    RA_LIES,
    RIKSARKIVET,
    WORDS,
    described,
    of_erms,
    of_premis,
    preserved,
)
from tests.lies.dialects import EARK, Dialect, sound
from tests.lies.mets_lies import Lie
from tests.lies.packages import Package, badly_placed, ids, judged, lied
from tests.unit.rules.erms.table import TABLE as ERMS_TABLE
from tests.unit.rules.premis.documents import without
from tests.unit.rules.premis.test_premis import TABLE as PREMIS_TABLE

PRESERVED = tuple(one for one in EARK if "2.2.0" in one.traits)
ALL_RIGHTS = 4


def found_out(package: Package) -> frozenset[str]:
    report = judged(package)
    assert badly_placed(package, report) == []
    return ids(report)


@pytest.mark.parametrize("dialect", DESCRIBED, ids=str)
def test_documents_that_use_everything_are_sound(dialect: Dialect) -> None:
    assert found_out(described(dialect)) == dialect.told


@pytest.mark.parametrize("dialect", PRESERVED, ids=str)
def test_a_premis_document_that_uses_everything_is_sound(dialect: Dialect) -> None:
    assert found_out(preserved(dialect)) == frozenset()


@pytest.mark.parametrize("dialect", DESCRIBED, ids=str)
@pytest.mark.parametrize("rule", ERMS_RULES)
def test_a_lie_in_erms_is_found_out(rule: str, dialect: Dialect) -> None:
    assert found_out(described(dialect, ERMS_TABLE[rule].broken)) == of_erms(rule, dialect)


@pytest.mark.parametrize("dialect", PRESERVED, ids=str)
@pytest.mark.parametrize("rule", PREMIS_RULES)
def test_a_lie_in_premis_is_found_out(rule: str, dialect: Dialect) -> None:
    assert found_out(preserved(dialect, PREMIS_TABLE[rule])) == of_premis(rule, dialect)


@pytest.mark.parametrize("dialect", PRESERVED, ids=str)
def test_premis_of_another_version_or_without_rights_is_told(dialect: Dialect) -> None:
    older = lied(preserved(dialect), "metadata/preservation/premis.xml", 'version="3.0"', 'version="2.2"')
    assert found_out(older) == {"PM1", "EARKIV-XML-4"}
    empty = preserved(dialect, *[without("rights/rightsStatement")] * ALL_RIGHTS)
    assert found_out(empty) == {"PM94", "EARKIV-PM-2", "EARKIV-XML-4"}


@pytest.mark.parametrize("lie", [pytest.param(one, id=one.rule) for one in RA_LIES])
def test_a_lie_in_riksarkivets_document_is_found_out(lie: Lie) -> None:
    package = lied(sound(RIKSARKIVET), WORDS, lie.pattern, lie.said)
    assert found_out(package) == lie.expected(RIKSARKIVET)
