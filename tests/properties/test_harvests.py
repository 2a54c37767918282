"""However records come, change and go between two pages: whoever harvests to the end holds what the index holds."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from access.reuse.oai_endpoint import answer_to
from schemas.public_store import State
from tests.fakes.oai_reader import Harvester
from tests.fakes.public_shelf import Shelf, public_id, public_record

NUMBERS = st.integers(min_value=0, max_value=9)
CHANGES = st.lists(st.tuples(st.sampled_from(["release", "withdraw"]), NUMBERS), max_size=4)


def carry_out(shelf: Shelf, changes: list[tuple[str, int]], told: int) -> None:
    """Release a record anew, or withdraw it if it is listed; every release says something new."""
    for nth, (change, number) in enumerate(changes):
        entry = shelf.entries().entry(public_id(number))
        if change == "release":
            shelf.release(public_record(number, title=f"{number} {told} {nth}"))
        elif entry is not None and entry.state is State.LISTED:
            shelf.withdraw(public_id(number))


@settings(max_examples=60)
@given(first=CHANGES, between=st.lists(CHANGES, max_size=8), page=st.integers(min_value=1, max_value=4))
def test_a_harvest_ends_with_what_the_index_holds(
    first: list[tuple[str, int]], between: list[list[tuple[str, int]]], page: int
) -> None:
    with TemporaryDirectory() as folder:
        shelf = Shelf(path=Path(folder) / "index.sqlite")
        carry_out(shelf, first, 0)
        harvest = Harvester(lambda asked: answer_to(list(asked.items()), shelf.offering(page)))
        for told, changes in enumerate(between, start=1):
            if not harvest.is_done:
                harvest.fetch()
            if not harvest.is_done:
                carry_out(shelf, changes, told)
        harvest.fetch_all()
        assert harvest.kept == shelf.holdings()


@settings(max_examples=40)
@given(rounds=st.lists(CHANGES, min_size=1, max_size=6), page=st.integers(min_value=1, max_value=4))
def test_harvests_from_the_last_answer_on_hold_what_the_index_holds(
    rounds: list[list[tuple[str, int]]], page: int
) -> None:
    """Incremental harvesting: each round starts `from` the time that the round before it was told."""
    kept: dict[str, str | None] = {}
    arguments: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        shelf = Shelf(path=Path(folder) / "index.sqlite")
        for told, changes in enumerate(rounds):
            carry_out(shelf, changes, told)
            harvest = Harvester(lambda asked: answer_to(list(asked.items()), shelf.offering(page)), **arguments)
            harvest.fetch_all()
            kept |= harvest.kept
            arguments = {"from": harvest.pages[0].texts("//o:responseDate")[0]}
            assert kept == shelf.holdings()
