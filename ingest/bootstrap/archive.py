"""An open archive, as every way of opening one gives it."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.pipeline.step import Ports

Fitting = Callable[[Ports], Ports]
"""Puts something between the core and its ports: tests count and break calls with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: its ports, and the name under which this process takes leases ("" when only reading)."""

    ports: Ports
    owner: str


def as_is(ports: Ports) -> Ports:
    """Fit nothing."""
    return ports
