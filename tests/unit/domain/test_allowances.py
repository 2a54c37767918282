"""What a conversion may use grows with its source, and what is wasted is taken from the delivery's purse."""

from dataclasses import replace

import pytest

from ingest.domain.allowances import (
    Allowance,
    AllowanceScale,
    Effort,
    excess_seconds,
    granted_seconds,
    vain_seconds,
)
from ingest.domain.conversions import Conversion, ConversionFault, NotConverted
from ingest.domain.paths import PackagePath

MIB = 1 << 20
LEAST = Allowance(seconds=6, memory=336 * MIB, bytes=256 * MIB)
MOST = Allowance(seconds=300, memory=2048 * MIB, bytes=20_480 * MIB)
SCALE = AllowanceScale(least=LEAST, most=MOST)
FAILED = Conversion(
    ordinal=0,
    aip_path=PackagePath("representations/preservation/data/a.pdf"),
    target="pdf-a-2b",
    policy=1,
    tool="tool 1",
    outcome=NotConverted(reason=ConversionFault.TOOK_TOO_LONG),
    wasted=6.0,
)


@pytest.mark.parametrize("size", [1, 1000, MIB])
def test_a_small_source_may_use_the_least(size: int) -> None:
    assert SCALE.by_size(size) == LEAST


def test_a_larger_source_may_use_more_by_its_size() -> None:
    two, three = SCALE.by_size(2 * MIB), SCALE.by_size(3 * MIB)
    assert LEAST.seconds < two.seconds < three.seconds
    assert three.seconds - two.seconds == two.seconds - LEAST.seconds
    assert LEAST.memory < two.memory < three.memory
    assert LEAST.bytes < two.bytes < three.bytes


def test_none_may_use_more_than_the_most() -> None:
    assert SCALE.by_size(1 << 40) == MOST
    strict = replace(SCALE, most=replace(LEAST, seconds=2))
    assert strict.by_size(1).seconds == 2


def test_the_first_file_may_use_all_that_its_size_excuses() -> None:
    for size in (1, 5 * MIB, 1 << 40):
        assert SCALE.allowance(size, SCALE.purse(Effort(wanted=1))) == SCALE.by_size(size)


def test_each_hostile_file_gets_less_and_then_none_is_tried() -> None:
    """However many there are, they waste no more than the purse and one more try."""
    effort, given = Effort(wanted=40), list[float]()
    while (allowance := SCALE.allowance(1, SCALE.purse(effort))) is not None:
        given.append(allowance.seconds)
        effort = effort.after([replace(FAILED, wasted=allowance.seconds)])
    assert given == sorted(given, reverse=True)
    assert given[0] == LEAST.seconds
    assert given[-1] < given[0]
    assert len(given) >= 2
    assert sum(given) < SCALE.purse(Effort(wanted=40)) + given[-1]


def test_after_a_hostile_file_an_ordinary_one_still_has_its_grant() -> None:
    left = SCALE.purse(Effort(wanted=2).after([FAILED]))
    allowance = SCALE.allowance(5 * MIB, left)
    assert allowance is not None
    assert granted_seconds(5 * MIB) < allowance.seconds <= SCALE.by_size(5 * MIB).seconds


def test_memory_and_bytes_do_not_hang_on_the_purse() -> None:
    allowance = SCALE.allowance(1, 0.1)
    assert allowance is not None
    assert (allowance.memory, allowance.bytes) == (LEAST.memory, LEAST.bytes)


@pytest.mark.parametrize("left", [0, -1])
def test_with_an_empty_purse_nothing_is_tried(left: float) -> None:
    assert SCALE.allowance(1 << 40, left) is None


def test_a_delivery_of_many_may_waste_more_than_one_of_few() -> None:
    assert SCALE.purse(Effort(wanted=1000)) > 3 * SCALE.purse(Effort(wanted=10))


def test_who_grants_small_files_more_lets_a_delivery_waste_more() -> None:
    generous = replace(SCALE, least=replace(LEAST, seconds=60))
    assert generous.purse(Effort(wanted=1)) > SCALE.purse(Effort(wanted=1))


def test_only_what_goes_beyond_the_grant_is_wasted_on_a_copy() -> None:
    assert excess_seconds(granted_seconds(1), 1) == 0
    assert excess_seconds(granted_seconds(1) + 2, 1) == 2
    assert excess_seconds(granted_seconds(9 * MIB), 9 * MIB) == 0


def test_what_comes_to_nothing_is_wasted_whole_save_where_it_is_soon_over() -> None:
    assert vain_seconds(0.2) == 0
    assert vain_seconds(4.0) == 4.0


def test_what_was_wasted_is_read_from_what_is_recorded() -> None:
    assert Effort(wanted=3).after([FAILED, replace(FAILED, wasted=0.5)]) == Effort(wanted=3, wasted=6.5)
    assert Effort(wanted=3).after([]) == Effort(wanted=3)
