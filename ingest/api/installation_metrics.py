"""The installation as Prometheus metrics, read from the catalogue at every scrape: the same from every process."""

from collections.abc import Iterable, Iterator
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from ingest.application.survey_operations import Operations, survey_operations
from ingest.domain.standing import Standing
from ingest.domain.tallies import BOUNDS_MS, Counted, Tally
from ingest.domain.webhooks import SubscriptionStatus
from ingest.errors import EarkivError
from ingest.pipeline.step import Ports

_SECOND: Final = 1000


class InstallationCollector(Collector):
    """Looks at the catalogue when it is asked; one that does not answer is told, not raised."""

    def __init__(self, ports: Ports, patience_seconds: float) -> None:
        self._ports = ports
        self._patience = patience_seconds

    def collect(self) -> Iterator[Metric]:
        """Give everything that the catalogue knows."""
        try:
            operations = survey_operations(self._ports, self._patience)
        except EarkivError:
            yield _gauge("catalogue_up", "Whether the catalogue answers.", 0)
            return
        yield _gauge("catalogue_up", "Whether the catalogue answers.", 1)
        yield from metrics_of(operations)

    def describe(self) -> Iterable[Metric]:
        """Say nothing before it is asked: registering must not look at the catalogue."""
        return ()


def metrics_of(operations: Operations) -> Iterator[Metric]:
    """Give what was surveyed as metrics."""
    yield from _waiting(operations)
    if operations.canary is not None:
        yield _gauge("canary_age_seconds", "Since the last canary came through.", operations.canary.age_seconds)
        yield _gauge("canary_seconds", "How long the last canary took.", operations.canary.took_seconds)
    yield _gauge("outbox_messages", "Messages that wait to be handed on to workers.", operations.messages)
    yield _gauge("workers", "Processes that may take leases and are not known to be dead.", operations.workers)
    room = GaugeMetricFamily(
        "earkiv_store_room_bytes", "Bytes that still fit, of stores that can tell.", labels=["store"]
    )
    for store, size in operations.room.items():
        room.add_metric([store], size)
    yield room
    said = "Webhooks of producers, by whether messages are sent or were given up."
    webhooks = GaugeMetricFamily("earkiv_webhooks", said, labels=["status"])
    for status in SubscriptionStatus:
        webhooks.add_metric([status.value], operations.webhooks.get(status, 0))
    yield webhooks
    yield from _counted(operations.tallies)


def _waiting(operations: Operations) -> Iterator[Metric]:
    said = "Deliveries that are not over, by what they wait for."
    count = GaugeMetricFamily("earkiv_open_deliveries", said, labels=["standing"])
    said = "For how long the stillest delivery of a standing has not moved."
    oldest = GaugeMetricFamily("earkiv_open_deliveries_oldest_seconds", said, labels=["standing"])
    for standing in Standing:
        crowd = operations.crowds[standing]
        count.add_metric([standing.value], crowd.count)
        oldest.add_metric([standing.value], crowd.oldest_seconds)
    yield count
    yield oldest
    states = GaugeMetricFamily("earkiv_open_deliveries_by_state", "The same, by state.", labels=["state"])
    for state, number in operations.states.items():
        states.add_metric([state.value], number)
    yield states


def _counted(tallies: Iterable[Tally]) -> Iterator[Metric]:
    of: dict[Counted, list[Tally]] = {counted: [] for counted in Counted}
    for tally in tallies:
        of[tally.counted].append(tally)
    yield _steps(of[Counted.STEP])
    received = of[Counted.RECEIVED]
    yield _counter("received_deliveries", "Deliveries whose bytes were received.", sum(one.count for one in received))
    yield _counter("received_bytes", "Bytes of deliveries received.", sum(one.amount for one in received))
    ended = of[Counted.ENDED]
    yield _labelled(
        "ended_deliveries", "Deliveries that are over, by how.", "state", [(e.label, e.count) for e in ended]
    )
    yield _counter("archived_bytes", "Bytes of delivered files archived.", sum(one.amount for one in ended))
    found = of[Counted.FINDING]
    said = "Deliveries in which a rule was broken."
    yield _labelled("findings", said, "rule", [(one.label, one.count) for one in found])
    yield _labelled("breaches", "Places at which a rule was broken.", "rule", [(f.label, f.amount) for f in found])
    yield _faults(of[Counted.FAULT])
    taken = sum(one.count for one in of[Counted.TAKEN_OVER])
    yield _counter("leases_lost", "Leases taken over from workers that were dead.", taken)


def _steps(tallies: list[Tally]) -> Metric:
    family = HistogramMetricFamily("earkiv_step_seconds", "How long steps took that were committed.", labels=["step"])
    for step in sorted({tally.label for tally in tallies}):
        mine = [tally for tally in tallies if tally.label == step]
        buckets = [
            (_bound(order), sum(tally.count for tally in mine if tally.order <= order))
            for order in range(len(BOUNDS_MS) + 1)
        ]
        family.add_metric([step], buckets, sum(tally.amount for tally in mine) / _SECOND)
    return family


def _bound(order: int) -> str:
    return str(BOUNDS_MS[order] / _SECOND) if order < len(BOUNDS_MS) else "+Inf"


def _faults(tallies: list[Tally]) -> Metric:
    said = "Attempts at a step that ended in a fault of the machine."
    family = CounterMetricFamily("earkiv_faults", said, labels=["step", "fault"])
    for tally in tallies:
        step, _, fault = tally.label.rpartition(" ")
        family.add_metric([step, fault], tally.count)
    return family


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(f"earkiv_{name}", said, value=value)


def _counter(name: str, said: str, value: float) -> Metric:
    return CounterMetricFamily(f"earkiv_{name}", said, value=value)


def _labelled(name: str, said: str, label: str, values: list[tuple[str, int]]) -> Metric:
    family = CounterMetricFamily(f"earkiv_{name}", said, labels=[label])
    for value, count in values:
        family.add_metric([value], count)
    return family
