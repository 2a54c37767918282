"""How it stands with a delivery that is not over: decided from facts alone."""

import pytest

from ingest.domain.deliveries import DeliveryState
from ingest.domain.standing import OpenWork, Standing, standing_of

HOUR = 3600.0


def standing(
    state: DeliveryState = DeliveryState.CHECKING, still: float = 10.0, fault: str = "", *, under_way: bool = False
) -> Standing:
    work = OpenWork(delivery="d", state=state, still_seconds=still, is_under_way=under_way, fault=fault)
    return standing_of(work, HOUR)


def test_what_a_living_worker_has_is_under_way_however_long_it_takes() -> None:
    assert standing(still=100 * HOUR, under_way=True) is Standing.UNDER_WAY
    assert standing(fault="ToolFailed", under_way=True) is Standing.UNDER_WAY


def test_what_nothing_hinders_is_queued_until_it_has_stood_still_for_too_long() -> None:
    assert standing(still=HOUR) is Standing.QUEUED
    assert standing(still=HOUR + 1) is Standing.STUCK


def test_what_a_person_or_a_producer_has_to_go_on_with_is_not_stuck() -> None:
    assert standing(DeliveryState.HELD, still=100 * HOUR) is Standing.HELD
    assert standing(DeliveryState.UPLOADING, still=100 * HOUR) is Standing.ARRIVING


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("StoreUnavailable", Standing.OUTAGE),
        ("CatalogueUnavailable", Standing.OUTAGE),
        ("OutOfSpace", Standing.OUTAGE),
        ("ToolFailed", Standing.TOOL),
        ("ScannerBrokeOff", Standing.TOOL),
        ("KilledFromOutside", Standing.TOOL),
        ("HomeLocked", Standing.RETRYING),
        ("ProgramFault", Standing.PARKED),
        ("DamageFound", Standing.PARKED),
        ("SlotTaken", Standing.PARKED),
        ("Exhausted", Standing.PARKED),
        ("of a later version", Standing.QUEUED),
    ],
)
def test_what_hinders_it_says_what_it_waits_for(fault: str, told: Standing) -> None:
    assert standing(fault=fault) is told
    assert standing(fault=fault, still=100 * HOUR) is (Standing.STUCK if told is Standing.QUEUED else told)
