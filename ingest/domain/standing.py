"""How it stands with a delivery that is not over: is it moving, does it wait, and for what (told to the operator)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.domain.deliveries import DeliveryState
from ingest.errors import (
    CatalogueUnavailable,
    EarkivError,
    OutOfSpace,
    PermanentError,
    StoreUnavailable,
    ToolFailed,
    fault_named,
)

OUTAGES: Final = (StoreUnavailable, CatalogueUnavailable, OutOfSpace)
"""Faults that end by themselves or by an operator's hand, for all deliveries at once; no delivery is the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """A delivery that is not over: for how long it has not moved, and whether a living worker has it.

    `fault` names the fault that the last attempt at its present step ended with ("" = none since it moved).
    """

    delivery: str
    state: DeliveryState
    still_seconds: float
    is_under_way: bool
    fault: str = ""


class Standing(StrEnum):
    """What a delivery that is not over waits for."""

    ARRIVING = "arriving"
    UNDER_WAY = "under-way"
    QUEUED = "queued"
    RETRYING = "retrying"
    TOOL = "waits-for-tool"
    OUTAGE = "waits-for-machine"
    HELD = "held"
    PARKED = "parked"
    STUCK = "stuck"


NEEDS_SOMEBODY: Final = (Standing.STUCK, Standing.PARKED, Standing.TOOL, Standing.OUTAGE)
"""What does not pass by itself, or not before something else is mended."""


def standing_of(work: OpenWork, patience_seconds: float) -> Standing:
    """Tell what a delivery waits for; one that nothing is known to hinder is stuck when it stands still for longer."""
    if work.state is DeliveryState.HELD:
        return Standing.HELD
    if work.is_under_way:
        return Standing.UNDER_WAY
    if work.state is DeliveryState.UPLOADING:
        return Standing.ARRIVING
    fault = fault_named(work.fault)
    if fault is not None:
        return _hindered(fault)
    return Standing.STUCK if work.still_seconds > patience_seconds else Standing.QUEUED


def _hindered(fault: type[EarkivError]) -> Standing:
    if issubclass(fault, OUTAGES):
        return Standing.OUTAGE
    if issubclass(fault, ToolFailed):
        return Standing.TOOL
    return Standing.PARKED if issubclass(fault, PermanentError) else Standing.RETRYING
