"""What a catalogue promises the desk: lists newest first that go on where they ended, figures, and words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.domain.access.ended import EndedRestriction
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.lookups import DeliveryWish, PackageWish, Place, WordKind
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import (
    NOON,
    RECEIVE,
    archived,
    as_trial,
    event,
    finding,
    identified,
    number,
    package_of,
    received,
    taken,
    upload,
)

_LONG_AGO = NOON - timedelta(days=1)


def shelved(catalogue: Catalogue, name: str, generation: int = 1, minute: int = 0, producer: str = "") -> Delivery:
    """Put an archived delivery and its package back, as `rebuild` does."""
    delivery = replace(archived(name, f"EXN {name}", generation, minute), package=number(f"package {name[0]}"))
    if producer and delivery.identity:
        delivery = replace(delivery, identity=replace(delivery.identity, producer=producer))
    catalogue.restore(delivery, (), (), ())
    catalogue.register_package(package_of(delivery))
    return delivery


def names(catalogue: Catalogue, wish: DeliveryWish, limit: int = 10) -> list[str]:
    return [one.delivery.id for one in catalogue.deliveries_wished(wish, limit)]


def found(catalogue: Catalogue, wish: PackageWish, limit: int = 10) -> list[str]:
    return [one.package for one in catalogue.packages_wished(wish, limit)]


def ended(catalogue: Catalogue, name: str, state: DeliveryState) -> Delivery:
    before, lease = received(catalogue, name)
    between = DeliveryState.CHECKING if state is DeliveryState.REJECTED else DeliveryState.PRESERVING
    named = identified(moved(before, between, RECEIVE), f"EXN {name}")
    catalogue.commit(lease, Transition(before=before, after=named))
    after = moved(named, state, "")
    catalogue.commit(
        taken(catalogue, named.id), Transition(before=named, after=after, findings=(finding(f"RULE-{name}"),))
    )
    return after


class DeskContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_what_a_step_took_is_told_of_its_first_event(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue, "a")
        after = moved(before, DeliveryState.CHECKING, RECEIVE)
        told = (event("first"), event("second"))
        catalogue.commit(lease, Transition(before=before, after=after, events=told, seconds=1.5))
        assert catalogue.step_seconds(before.id) == {event("first").id: 1.5}

    def test_what_a_step_took_that_was_not_measured_is_not_told(self, catalogue: Catalogue) -> None:
        before, lease = received(catalogue, "a")
        after = moved(before, DeliveryState.CHECKING, RECEIVE)
        catalogue.commit(lease, Transition(before=before, after=after, events=(event("first"),)))
        assert catalogue.step_seconds(before.id) == {}
        assert catalogue.step_seconds(number("nothing")) == {}

    def test_deliveries_are_listed_newest_first_and_the_list_goes_on(self, catalogue: Catalogue) -> None:
        for minute, name in enumerate("abc"):
            catalogue.open_upload(upload(name, minute))
        catalogue.open_upload(upload("d", 2))  # in the same second as c
        first = names(catalogue, DeliveryWish(), 2)
        assert set(first) == {number("c"), number("d")}
        last = catalogue.deliveries_wished(DeliveryWish(), 1)[0].delivery
        assert names(catalogue, DeliveryWish(after=Place(at=last.received_at, id=last.id)), 1) == [first[1]]
        rest = DeliveryWish(after=Place(at=NOON + timedelta(minutes=2), id=first[1]))
        assert names(catalogue, rest) == [number("b"), number("a")]

    def test_test_deliveries_are_listed_apart(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload("a"))
        catalogue.open_upload(as_trial(upload("b")))
        assert names(catalogue, DeliveryWish()) == [number("a")]
        assert names(catalogue, DeliveryWish(trials=frozenset({True}))) == [number("b")]
        assert len(names(catalogue, DeliveryWish(trials=frozenset({True, False})))) == 2

    def test_deliveries_are_found_by_state_producer_and_id(self, catalogue: Catalogue) -> None:
        shelved(catalogue, "a")
        catalogue.open_upload(replace(upload("b", 1), sender="Byggnadsnämnden"))
        assert names(catalogue, DeliveryWish(states=frozenset({DeliveryState.ARCHIVED}))) == [number("a")]
        assert names(catalogue, DeliveryWish(producer="Byggnadsnämnden")) == [number("b")]
        assert names(catalogue, DeliveryWish(producer="ORG:2120009994")) == [number("a")]
        for reference in (number("a"), "EXN a"):
            assert names(catalogue, DeliveryWish(reference=reference)) == [number("a")]
        assert names(catalogue, DeliveryWish(reference="\udcff\0")) == []

    def test_packages_are_listed_by_their_current_generation(self, catalogue: Catalogue) -> None:
        shelved(catalogue, "a1", 1, 0)
        shelved(catalogue, "b1", 1, 1)
        shelved(catalogue, "a2", 2, 2)
        listed = catalogue.packages_wished(PackageWish(), 10)
        assert [(one.package, one.generation) for one in listed] == [(number("package a"), 2), (number("package b"), 1)]
        after = Place(at=listed[0].stored_at, id=listed[0].package)
        assert found(catalogue, PackageWish(after=after)) == [number("package b")]
        assert found(catalogue, PackageWish(), 1) == [number("package a")]

    def test_a_package_whose_delivery_is_not_archived_is_not_listed(self, catalogue: Catalogue) -> None:
        delivery = replace(archived("a"), state=DeliveryState.PRESERVING, step="notify_producer")
        catalogue.restore(delivery, (), (), ())
        catalogue.register_package(package_of(delivery))
        assert found(catalogue, PackageWish()) == []
        assert catalogue.unindexed_packages(10) == ()

    def test_packages_are_found_by_producer_and_id(self, catalogue: Catalogue) -> None:
        shelved(catalogue, "a", producer="Byggnadsnämnden")
        shelved(catalogue, "b", minute=1)
        assert found(catalogue, PackageWish(producer="Byggnadsnämnden")) == [number("package a")]
        for reference in (number("package b"), "EXN b", number("b")):
            assert found(catalogue, PackageWish(reference=reference)) == [number("package b")]

    def test_packages_are_found_by_how_their_words_begin(self, catalogue: Catalogue) -> None:
        for name in "ab":
            shelved(catalogue, name)
        words = [
            (WordKind.TITLE, "bygglov"),
            (WordKind.PARTY, "åkesson"),
            (WordKind.RULE, "csip60"),
            (WordKind.CASE, "x%"),
        ]
        catalogue.index_package(number("package a"), 1, [*words, *words])
        a = [number("package a")]
        assert found(catalogue, PackageWish(anywhere=("bygg", "åke"))) == a
        assert found(catalogue, PackageWish(words=((WordKind.RULE, "csip60"),))) == a
        assert found(catalogue, PackageWish(anywhere=("x%",))) == a
        for nothing in (
            PackageWish(anywhere=("bygg", "saknas")),
            PackageWish(anywhere=("csip60",)),
            PackageWish(words=((WordKind.PARTY, "bygglov"),)),
            PackageWish(anywhere=("%",)),
            PackageWish(anywhere=("_ygglov",)),
        ):
            assert found(catalogue, nothing) == []

    def test_words_are_put_in_the_place_of_those_before(self, catalogue: Catalogue) -> None:
        shelved(catalogue, "a1")
        assert [one.generation for one in catalogue.unindexed_packages(10)] == [1]
        catalogue.index_package(number("package a"), 1, [(WordKind.TITLE, "förut")])
        assert catalogue.unindexed_packages(10) == ()
        shelved(catalogue, "a2", 2, 1)
        assert [one.generation for one in catalogue.unindexed_packages(10)] == [2]
        catalogue.index_package(number("package a"), 2, [(WordKind.TITLE, "nu")])
        assert catalogue.unindexed_packages(10) == ()
        assert found(catalogue, PackageWish(anywhere=("förut",))) == []
        assert found(catalogue, PackageWish(anywhere=("nu",))) == [number("package a")]
        catalogue.index_package(number("package a"), 2, [])
        assert found(catalogue, PackageWish(anywhere=("nu",))) == []

    def test_no_more_packages_are_to_be_indexed_than_asked_for(self, catalogue: Catalogue) -> None:
        for minute, name in enumerate("abc"):
            shelved(catalogue, name, minute=minute)
        assert [one.package for one in catalogue.unindexed_packages(2)] == [number("package a"), number("package b")]

    def test_days_count_what_came_and_what_ended(self, catalogue: Catalogue) -> None:
        assert catalogue.days(_LONG_AGO) == ()
        ended(catalogue, "a", DeliveryState.REJECTED)
        ended(catalogue, "b", DeliveryState.ARCHIVED)
        catalogue.open_upload(as_trial(upload("c")))
        counts = {(one.state, one.count) for one in catalogue.days(_LONG_AGO)}
        assert counts == {(DeliveryState.RECEIVED, 2), (DeliveryState.REJECTED, 1), (DeliveryState.ARCHIVED, 1)}
        assert {one.day for one in catalogue.days(_LONG_AGO) if one.state is DeliveryState.RECEIVED} == {NOON.date()}

    def test_lead_times_are_those_of_what_was_archived(self, catalogue: Catalogue) -> None:
        ended(catalogue, "a", DeliveryState.REJECTED)
        assert catalogue.lead_times(10) == ()
        for name in "bc":
            ended(catalogue, name, DeliveryState.ARCHIVED)
        assert len(catalogue.lead_times(10)) == 2
        assert len(catalogue.lead_times(1)) == 1
        assert all(seconds >= 0 for seconds in catalogue.lead_times(10))

    def test_refusals_are_told_with_what_was_found(self, catalogue: Catalogue) -> None:
        for name in "ab":
            ended(catalogue, name, DeliveryState.REJECTED)
        ended(catalogue, "c", DeliveryState.ARCHIVED)
        told = catalogue.refusals(_LONG_AGO, 10)
        assert {(one.producer, one.findings[0].rule) for one in told} == {
            ("ORG:2120009994", "RULE-a"),
            ("ORG:2120009994", "RULE-b"),
        }
        assert len(catalogue.refusals(_LONG_AGO, 1)) == 1

    @pytest.mark.parametrize("limit", [1, 10])
    def test_an_empty_catalogue_lists_nothing(self, catalogue: Catalogue, limit: int) -> None:
        assert catalogue.deliveries_wished(DeliveryWish(), limit) == ()
        assert catalogue.packages_wished(PackageWish(), limit) == ()
        assert catalogue.refusals(_LONG_AGO, limit) == ()

    def test_units_are_listed_by_the_day_on_which_their_restrictions_end(self, catalogue: Catalogue) -> None:
        a, b = number("package a"), number("package b")
        days = [
            EndedRestriction(package=a, unit=("C", "1"), ends="2026-01-02"),
            EndedRestriction(package=a, unit=("C", "å"), ends="2026-01-01"),
            EndedRestriction(package=a, unit=("C",), ends="2026-03-01"),
        ]
        other = EndedRestriction(package=b, unit=("L",), ends="2026-01-02")
        catalogue.index_package(a, 1, (), days)
        catalogue.index_package(b, 1, (), [other])
        in_order = (days[1], *sorted((days[0], other), key=lambda one: one.package))
        assert catalogue.ended_restrictions("2026-01-01", None, 9) == ()
        assert catalogue.ended_restrictions("2026-01-02", None, 9) == (days[1],)
        assert catalogue.ended_restrictions("2026-03-01", None, 9) == in_order
        assert catalogue.ended_restrictions("2026-03-01", None, 2) == in_order[:2]
        assert catalogue.ended_restrictions("2026-03-01", in_order[1], 9) == in_order[2:]
        catalogue.index_package(a, 2, ())
        assert catalogue.ended_restrictions("2027-01-01", None, 9) == (other,)
