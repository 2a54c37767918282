"""Put the AIP into the archive as an OCFL version, and read every byte back before anything is acknowledged.

Order: content under write-once keys, then `vN/inventory.json`, then its side-car – the commit point – then the root
inventory and its side-car, the only keys ever replaced (DESIGN §5). On every required replica.
"""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.provenance import Agent, EventType
from ingest.formats.ocfl import Inventory
from ingest.pipeline.events import event
from ingest.pipeline.holdings import copy_into, inventory_of, read_back
from ingest.pipeline.names import REGISTER_AIP, STORE_AIP
from ingest.pipeline.step import Decision, Done, Step, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The inventory that the package will have, and where copies are required."""

    delivery: Delivery
    at: datetime
    software: Agent
    inventory: Inventory
    stores: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The version's creation time and the digest of its inventory, which holds the digests of everything else."""

    created: datetime
    inventory_sha256: str


def observe(work: Work) -> Facts:
    """Make up the inventory from what is staged."""
    at = work.ports.clock.now()
    return Facts(
        delivery=work.delivery,
        at=at,
        software=work.ports.software,
        inventory=inventory_of(work, at),
        stores=tuple(store.name for store in work.ports.replicas),
    )


def decide(facts: Facts) -> Decision[Plan]:
    """Store exactly this inventory on every replica."""
    stored = event(
        delivery=facts.delivery,
        step=STORE_AIP,
        type=EventType.REPLICATION,
        at=facts.at,
        detail=f"stored and read back in {', '.join(facts.stores)}; inventory SHA-256 {facts.inventory.sha256}",
        agents=(facts.software,),
    )
    return Advanced(
        plan=Plan(created=facts.at, inventory_sha256=facts.inventory.sha256),
        after=moved(facts.delivery, DeliveryState.PRESERVING, REGISTER_AIP),
        events=(stored,),
    )


def act(work: Work, plan: Plan) -> Done:
    """Copy to each replica and read each copy back. Raises DamageFound when a copy is not what was staged."""
    inventory = inventory_of(work, plan.created)
    if inventory.sha256 != plan.inventory_sha256:
        message = f"the inventory of {work.delivery.id} is not the one that was decided"
        raise AssertionError(message)
    for store in work.ports.replicas:
        copy_into(store, inventory, work)
        read_back(store, inventory)
    return Done()


STEP = Step(name=STORE_AIP, plan_type=Plan, observe=observe, decide=decide, act=act)
