"""One simulation from one seed: the plan, the run, and the judgement."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy import func, select

from ingest.adapters.sql.leases import PATIENCE_SECONDS
from ingest.adapters.sql.rows import decoded
from ingest.adapters.sql.tables import deliveries, operations
from ingest.application.attempts import ATTEMPT
from ingest.application.collect_leftovers import collect_leftovers, discard_unowned, unowned
from ingest.domain.deliveries import FINAL_STATES, Delivery, DeliveryState
from tests.simulation.founded import founded
from tests.simulation.judge import faults_of
from tests.simulation.plan import Plan, drawn_plan
from tests.simulation.producers import NoAnswer, Producer, Told
from tests.simulation.site import Site
from tests.simulation.weather import Strike

RECOVERY_SECONDS: Final = 60.0
"""So long after the last fault has ended, everything that was acknowledged must be decided."""
WAKING_SECONDS: Final = 5.0
LONG_AFTER: Final = timedelta(days=30)
"""When an upload that was cut off is old enough to be let go, whatever the clocks said."""
EXPECTED_FAULTS: Final = frozenset(
    {"StoreUnavailable", "CatalogueUnavailable", "OutOfSpace", "ToolFailed", "LeaseLost", "HandedBack"}
)
"""What the operations log may name: faults that were made here, leases taken over, deliveries that made way."""
_ALL: Final = select(deliveries.c.body).order_by(deliveries.c.id)
_LOGGED: Final = (
    select(operations.c.outcome, operations.c.detail).where(operations.c.outcome != ATTEMPT).order_by(operations.c.id)
)
_TO_DO: Final = select(func.count()).where(
    deliveries.c.state.not_in([state.value for state in (*FINAL_STATES, DeliveryState.UPLOADING)])
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a seed: the faults found, a digest of all calls in their order, and what it met, how often.

    `story` tells what was planned, what struck, and what producers were told.
    """

    seed: int
    faults: tuple[str, ...]
    digest: str
    seen: Counter[str]
    story: tuple[str, ...]


def simulate(seed: int) -> Outcome:
    """Run the simulation of a seed; the same seed always gives the same outcome."""
    random = Random(seed)  # noqa: S311 - the same choices, to be had again
    plan = drawn_plan(random)
    site = Site(founded(), plan, random)
    history: list[Told] = []
    with _quiet():
        try:
            faults = _played(site, plan, history)
        finally:
            site.stage.close()
        faults = faults or [*site.stage.failures, *_judged(site, history)]
    return Outcome(
        seed=seed,
        faults=tuple(faults),
        digest=hashlib.sha256(repr(site.exposure.trace).encode()).hexdigest(),
        seen=_seen(site, plan, history),
        story=(f"{plan}", f"{site.weather.rates}", *_struck(site), *map(str, history)),
    )


def _seen(site: Site, plan: Plan, history: list[Told]) -> Counter[str]:
    seen = Counter(f"strike {struck}" for _, _, _, struck in site.exposure.trace)
    seen.update(f"mishap {one.mishap.name}" for one in plan.mishaps if one.at < site.stage.now)
    seen.update(f"answer {type(told.answer).__name__}" for told in history)
    seen.update(f"end {delivery.state}" for delivery in _deliveries(site))
    with site.founded.database.reading() as connection:
        seen.update(f"logged {outcome}" for outcome, _ in connection.execute(_LOGGED))
    return seen


def _struck(site: Site) -> Iterator[str]:
    for at, process, call, strike in site.exposure.trace:
        if strike != Strike.NONE.name:
            yield f"{at:8.2f} {process} {call} {strike}"


@contextmanager
def _quiet() -> Iterator[None]:
    """What the program logs in a simulation is thousands of faults that were made."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _played(site: Site, plan: Plan, history: list[Told]) -> list[str]:
    """Let producers and machines run until all is decided; give what did not come to its end in time."""
    site.open()
    producers = [Producer(f"producer-{number}", task, site, history) for number, task in enumerate(plan.tasks)]
    for producer in producers:
        site.stage.spawn(producer.process.name, producer.process, producer.send_all)
    # Whoever still sleeps when all is done must wake too: it may yet undo it.
    while not _is_over(site, producers) or site.stage.now < site.weather.calm_at + WAKING_SECONDS:
        site.stage.pause(0.5)
        if site.stage.failures:
            return site.stage.failures
        last = site.weather.calm_at if site.weather.is_calm(site.stage.now) else plan.until
        # What was taken in since then has a minute of its own. To be turned away is no progress: a producer that always
        # is would go on for ever.
        answered = (told.at for told in history if not isinstance(told.answer, NoAnswer))
        if site.stage.now > max(last, *answered, 0.0) + RECOVERY_SECONDS:
            waiting = [producer.process.name for producer in producers if not producer.is_done]
            return [f"not recovered {RECOVERY_SECONDS:.0f} s after {last:.1f}: {_unfinished(site)}, waiting: {waiting}"]
    return []


def _is_over(site: Site, producers: list[Producer]) -> bool:
    return all(producer.is_done for producer in producers) and site.counted_anew(_to_do) == 0


def _judged(site: Site, history: list[Told]) -> Iterator[str]:
    with site.founded.database.reading() as connection:
        for outcome, detail in connection.execute(_LOGGED):
            if outcome not in EXPECTED_FAULTS:
                yield f"logged: {outcome}: {detail}"
    _collect(site)
    yield from faults_of(site.bare, _deliveries(site), history)


def _collect(site: Site) -> None:
    """Let go what is left over when nobody else is alive any more, as the collector does, and the operator.

    A process that slept while its upload was let go may have died before it could take away what it then staged.
    """
    now = site.clock.now() + LONG_AFTER
    collect_leftovers("collector", site.bare, now)
    site.stage.now += PATIENCE_SECONDS
    collect_leftovers("collector", site.bare, now)
    for forgotten in unowned(site.bare):
        discard_unowned(forgotten.id, site.bare)


def _to_do(site: Site) -> int:
    with site.founded.database.reading() as connection:
        return connection.scalars(_TO_DO).one()


def _deliveries(site: Site) -> tuple[Delivery, ...]:
    with site.founded.database.reading() as connection:
        return tuple(decoded(body, Delivery) for body in connection.scalars(_ALL))


def _unfinished(site: Site) -> list[tuple[str, DeliveryState, str]]:
    return [(d.id, d.state, d.step) for d in _deliveries(site) if not d.is_final]
