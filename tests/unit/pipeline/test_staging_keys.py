"""Keys in staging: never a delivered name, never two alike, always below the delivery's id."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.store_keys import segments_of
from ingest.pipeline.staging_keys import container_key, object_key
from tests.unit.pipeline.facts import ID, OTHER_ID

ORDINALS = st.integers(min_value=0, max_value=10**8)


@given(ordinal=ORDINALS)
def test_an_object_lies_below_its_delivery(ordinal: int) -> None:
    assert segments_of(object_key(ID, ordinal))[0] == ID


@given(one=ORDINALS, other=ORDINALS)
def test_two_objects_never_share_a_key_and_lie_in_delivered_order(one: int, other: int) -> None:
    assert (object_key(ID, one) < object_key(ID, other)) == (one < other)
    assert object_key(ID, one) != object_key(OTHER_ID, one)


@given(ordinal=ORDINALS)
def test_no_folder_holds_more_than_a_thousand_objects(ordinal: int) -> None:
    folder, _, name = object_key(ID, ordinal).rpartition("/")
    assert int(folder.rpartition("/")[2]) == int(name) // 1000


def test_container_and_objects_do_not_meet() -> None:
    assert len({segments_of(key)[1] for key in (container_key(ID), object_key(ID, 0))}) == 2
