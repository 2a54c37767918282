"""The installation as Prometheus metrics: names, sums and classes; and that the documents name no other metrics."""

import re
from collections.abc import Mapping

from prometheus_client.metrics_core import Metric

from ingest.api.installation_metrics import metrics_of
from ingest.api.meters import Meters
from ingest.application.survey_operations import Operations, crowds_of, states_of
from ingest.domain.canaries import CanaryRun
from ingest.domain.deliveries import DeliveryState
from ingest.domain.standing import OpenWork, Standing
from ingest.domain.tallies import BOUNDS_MS, Counted, Tally
from ingest.domain.webhooks import SubscriptionStatus
from tests.architecture.source_tree import REPOSITORY

RULES = (REPOSITORY / "docs" / "how-to" / "alerts.yml").read_text(encoding="utf-8")
GUIDE = (REPOSITORY / "docs" / "how-to" / "operator.md").read_text(encoding="utf-8")


def metrics(*tallies: Tally, open_work: tuple[OpenWork, ...] = ()) -> Mapping[str, Metric]:
    operations = Operations(
        tallies=tallies,
        states=states_of(open_work),
        crowds=crowds_of(open_work, 3600.0),
        canary=CanaryRun(delivery="d", took_seconds=2.0, age_seconds=60.0),
        messages=3,
        workers=2,
        room={"staging": 10},
        webhooks={SubscriptionStatus.FAILING: 1},
    )
    return {metric.name: metric for metric in metrics_of(operations)}


def values(metric: Metric) -> dict[tuple[str, ...], float]:
    return {(sample.name, *sample.labels.values()): sample.value for sample in metric.samples}


def test_durations_are_summed_by_class() -> None:
    steps = (
        Tally(counted=Counted.STEP, label="store_aip", order=0, count=2, amount=12),
        Tally(counted=Counted.STEP, label="store_aip", order=3, count=1, amount=250),
        Tally(counted=Counted.STEP, label="store_aip", order=len(BOUNDS_MS), count=1, amount=20_000_000),
    )
    told = values(metrics(*steps)["earkiv_step_seconds"])
    bucket = "earkiv_step_seconds_bucket"
    assert told[bucket, "store_aip", "0.01"] == 2
    assert told[bucket, "store_aip", "0.1"] == 2
    assert told[bucket, "store_aip", "0.3"] == 3
    assert told[bucket, "store_aip", "10000.0"] == 3
    assert told[bucket, "store_aip", "+Inf"] == 4
    assert told["earkiv_step_seconds_count", "store_aip"] == 4
    assert told["earkiv_step_seconds_sum", "store_aip"] == 20_000.262


def test_every_standing_is_told_with_its_number_and_its_stillest() -> None:
    work = tuple(
        OpenWork(
            delivery=str(still), state=DeliveryState.CHECKING, still_seconds=still, is_under_way=False, fault=fault
        )
        for still, fault in ((10.0, ""), (20.0, ""), (7200.0, ""), (5.0, "DamageFound"))
    )
    told = metrics(open_work=work)
    count = {labels: n for (_, labels), n in values(told["earkiv_open_deliveries"]).items()}
    oldest = {labels: n for (_, labels), n in values(told["earkiv_open_deliveries_oldest_seconds"]).items()}
    assert set(count) == set(oldest) == {standing.value for standing in Standing}
    assert (count["queued"], count["stuck"], count["parked"], count["held"]) == (2, 1, 1, 0)
    states = values(told["earkiv_open_deliveries_by_state"])
    assert states["earkiv_open_deliveries_by_state", "checking"] == 4
    assert states["earkiv_open_deliveries_by_state", "held"] == 0
    assert (oldest["queued"], oldest["stuck"], oldest["parked"], oldest["held"]) == (20.0, 7200.0, 5.0, 0.0)


def test_faults_and_ends_have_their_labels() -> None:
    told = metrics(
        Tally(counted=Counted.FAULT, label="store_aip StoreUnavailable", count=4),
        Tally(counted=Counted.ENDED, label="archived", count=5, amount=700),
        Tally(counted=Counted.ENDED, label="rejected", count=1),
    )
    assert values(told["earkiv_faults"]) == {("earkiv_faults_total", "store_aip", "StoreUnavailable"): 4}
    ended = values(told["earkiv_ended_deliveries"])
    assert ended == {
        ("earkiv_ended_deliveries_total", "archived"): 5,
        ("earkiv_ended_deliveries_total", "rejected"): 1,
    }
    assert values(told["earkiv_archived_bytes"]) == {("earkiv_archived_bytes_total",): 700}


def test_the_alert_rules_and_the_guide_name_metrics_that_there_are() -> None:
    families = (*metrics().values(), *Meters().registry.collect())
    known = {metric.name + ("_total" if metric.type == "counter" else "") for metric in families}
    for document in (RULES, GUIDE.split("## Watch over it")[1].split("\n## ")[0]):
        named = {name.rstrip("_") for name in re.findall(r"earkiv_[a-z_]+", document)}
        assert named
        assert named - known <= {"earkiv_http", "earkiv_catalogue_up"}  # a family, and what the collector tells itself
    standings = set(re.findall(r"standing=~?\"([a-z|-]+)\"", RULES))
    assert {one for some in standings for one in some.split("|")} <= {standing.value for standing in Standing}
    assert all(f"`{standing.value}`" in GUIDE for standing in Standing)


def test_webhooks_are_counted_by_status_those_that_are_none_too() -> None:
    told = values(metrics()["earkiv_webhooks"])
    assert told == {("earkiv_webhooks", "active"): 0, ("earkiv_webhooks", "failing"): 1}
