"""The hostile corpus against the container readers: each case refused for its own reason, or read exactly."""

from pathlib import Path

import pytest

from ingest.domain.findings import Violation
from ingest.formats.containers import ContainerDamaged, Refused, list_members, read_members
from tests.hostile.corpus import CASES, CONTAINERS, EXPENSIVE, OURS

CHEAP = [case.name for case in CONTAINERS if case.name not in EXPENSIVE]


def rules(violations: tuple[Violation, ...]) -> frozenset[str]:
    assert all(violation.location.file for violation in violations)
    return frozenset(violation.rule.removeprefix(OURS) for violation in violations)


def read(path: Path) -> dict[str, bytes] | frozenset[str]:
    try:
        return {member.path: b"".join(chunks) for member, chunks in read_members(path)}
    except ContainerDamaged as damage:
        return rules(damage.violations)


def judge(path: Path, name: str) -> None:
    case = CASES[name]
    path.write_bytes(case.make())
    listed, found = list_members(path), read(path)
    if case.files is None:
        assert found == case.refused
        # What only the content shows, a listing cannot see; what it sees, it calls the same.
        assert not isinstance(listed, Refused) or rules(listed.violations) == case.refused
    else:
        assert found == case.files
        assert not isinstance(listed, Refused)
        assert [member.size for member in listed] == [len(case.files[member.path]) for member in listed]


def test_the_corpus_is_large_and_has_no_case_twice() -> None:
    assert len(CASES) >= 150
    assert len(CONTAINERS) == len({case.name for case in CONTAINERS})


@pytest.mark.parametrize("name", CHEAP)
def test_each_case_is_answered_as_it_must_be(tmp_path: Path, name: str) -> None:
    judge(tmp_path / "paket", name)


@pytest.mark.ci
@pytest.mark.parametrize("name", sorted(EXPENSIVE))
def test_each_expensive_case_too(tmp_path: Path, name: str) -> None:
    judge(tmp_path / "paket", name)
