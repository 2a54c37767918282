"""Traces, where OpenTelemetry's own variables name an address; elsewhere nothing of it is loaded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ingest.errors import ConfigurationError
from ingest.pipeline.step import Ports

if TYPE_CHECKING:
    from ingest.adapters.tracing import OpenTelemetry

ADDRESSES: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


class Traces:
    """What stands around requests and steps; with nobody to tell, nothing does."""

    def __init__(self, told: "OpenTelemetry | None") -> None:
        self.told = told

    def fit(self, ports: Ports) -> Ports:
        """Let each step of a delivery be told."""
        return ports if self.told is None else replace(ports, around_step=self.told.step)


@contextmanager
def tracing(environment: Mapping[str, str]) -> Iterator[Traces]:
    """Tell of what is done within the `with` block, where it is said whom.

    Raises ConfigurationError where that needs the extra `earkiv[otel]`, which is not installed.
    """
    if not any(environment.get(name) for name in ADDRESSES):
        yield Traces(None)
        return
    if find_spec("opentelemetry.sdk") is None or find_spec("opentelemetry.exporter") is None:
        raise ConfigurationError(
            "OTEL_EXPORTER_OTLP_ENDPOINT är satt men OpenTelemetry är inte installerat; installera earkiv[otel].",
            "OTEL_EXPORTER_OTLP_ENDPOINT is set but OpenTelemetry is not installed; install earkiv[otel].",
        )
    from ingest.adapters.tracing import OpenTelemetry  # noqa: PLC0415 - an extra, and no cost where it is not used

    told = OpenTelemetry()
    try:
        yield Traces(told)
    finally:
        told.close()
