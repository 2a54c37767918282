"""A token says all, and is believed only as it was sealed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.reuse.dates import Window
from access.reuse.oai.requests import Harvest, Verb
from access.reuse.oai.tokens import Tokens
from schemas.public_store import Form

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TOKENS = Tokens(key=b"k" * 32, index="first")
HARVEST = Harvest(verb=Verb.LIST_RECORDS, form=Form.METS, set="class:a", after=41, delivered=100, size=2000)

moments = st.none() | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
harvests = st.builds(
    Harvest,
    verb=st.sampled_from([Verb.LIST_RECORDS, Verb.LIST_IDENTIFIERS]),
    form=st.sampled_from(Form),
    window=st.builds(Window, start=moments, end=moments),
    set=st.none() | st.text(),
    after=st.integers(min_value=0),
    delivered=st.integers(min_value=0),
    size=st.none() | st.integers(min_value=0),
)


@given(harvest=harvests)
def test_a_harvest_goes_on_exactly_where_it_was(harvest: Harvest) -> None:
    token = TOKENS.seal(harvest, LATER)
    assert TOKENS.open(token, NOW) == harvest
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


def test_a_token_lasts_until_its_time_and_no_longer() -> None:
    token = TOKENS.seal(HARVEST, LATER)
    assert TOKENS.open(token, LATER - timedelta(seconds=1)) == HARVEST
    assert TOKENS.open(token, LATER) is None


@pytest.mark.parametrize("other", [replace(TOKENS, key=b"x" * 32), replace(TOKENS, index="second")])
def test_a_token_is_good_for_its_key_and_index_alone(other: Tokens) -> None:
    assert other.open(TOKENS.seal(HARVEST, LATER), NOW) is None


@given(place=st.integers(min_value=0), letter=st.characters())
def test_no_letter_of_a_token_can_be_another(place: int, letter: str) -> None:
    token = TOKENS.seal(HARVEST, LATER)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    opened = TOKENS.open(changed, NOW)
    assert opened is None or changed == token or opened == HARVEST


@given(token=st.text())
def test_what_was_never_sealed_opens_nothing(token: str) -> None:
    assert TOKENS.open(token, NOW) is None
