"""Each lie that breaks a rule of FGS breaks it in every version, with the consequences that its table lists."""

from dataclasses import replace
from typing import Final

import pytest

from samples.simulator.fgs12 import Version
from tests.lies.dialects import EARD, FGS_1, Dialect, sound
from tests.lies.packages import FORMS, badly_placed, ids, judged, lied
from tests.unit.rules.fgs.arendehantering_lies import LIES as CASE_LIES
from tests.unit.rules.fgs.lies import Lie
from tests.unit.rules.fgs.paketstruktur_lies import DRAFT_LIES, LIES

LEAST: Final = 30
VERSIONS: Final = dict(zip(FGS_1, Version, strict=True))
OF_NAMESPACES: Final = "FGS-ARH-1"
"""The draft has no namespace, so there is none to leave out."""
BARE_CASES: Final = tuple(
    replace(lie, find=lie.find.replace("fgs:", ""), put=lie.put.replace("fgs:", ""))
    for lie in CASE_LIES
    if lie.rule != OF_NAMESPACES
)
"""The same lies in words without a namespace."""


def each(lies: tuple[Lie, ...], dialects: tuple[Dialect, ...]) -> list[object]:
    return [
        pytest.param(dialect, lie, id=f"{dialect}: {lie.rule} ({number})")
        for dialect in dialects
        for number, lie in enumerate(lies)
        if dialect is EARD or VERSIONS[dialect] in lie.versions
    ]


def found_out(dialect: Dialect, path: str, lie: Lie) -> frozenset[str]:
    package = lied(sound(dialect), path, lie.find, lie.put, lie.times)
    report = judged(package)
    assert badly_placed(package, report) == []
    return ids(report)


def expected(dialect: Dialect, lie: Lie) -> frozenset[str]:
    return lie.expected(VERSIONS.get(dialect, Version.V1_2))


@pytest.mark.parametrize(("dialect", "lie"), [*each(LIES, FGS_1), *each(DRAFT_LIES, (EARD,))])
def test_a_lie_about_the_package_is_found_out(dialect: Dialect, lie: Lie) -> None:
    assert found_out(dialect, dialect.descriptor, lie) == expected(dialect, lie)


@pytest.mark.parametrize(("dialect", "lie"), [*each(CASE_LIES, FGS_1), *each(BARE_CASES, (EARD,))])
def test_a_lie_about_a_case_is_found_out(dialect: Dialect, lie: Lie) -> None:
    assert found_out(dialect, dialect.description, lie) == expected(dialect, lie)


@pytest.mark.parametrize(("dialect", "lie"), [*each(LIES[::9], FGS_1), *each(DRAFT_LIES[::9], (EARD,))])
def test_it_gets_the_same_verdict_as_folder_zip_and_tar(dialect: Dialect, lie: Lie) -> None:
    package = lied(sound(dialect), dialect.descriptor, lie.find, lie.put, lie.times)
    folder, *containers = (judged(package, form) for form in FORMS)
    assert all((each.verdict, each.findings) == (folder.verdict, folder.findings) for each in containers)


@pytest.mark.parametrize("version", Version)
def test_there_are_many_kinds_of_lies_of_each_version(version: Version) -> None:
    assert len({lie.rule for lie in LIES if version in lie.versions}) >= LEAST
