"""What is told of a delivery, and to whom."""

from pathlib import Path

from ingest.application.told_deliveries import delivery_document
from ingest.domain.keys import Caller, Role
from tests.contracts.catalogue_queue import waiting
from tests.fakes.small_archive import opened_to_write


def test_a_producer_is_told_its_place_among_its_own(tmp_path: Path) -> None:
    with opened_to_write(tmp_path / "home") as ports:
        waiting(ports.catalogue, "Socialnämnden", "s0", "s1", "s2")
        _, last = waiting(ports.catalogue, "Byggnadsnämnden", "b0", "b1")
        delivery = ports.catalogue.delivery(last)
        callers = (
            Caller(role=Role.PRODUCER, name="Byggnadsnämnden", producer="Byggnadsnämnden"),
            Caller(role=Role.PRODUCER, name="the archive's own key"),
            Caller(role=Role.ARCHIVIST, name="Anna Arkivarie"),
        )
        own, *every = (delivery_document(delivery, caller, ports)["queue"] for caller in callers)
        assert own == 1
        assert every == [ports.catalogue.place(last)] * 2
        assert every[0] >= own + 1
