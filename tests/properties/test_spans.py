"""Every byte belongs to exactly one record: records that tile a file pass, and any change to one of them is found."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.containers import ContainerDamaged
from ingest.formats.containers.spans import Span, account

LENGTHS = st.lists(st.integers(1, 1 << 40), min_size=1, max_size=20)


def tiling(lengths: list[int]) -> list[Span]:
    return [Span(start=a, end=b) for a, b in pairwise(accumulate(lengths, initial=0))]


@given(lengths=LENGTHS)
def test_records_that_tile_a_file_account_for_it(lengths: list[int]) -> None:
    account(tiling(lengths), sum(lengths))


@given(lengths=LENGTHS, chance=st.data())
def test_one_record_moved_stretched_or_lost_is_found(lengths: list[int], chance: st.DataObject) -> None:
    spans = tiling(lengths)
    place = chance.draw(st.integers(0, len(spans) - 1))
    changed, by = spans[place], chance.draw(st.integers(-9, 9).filter(bool))
    spans[place : place + 1] = chance.draw(
        st.sampled_from(
            [
                [],
                [changed, changed],
                [Span(start=changed.start + by, end=changed.end)],
                [Span(start=changed.start, end=changed.end + by)],
                [Span(start=changed.start + by, end=changed.end + by)],
            ]
        )
    )
    with pytest.raises(ContainerDamaged):
        account(spans, sum(lengths))


@given(lengths=LENGTHS, by=st.integers(-9, 9).filter(bool))
def test_a_file_of_another_size_is_found(lengths: list[int], by: int) -> None:
    with pytest.raises(ContainerDamaged):
        account(tiling(lengths), sum(lengths) + by)
