"""What an operator sees of the installation at a moment: counted, waiting, hindered; no value of a delivery."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.domain.canaries import CanaryRun
from ingest.domain.deliveries import FINAL_STATES, DeliveryState
from ingest.domain.standing import OpenWork, Standing, standing_of
from ingest.domain.tallies import Tally
from ingest.domain.webhooks import SubscriptionStatus
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Open deliveries of one standing: how many, and for how many seconds the stillest has not moved."""

    count: int = 0
    oldest_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """What is done and what is to be done; `room` is by store, those left out that cannot tell, in bytes."""

    tallies: tuple[Tally, ...]
    states: Mapping[DeliveryState, int]
    crowds: Mapping[Standing, Crowd]
    canary: CanaryRun | None
    messages: int
    workers: int
    room: Mapping[str, int]
    webhooks: Mapping[SubscriptionStatus, int]


def survey_operations(ports: Ports, patience_seconds: float) -> Operations:
    """Look at the installation; what has stood still for longer than the patience is stuck. Raises EarkivError."""
    catalogue = ports.catalogue
    open_work = catalogue.open_work()
    stores = (ports.staging, ports.quarantine, *ports.replicas)
    return Operations(
        tallies=catalogue.tallies(),
        states=states_of(open_work),
        crowds=crowds_of(open_work, patience_seconds),
        canary=catalogue.last_canary(),
        messages=catalogue.messages(),
        workers=catalogue.living_workers(),
        webhooks=Counter(one.status for one in catalogue.subscriptions()),
        room={store.name: room for store in stores if (room := store.room()) is not None},
    )


def crowds_of(open_work: tuple[OpenWork, ...], patience_seconds: float) -> dict[Standing, Crowd]:
    """Count open deliveries by standing; every standing is named, also those that nobody is in."""
    crowds = dict.fromkeys(Standing, Crowd())
    for work in open_work:
        standing = standing_of(work, patience_seconds)
        before = crowds[standing]
        oldest = max(before.oldest_seconds, work.still_seconds)
        crowds[standing] = Crowd(count=before.count + 1, oldest_seconds=oldest)
    return crowds


def states_of(open_work: tuple[OpenWork, ...]) -> dict[DeliveryState, int]:
    """Count open deliveries by state; every state that is not final is named."""
    found = Counter(work.state for work in open_work)
    return {state: found[state] for state in DeliveryState if state not in FINAL_STATES}
