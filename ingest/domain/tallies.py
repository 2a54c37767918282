"""What is counted of the work, in the same transaction as the work itself: nothing is counted twice, nothing is lost.

A tally has no value of a delivery in it: names of states, steps, rules and faults, and numbers.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState

BOUNDS_MS: Final = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000)
"""Upper bounds of the classes in which durations are counted; the class after the last has none."""


class Counted(StrEnum):
    """What a tally counts, and what its amount is the sum of."""

    STEP = "step"  # steps by name and class of duration; milliseconds
    RECEIVED = "received"  # deliveries whose bytes are all here; bytes
    ENDED = "ended"  # deliveries by final state; bytes of delivered files where archived
    FINDING = "finding"  # deliveries in which a rule was broken, by rule; breaches
    FAULT = "fault"  # attempts that ended in a fault, by step and fault; nothing
    TAKEN_OVER = "taken-over"  # leases taken from workers that were dead; nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many of a kind, and the sum of their amounts; `order` numbers the class of duration, 0 where there is none."""

    counted: Counted
    label: str = ""
    order: int = 0
    count: int = 1
    amount: int = 0


def tallies_of(transition: Transition, delivered_bytes: int) -> tuple[Tally, ...]:
    """Give what a transition adds; `delivered_bytes` is what `weighs` asks for, and ignored where it does not."""
    before, after = transition.before.state, transition.after.state
    received = before is DeliveryState.UPLOADING is not after
    # Uploads and people's decisions are no steps of ours.
    found = [] if before in {DeliveryState.UPLOADING, DeliveryState.HELD} else [_step(transition)]
    if received:
        size = transition.after.source.size or delivered_bytes
        found.append(Tally(counted=Counted.RECEIVED, amount=size))
    if transition.after.is_final:
        size = delivered_bytes if after is DeliveryState.ARCHIVED else 0
        found.append(Tally(counted=Counted.ENDED, label=after.value, amount=size))
    return (*found, *_findings(transition))


def weighs(transition: Transition) -> bool:
    """Whether the size of what was delivered is counted with a transition."""
    after = transition.after
    if after.state is DeliveryState.ARCHIVED:
        return True
    return transition.before.state is DeliveryState.UPLOADING is not after.state and not after.source.size


def _step(transition: Transition) -> Tally:
    milliseconds = round(transition.seconds * 1000)
    order = bisect_left(BOUNDS_MS, milliseconds)
    return Tally(counted=Counted.STEP, label=transition.before.step, order=order, amount=milliseconds)


def _findings(transition: Transition) -> list[Tally]:
    breaches: Counter[str] = Counter()
    for finding in transition.findings:
        breaches[finding.rule] += finding.count
    return [Tally(counted=Counted.FINDING, label=rule, amount=count) for rule, count in breaches.items()]
