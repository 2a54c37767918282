import random
import sys
from itertools import product
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.personal_numbers import NumberHit, NumberKind, find_numbers
from ingest.domain.personal_numbers.pieces import INTERIM_LETTERS
from tests.unit.domain.written_numbers import DAYS, MONTHS, Form, Number, apart_forms, grouped_forms, number

if TYPE_CHECKING:
    from _typeshed import TraceFunction

FORMS = (*grouped_forms(), *apart_forms())
DATES = tuple(product(MONTHS, DAYS))
HOSTILE = (
    "1 ",
    "640823-",
    "6 4 0 8 2 3 - 3 2 3 4 ",
    "64\n",
    "1-",
    "T1",
    "- ",
    "1",
    " ",
    "-",
    "T",
    "640823-3234",
    "\u0661",
)


def _kinds(text: str) -> list[NumberKind]:
    return [hit.kind for hit in find_numbers(text)]


@pytest.mark.untraced
def test_every_date_is_found_in_every_form() -> None:
    chance = random.Random(6)  # noqa: S311 - the same numbers each time
    missed = []
    for place, (month, day) in enumerate(DATES):
        century, serial = ("18", "19", "20")[place % 3], f"{chance.randrange(1, 1000):03}"
        one = number(century=century, year=chance.randrange(100), month=month, day=day, serial=serial)
        kind = NumberKind.SAMORDNINGSNUMMER if day >= 60 else NumberKind.PERSONNUMMER
        missed += [form(one) for form in FORMS if kind not in _kinds(form(one))]
    assert missed == []
    assert len(DATES) == 13 * 63
    assert len(FORMS) > 200


@pytest.mark.parametrize("letter", INTERIM_LETTERS)
def test_interim_numbers_are_found(letter: str) -> None:
    one = number(century="19", year=64, month=8, day=23, serial=f"{letter}22")
    written = [one.short, f"{one.date}-{one.serial}", f"{one.century}{one.date}+{one.serial.lower()}"]
    assert [_kinds(each) for each in written] == [[NumberKind.INTERIM]] * 3


@given(
    st.builds(
        number,
        century=st.sampled_from(["18", "19", "20"]),
        year=st.integers(0, 99),
        month=st.sampled_from(MONTHS),
        day=st.sampled_from(DAYS),
        serial=st.integers(1, 999).map(lambda value: f"{value:03}"),
    ),
    st.sampled_from(FORMS),
    st.text(
        st.characters(exclude_categories=["Nd", "Pd", "Zs", "Cs"], exclude_characters="+_./\t\n\r\v\x85\u2028"),
        max_size=20,
    ),
)
def test_a_number_is_found_where_it_stands_in_any_text(one: Number, form: Form, around: str) -> None:
    text = around + form(one) + around
    found = [_digits(text[hit.start : hit.end]) for hit in find_numbers(text)]
    assert any(each.endswith(one.short) for each in found)


def test_a_hit_tells_where_the_number_begins_and_ends_and_nothing_of_it() -> None:
    (hit,) = find_numbers("Sökande: 19640823-3234, Exempelby")
    assert hit == NumberHit(start=9, end=22, kind=NumberKind.PERSONNUMMER)
    assert "3234" not in repr(hit)


def test_numbers_beside_each_other_are_all_found() -> None:
    assert len(_kinds("640823-3234 640823-3234;640823-3234\n6408233234")) == 4


@pytest.mark.parametrize(
    "text",
    [
        "640823-3235",
        "556016-0680",
        "5560160680",
        "165560160680",
        "641323-3237",
        "640800-3231",
        "640832-3233",
        "640859-3231",
        "640823-0008",
        "6408233234" * 2,
        "64082-33234",
        "640 823 323 4",
        "64 08 23 32 34",
        "640823\f3234",
        "640823\u20293234",
        "640823, 3234",
        "640823A3234",
        "640823---3234",
        "070-123 45 67",
        "2020-01-01 - 2020-12-31",
        "2021-06-15 12:34",
        "21.01.1955-03.12.1955",
        "21-01-1955 - 03-12-1955",
        "1964.08-23-3234",
        "",
    ],
)
def test_what_is_no_number_is_not_told(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.untraced
def test_at_most_one_in_a_hundred_random_numbers_is_taken_for_one() -> None:
    chance = random.Random(2026)  # noqa: S311 - the same numbers each time
    taken = sum(bool(_kinds(f"{chance.randrange(10**10):010}")) for _ in range(50_000))
    assert 0 < taken <= 500


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    few, more = (_steps(piece * (size // len(piece))) for size in (2_000, 8_000))
    assert more <= 4.5 * few + 1_000
    assert more <= 8_000 * 200


@pytest.mark.untraced
@pytest.mark.parametrize("piece", ["1 ", "1", " ", "-", "T"])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    """A tenth of a megabyte is enough: how the work grows with the text is counted above."""
    text = piece * (100_000 // len(piece)) + "\f640823-3234"
    last = None
    for hit in find_numbers(text):
        last = hit
    assert last == NumberHit(start=len(text) - 11, end=len(text), kind=NumberKind.PERSONNUMMER)


def _digits(text: str) -> str:
    return "".join(symbol.upper() for symbol in text if symbol.isalnum())


def _steps(text: str) -> int:
    """Count the lines of code that are run over a text."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> "TraceFunction":
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        for _ in find_numbers(text):
            pass
    finally:
        sys.settrace(before)
    return steps
