"""Keys in a bucket: as they are while S3 takes them, by digest beyond, never the store's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.s3.spelling import KEY_SUFFIX, Spelling
from ingest.errors import InvalidKey

SEGMENTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=60)
KEYS = st.lists(SEGMENTS.filter(lambda s: s not in {".", "..", ".earkiv"}), min_size=1, max_size=64).map("/".join)
SPELLING = Spelling(prefix="arkiv/å/")


@given(KEYS)
def test_every_key_fits_and_a_short_one_comes_back(key: str) -> None:
    physical = SPELLING.physical(key)
    assert len((physical + KEY_SUFFIX).encode()) <= 1024
    if SPELLING.is_long(key):
        assert SPELLING.logical(physical) is None
    else:
        assert (physical, SPELLING.logical(physical)) == (f"arkiv/å/{key}", key)


@given(KEYS, st.data())
def test_a_long_key_lies_below_each_of_its_folders(key: str, data: st.DataObject) -> None:
    folders = key.split("/")[:-1]
    depth = data.draw(st.integers(0, len(folders)))
    folder = "".join(f"{name}/" for name in folders[:depth])
    if SPELLING.is_long(key):
        assert SPELLING.physical(key).startswith(SPELLING.long_below(folder))


@pytest.mark.parametrize("key", [".earkiv", ".earkiv/long/x", "../x", ""])
def test_what_is_no_key_or_the_stores_own_is_refused(key: str) -> None:
    with pytest.raises(InvalidKey):
        SPELLING.physical(key)
