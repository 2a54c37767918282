"""`/metrics`: what happened is counted, whoever did it; who may read it; and that it stays readable in an outage."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from ingest.adapters.secrets import Secret
from ingest.domain.tallies import Tally
from ingest.errors import CatalogueUnavailable
from ingest.pipeline.plan import PLAN
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue
from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import Door

METRICS_KEY = "en-nyckel-for-den-som-vakar"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(client: Client) -> Samples:
    answer = client.http.get("/metrics", headers={"Authorization": f"Bearer {METRICS_KEY}"})
    assert answer.status_code == httpx.codes.OK
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[f"earkiv_{name}", frozenset(labels.items())]


def no_package() -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("brev.txt", "Hej!")
    return written.getvalue()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path / "home", metrics_key=Secret(METRICS_KEY)) as client:
        yield client


def test_what_was_archived_and_refused_is_counted(client: Client) -> None:
    content = b"hej " * 1000
    taken = client.post(json=case_push("1", document(content)))
    assert client.receipt(taken.headers["location"])["outcome"] == "accepted"
    refused = client.post(content=no_package(), headers={"Content-Type": "application/zip"})
    receipt = client.receipt(refused.headers["location"])
    assert receipt["outcome"] == "rejected"
    samples = scraped(client)
    assert value(samples, "catalogue_up") == 1
    assert value(samples, "ended_deliveries_total", state="archived") == 1
    assert value(samples, "archived_bytes_total") >= len(content)
    assert value(samples, "received_deliveries_total") >= 1
    assert value(samples, "ended_deliveries_total", state="rejected") == 1
    for finding in receipt["findings"]:
        assert value(samples, "findings_total", rule=finding["rule"]) >= 1
        assert value(samples, "breaches_total", rule=finding["rule"]) >= finding["count"]
    for step in PLAN[1:]:  # the first is done by the API, before it answers
        assert value(samples, "step_seconds_count", step=step.name) >= 1
        assert value(samples, "step_seconds_bucket", step=step.name, le="+Inf") >= 1
    assert value(samples, "open_deliveries", standing="queued") == 0
    assert value(samples, "outbox_messages") == 0
    assert value(samples, "workers") == 1
    assert value(samples, "store_room_bytes", store="staging") > 0
    assert value(samples, "webhooks", status="failing") == 0


def test_requests_are_counted_by_the_template_of_their_route(client: Client) -> None:
    person = "Åsa-Öhman-19121212-1212"
    client.http.get(f"/v1/deliveries/{person}")
    client.http.get(f"/{person}?q={person}")
    client.http.request("BREW", "/health/live")
    samples = scraped(client)
    template = "/v1/deliveries/{delivery_id}"
    assert value(samples, "http_requests_total", method="GET", route=template, status="404") == 1
    assert value(samples, "http_request_seconds_count", method="GET", route=template) == 1
    assert value(samples, "http_requests_total", method="GET", route="other", status="404") == 1
    assert value(samples, "http_requests_in_flight") == 1
    labels = {value for _, labels in samples for _, value in labels}
    assert "BREW" not in labels
    assert not [label for label in labels if "hman" in label]


def test_bodies_that_were_read_are_counted(client: Client) -> None:
    before = value(scraped(client), "http_received_bytes_total")
    client.post(content=b"x" * 70_000, headers={"Content-Type": "application/zip"})
    assert value(scraped(client), "http_received_bytes_total") - before >= 70_000


def test_only_an_operator_may_read_it(client: Client, tmp_path: Path) -> None:
    assert httpx.get(f"{client.http.base_url}/metrics").status_code == httpx.codes.UNAUTHORIZED
    assert client.http.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == httpx.codes.UNAUTHORIZED
    assert client.http.get("/metrics").status_code == httpx.codes.OK, "the embedded archive's own key opens it too"
    made = Door(home=tmp_path / "home").run(
        "keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json"
    )
    producers = {"Authorization": f"Bearer {made.document['key']}"}
    assert client.http.get("/metrics", headers=producers).status_code == httpx.codes.FORBIDDEN
    watching = {"Authorization": f"Bearer {METRICS_KEY}"}
    assert client.http.get("/v1/deliveries/x", headers=watching).status_code == httpx.codes.UNAUTHORIZED


class Silent:
    """A catalogue that does not answer what operators ask."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def tallies(self) -> tuple[Tally, ...]:
        raise CatalogueUnavailable("Borta.", "Gone.")


def test_a_catalogue_that_does_not_answer_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    def fit(ports: Ports) -> Ports:
        return replace(ports, catalogue=Silent(ports.catalogue))

    with served(tmp_path / "home", fit=fit, working=False, metrics_key=Secret(METRICS_KEY)) as client:
        samples = scraped(client)
        assert value(samples, "catalogue_up") == 0
        assert value(samples, "http_requests_in_flight") == 1
        assert not [name for name, _ in samples if name.startswith("earkiv_open_deliveries")]
