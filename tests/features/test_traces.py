"""Traces, where they are configured: each request and each step is told to a collector, with ids and nothing else."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from ingest.bootstrap.traces import ADDRESSES, tracing
from ingest.errors import ConfigurationError, StoreUnavailable
from ingest.pipeline.plan import PLAN
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.architecture.source_tree import REPOSITORY
from tests.features.api_client import case_push, document, served

PERSON = "Öhmansson"


@dataclass
class Collector:
    """A receiver of spans on this machine."""

    address: str = ""
    received: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Span]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.received]
        return [
            s for r in requests for resource in r.resource_spans for scope in resource.scope_spans for s in scope.spans
        ]


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    collected = Collector()

    class Receiving(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collected.received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiving) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        collected.address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collected.address)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        yield collected
        server.shutdown()
        thread.join()


def attributes(span: Span) -> dict[str, object]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


class Broken:
    """A store that fails once, quoting what it was to keep."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._fails = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, key: str, chunks: Any) -> Any:
        if self._fails and key.endswith("=ocfl_object_1.1"):
            self._fails = False
            raise StoreUnavailable(PERSON, PERSON)
        return self._store.put(key, chunks)


def test_each_request_and_each_step_is_told_with_its_ids_and_no_words_of_the_delivery(
    tmp_path: Path, collector: Collector
) -> None:
    with tracing({"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address}) as traces:

        def fit(ports: Ports) -> Ports:
            (replica,) = ports.replicas
            return replace(traces.fit(ports), replicas=(Broken(replica),))

        with served(tmp_path / "home", fit=fit, traces=traces) as client:
            answer = client.post(json=case_push(PERSON, document(b"Hej!", f"{PERSON}.txt")))
            location = answer.headers["location"]
            assert client.receipt(location)["outcome"] == "accepted"
            client.http.get(f"/v1/deliveries/{PERSON}")
    spans = collector.spans()
    steps = [span for span in spans if span.kind == Span.SpanKind.SPAN_KIND_CONSUMER]
    assert {span.name for span in steps} == {step.name for step in PLAN[1:]}
    assert {location.endswith(str(attributes(span)["earkiv.delivery"])) for span in steps} == {True}
    (failed,) = (span for span in steps if "error.type" in attributes(span))
    assert (failed.name, attributes(failed)["error.type"]) == ("store_aip", "StoreUnavailable")
    requests = {(s.name, attributes(s)["http.response.status_code"]) for s in spans if s not in steps}
    assert {("POST /v1/deliveries", 202), ("GET /v1/deliveries/{delivery_id}", 404)} <= requests
    assert collector.received
    assert not [body for body in collector.received if PERSON.encode() in body]


def test_where_nothing_is_configured_nothing_is_loaded() -> None:
    program = (
        "import os, sys; from ingest.bootstrap.traces import tracing; from ingest.api.app import create_app;"
        "traces = tracing({}).__enter__(); assert traces.told is None;"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry.sdk')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=REPOSITORY)


@pytest.mark.parametrize("name", ADDRESSES)
def test_where_the_extra_is_not_installed_that_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.bootstrap.traces.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match="install earkiv\\[otel\\]"), tracing({name: "http://127.0.0.1:9"}):
        pass
