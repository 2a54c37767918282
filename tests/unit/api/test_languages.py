"""Which of the two languages a client gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.api.languages import preferred

ENGLISH = (
    "en",
    "EN",
    "en-GB",
    "en;q=0.1",
    "sv;q=0.1, en;q=0.2",
    "en, sv;q=0.9",
    "de, en;q=0.5",
    "sv;q=0, *",
    "sv-SE;q=0, sv;q=0, *;q=0.1",
    "sv;q=x, en",
)
SWEDISH = (
    "",
    "sv",
    "sv-SE",
    "sv, en",
    "en;q=0.5, sv;q=0.6",
    "de",
    "*",
    "en;q=0",
    "en;q=x",
    "en;q=nan",
    "english",
    ";;,,=",
    "en;q=0, *",
)


@pytest.mark.parametrize("header", ENGLISH)
def test_english_where_it_is_preferred(header: str) -> None:
    assert preferred(header) == "en"


@pytest.mark.parametrize("header", SWEDISH)
def test_swedish_else(header: str) -> None:
    assert preferred(header) == "sv"


PIECES = st.sampled_from(["sv", "en", "*", ";", ",", "q", "=", "0.5", "1e400", "nan", "-", " ", "\xff", "\0"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_header_gives_one_of_the_two(header: str) -> None:
    assert preferred(header) in {"sv", "en"}
