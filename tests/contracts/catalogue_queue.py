"""What a catalogue promises of turns: producers take turns, whatever each has waiting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState, moved
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import number, received, taken, upload

MANY = 150
"""More than one page of the queue."""


def waiting(catalogue: Catalogue, sender: str | None, *names: str) -> list[str]:
    """Take in deliveries that then wait, in this order."""
    ids = []
    for minute, name in enumerate(names):
        delivery, lease = received(catalogue, name, minute, sender)
        catalogue.release(lease)
        ids.append(delivery.id)
    return ids


def next_taken(catalogue: Catalogue) -> str:
    """Take the delivery whose turn it is, and end it."""
    delivery_id = next(iter(catalogue.runnable()))
    ended(catalogue, delivery_id)
    return delivery_id


def ended(catalogue: Catalogue, delivery_id: str) -> None:
    """Decide a delivery."""
    lease = taken(catalogue, delivery_id)
    before = replace(catalogue.delivery(delivery_id), refused=True)
    after = moved(before, DeliveryState.REJECTED, "")
    catalogue.commit(lease, Transition(before=before, after=after))
    catalogue.release(lease)


class QueueContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_a_producers_own_come_by_age(self, catalogue: Catalogue) -> None:
        ids = waiting(catalogue, "a", *(f"a{n}" for n in range(MANY)))
        assert tuple(catalogue.runnable()) == tuple(ids)

    @pytest.mark.parametrize("sender", ["b", None])
    def test_one_who_comes_late_is_next_however_many_wait(self, catalogue: Catalogue, sender: str | None) -> None:
        many = waiting(catalogue, "a", *(f"a{n}" for n in range(20)))
        assert [next_taken(catalogue) for _ in range(5)] == many[:5]
        (late,) = waiting(catalogue, sender, "late")
        assert next_taken(catalogue) == late
        assert next_taken(catalogue) == many[5]

    def test_two_who_have_many_take_turns(self, catalogue: Catalogue) -> None:
        ours = waiting(catalogue, "a", *(f"a{n}" for n in range(6)))
        theirs = waiting(catalogue, "b", *(f"b{n}" for n in range(3)))
        order = [next_taken(catalogue) for _ in range(9)]
        assert [ours.index(one) for one in order if one in ours] == list(range(6))
        assert {one in ours for one in order[:2]} == {one in ours for one in order[4:6]} == {True, False}
        assert set(order[6:]) == set(ours[3:])
        assert set(theirs) == set(order[:6]) - set(ours)

    def test_who_sent_nothing_for_long_has_saved_no_turns(self, catalogue: Catalogue) -> None:
        for n in range(10):
            waiting(catalogue, "a", f"a{n}")
            next_taken(catalogue)
        theirs = waiting(catalogue, "b", *(f"b{n}" for n in range(5)))
        (ours,) = waiting(catalogue, "a", "late")
        assert ours in tuple(catalogue.runnable())[:2]
        assert theirs[0] in tuple(catalogue.runnable())[:2]

    def test_who_steps_back_comes_after_its_producers_others(self, catalogue: Catalogue) -> None:
        first, *others = waiting(catalogue, "a", "a0", "a1", "a2")
        catalogue.step_back(first)
        assert tuple(catalogue.runnable()) == (*others, first)
        catalogue.step_back(number("gone"))

    def test_one_that_has_had_its_time_makes_way_for_others_and_stays_before_its_producers(
        self, catalogue: Catalogue
    ) -> None:
        large, following = waiting(catalogue, "a", "a0", "a1")
        lease = taken(catalogue, large)
        assert not catalogue.has_come(following)
        (other,) = waiting(catalogue, "b", "b0")
        assert catalogue.has_come(other)
        catalogue.release(lease)
        catalogue.make_way(large)
        assert tuple(catalogue.runnable()) == (other, large, following)
        assert not catalogue.has_come(number("gone"))
        catalogue.make_way(number("gone"))

    def test_a_place_is_how_many_come_before(self, catalogue: Catalogue) -> None:
        ids = waiting(catalogue, "a", *(f"a{n}" for n in range(4)))
        assert [catalogue.place(one) for one in ids] == [0, 1, 2, 3]
        lease = taken(catalogue, ids[0])
        assert [catalogue.place(one) for one in ids] == [None, 1, 2, 3]
        catalogue.release(lease)
        ended(catalogue, ids[0])
        assert [catalogue.place(one) for one in ids] == [None, 0, 1, 2]
        assert catalogue.place(number("unknown")) is None
        catalogue.open_upload(upload("arriving"))
        assert catalogue.place(number("arriving")) is None

    def test_a_place_among_ones_own_counts_nobody_elses(self, catalogue: Catalogue) -> None:
        theirs = waiting(catalogue, "b", "b0", "b1")
        ours = waiting(catalogue, "a", "a0", "a1")
        nobodys = waiting(catalogue, None, "n0", "n1")
        for ids in (ours, theirs, nobodys):
            assert [catalogue.place_among_own(one) for one in ids] == [0, 1]
        assert sorted(catalogue.place(one) or 0 for one in (*ours, *theirs, *nobodys)) == list(range(6))
        lease = taken(catalogue, ours[0])
        assert [catalogue.place_among_own(one) for one in ours] == [None, 1]
        catalogue.release(lease)
        assert catalogue.place_among_own(number("unknown")) is None

    def test_deliveries_received_at_once_have_turns_of_their_own(self, catalogue: Catalogue) -> None:
        names = [f"a{n}" for n in range(16)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda name: waiting(catalogue, "a", name), names))
        (late,) = waiting(catalogue, "b", "late")
        assert late in tuple(catalogue.runnable())[:2]
        assert sorted(map(catalogue.place, catalogue.runnable()), key=str) == sorted(range(17), key=str)

    def test_it_is_known_when_the_last_were_decided(self, catalogue: Catalogue) -> None:
        ids = waiting(catalogue, "a", *(f"a{n}" for n in range(4)))
        assert catalogue.decided_lately(10) == ()
        for one in ids[:3]:
            ended(catalogue, one)
        times = catalogue.decided_lately(10)
        assert len(times) == 3
        assert list(times) == sorted(times, reverse=True)
        assert all(at.tzinfo is not None for at in times)
        assert catalogue.decided_lately(2) == times[:2]
