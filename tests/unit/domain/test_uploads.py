"""How a direct upload is cut into parts, and which of them are missing."""

import pytest

from ingest.domain.uploads import LEAST_PART, MOST_DIRECT, MOST_PARTS, Part, SentPart, missing_parts, parts_of

MIB = 1 << 20


@pytest.mark.parametrize(
    ("length", "size", "number"),
    [
        (1, 16 * MIB, 1),
        (LEAST_PART, 16 * MIB, 1),
        (LEAST_PART + 1, 16 * MIB, 2),
        (LEAST_PART * MOST_PARTS, 16 * MIB, 1000),
        (LEAST_PART * MOST_PARTS + 1, 32 * MIB, 501),
        (MOST_DIRECT, 512 * MIB, 980),
    ],
)
def test_parts_are_of_one_size_and_no_more_than_a_thousand(length: int, size: int, number: int) -> None:
    parts = parts_of(length)
    assert [part.number for part in parts] == list(range(1, number + 1))
    assert {part.size for part in parts[:-1]} <= {size}
    assert 0 < parts[-1].size <= size
    assert sum(part.size for part in parts) == length


def test_a_part_is_missing_until_it_has_come_in_its_whole_length() -> None:
    first, last = Part(number=1, size=LEAST_PART), Part(number=2, size=7)
    length = LEAST_PART + 7
    short = Part(number=2, size=6)
    assert missing_parts(length, ()) == (first, last)
    assert missing_parts(length, (_sent(first), _sent(short))) == (last,)
    assert missing_parts(length, (_sent(last), _sent(first))) == ()


def _sent(part: Part) -> SentPart:
    return SentPart(part=part, mark="x")
