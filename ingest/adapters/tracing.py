"""Spans after OpenTelemetry: a request, a step of a delivery; ids and names of our own, and no text of any exception.

Loaded only where traces are configured: it takes the extra `earkiv[otel]`.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from ingest.pipeline.step import Work

_NAME: Final = "earkiv"


class OpenTelemetry:
    """Sends spans to the address that OpenTelemetry's own variables name."""

    def __init__(self) -> None:
        """Begin; nothing is sent before there is a span."""
        told = {SERVICE_VERSION: version("earkiv")}
        if not os.environ.get("OTEL_SERVICE_NAME"):
            told[SERVICE_NAME] = _NAME
        self._provider = TracerProvider(resource=Resource.create(told))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer(_NAME)

    @contextmanager
    def step(self, work: Work) -> Iterator[None]:
        """Stand around a step of a delivery."""
        told = {
            "earkiv.delivery": work.delivery.id,
            "earkiv.step": work.delivery.step,
            "earkiv.owner": work.lease.owner,
            "earkiv.package": work.delivery.package or "",
        }
        with self._span(work.delivery.step, SpanKind.CONSUMER, told):
            yield

    @contextmanager
    def request(self, method: str) -> Iterator[Span]:
        """Stand around a request; its route and status are told when they are known."""
        with self._span(method, SpanKind.SERVER, {"http.request.method": method}) as span:
            yield span

    @contextmanager
    def _span(self, name: str, kind: SpanKind, told: Mapping[str, str]) -> Iterator[Span]:
        # OpenTelemetry's own records of exceptions would quote them.
        with self._tracer.start_as_current_span(
            name, kind=kind, attributes=told, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as fault:
                span.set_attribute("error.type", type(fault).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise

    def close(self) -> None:
        """Send what is not sent yet."""
        self._provider.shutdown()
