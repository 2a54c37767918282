"""Put the AIP into the archive as an OCFL version, and read every byte back before anything is acknowledged.

Order: content under write-once keys, then `vN/inventory.json`, then its side-car – the commit point – then the root
inventory and its side-car, the only keys ever replaced (DESIGN §5). On every required replica.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.provenance import Agent, EventType
from ingest.domain.receipts import Copy
from ingest.errors import ConfigurationError
from ingest.formats.ocfl import Inventory, object_root
from ingest.pipeline.events import event
from ingest.pipeline.holdings import copy_into, inventory_of, read_back
from ingest.pipeline.names import REGISTER_AIP, STORE_AIP
from ingest.pipeline.step import Decision, Done, Step, Work
from ingest.ports import ObjectStore


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
    """What makes the inventory certain, its digest – it holds the digests of everything else –, and where it goes."""

    created: datetime
    agent: str
    inventory_sha256: str
    stores: tuple[str, ...]


def observe(work: Work) -> Facts:
    """Make up the inventory from what is staged."""
    at = work.ports.clock.now()
    return Facts(
        delivery=work.delivery,
        at=at,
        software=work.ports.software,
        inventory=inventory_of(work, at, _name(work.ports.software)),
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
    copies = tuple(
        Copy(
            store=store,
            location=object_root(facts.inventory.package),
            inventory_sha256=facts.inventory.sha256,
            verified_at=facts.at,
        )
        for store in facts.stores
    )
    plan = Plan(
        created=facts.at,
        agent=_name(facts.software),
        inventory_sha256=facts.inventory.sha256,
        stores=facts.stores,
    )
    after = replace(moved(facts.delivery, DeliveryState.PRESERVING, REGISTER_AIP), copies=copies)
    return Advanced(plan=plan, after=after, events=(stored,))


def _name(software: Agent) -> str:
    return f"{software.name} {software.version}"


def act(work: Work, decision: Advanced[Plan]) -> Done:
    """Copy to each replica and read each copy back. Raises DamageFound when a copy is not what was staged.

    Nothing is read back before all is copied: who is handed back while it copies reads nothing twice.
    """
    plan = decision.plan
    inventory = inventory_of(work, plan.created, plan.agent)
    if inventory.sha256 != plan.inventory_sha256:
        message = f"the inventory of {work.delivery.id} is not the one that was decided"
        raise AssertionError(message)
    stores = _stores(work, plan)
    for store in stores:
        copy_into(store, inventory, work)
    for store in stores:
        read_back(store, inventory)
    return Done()


def _stores(work: Work, plan: Plan) -> tuple[ObjectStore, ...]:
    """The replicas that were decided upon; one configured since then is not filled in passing."""
    configured = {store.name: store for store in work.ports.replicas}
    if missing := [name for name in plan.stores if name not in configured]:
        raise ConfigurationError(
            f"Lagret {missing[0]} krävs för paketet men är inte längre inställt.",
            f"The store {missing[0]} is required for the package and is no longer configured.",
        )
    return tuple(configured[name] for name in plan.stores)


STEP = Step(name=STORE_AIP, plan_type=Plan, observe=observe, decide=decide, act=act)
