"""What a catalogue promises of delivered objects: kept in order, once, and examined in batches."""

from dataclasses import replace

import pytest

from ingest.errors import LeaseLost, ObjectExists, UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import converted, examined, number, received, staged, upload


class ObjectsContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_objects_come_back_in_delivered_order(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        catalogue.add_staged(number("a"), [staged(2), staged(0)])
        catalogue.add_staged(number("a"), [])
        catalogue.add_staged(number("a"), [staged(1)])
        assert catalogue.staged(number("a")) == (staged(0), staged(1), staged(2))
        assert catalogue.staged(number("b")) == ()

    def test_the_same_objects_again_are_no_error(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload())
        catalogue.add_staged(number("a"), [staged(0), staged(1)])
        catalogue.add_staged(number("a"), [staged(0), staged(1)])
        catalogue.add_staged(number("a"), [staged(1), staged(2)])
        assert len(catalogue.staged(number("a"))) == 3

    @pytest.mark.parametrize("other", [staged(1, "annan.pdf"), staged(9, staged(1).path)])
    def test_another_object_in_the_same_place_is_refused_with_its_batch(
        self, catalogue: Catalogue, other: object
    ) -> None:
        catalogue.open_upload(upload())
        catalogue.add_staged(number("a"), [staged(1)])
        with pytest.raises(ObjectExists):
            catalogue.add_staged(number("a"), [staged(2), other])  # type: ignore[list-item]
        assert catalogue.staged(number("a")) == (staged(1),)

    def test_two_deliveries_may_hold_the_same_paths(self, catalogue: Catalogue) -> None:
        for name in ("a", "b"):
            catalogue.open_upload(upload(name))
            catalogue.add_staged(number(name), [staged(1)])
        assert catalogue.staged(number("b")) == (staged(1),)

    def test_objects_of_an_unknown_delivery_are_refused(self, catalogue: Catalogue) -> None:
        with pytest.raises(UnknownSubject):
            catalogue.add_staged(number("a"), [staged(1)])

    def test_examinations_are_resumed_where_they_stopped(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        objects = [staged(n) for n in range(5)]
        catalogue.add_staged(delivery.id, objects)
        assert catalogue.unexamined(delivery.id, 2) == tuple(objects[:2])
        catalogue.record_examinations(lease, [examined(1), examined(0)])
        catalogue.record_examinations(lease, [])
        assert catalogue.unexamined(delivery.id, 2) == tuple(objects[2:4])
        catalogue.record_examinations(lease, [examined(3)])
        assert catalogue.unexamined(delivery.id, 9) == (objects[2], objects[4])
        assert catalogue.examinations(delivery.id) == (examined(0), examined(1), examined(3))

    def test_an_examination_of_no_object_is_refused_with_its_batch(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.add_staged(delivery.id, [staged(1)])
        with pytest.raises(UnknownSubject):
            catalogue.record_examinations(lease, [examined(1), examined(2)])
        assert catalogue.examinations(delivery.id) == ()

    def test_conversions_are_recorded_once_and_come_back_in_order(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.add_staged(delivery.id, [staged(n) for n in range(4)])
        catalogue.record_conversions(lease, [converted(3), converted(1)])
        catalogue.record_conversions(lease, [])
        catalogue.record_conversions(lease, [replace(converted(1), tool="y 2"), converted(0)])
        assert catalogue.conversions(delivery.id) == (converted(0), converted(1), converted(3))
        assert catalogue.conversions(number("b")) == ()

    def test_a_conversion_by_a_worker_that_has_lost_its_lease_is_refused(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.add_staged(delivery.id, [staged(1)])
        with pytest.raises(LeaseLost):
            catalogue.record_conversions(replace(lease, fence=lease.fence - 1), [converted(1)])
        assert catalogue.conversions(delivery.id) == ()
