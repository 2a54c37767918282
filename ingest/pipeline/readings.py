"""What the readers make of a staged delivery, read once per run: staging is write-once, so the answer cannot change."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ingest.domain.deliveries import Delivery
from ingest.domain.findings import Violation
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.views import PackageView
from ingest.ports import ObjectStore
from ingest.rules.examination import examine


class StagedView:
    """A delivered package in staging, seen by the names it was delivered under."""

    def __init__(self, objects: tuple[StagedObject, ...], staging: ObjectStore) -> None:
        """View these objects of that store."""
        self._keys = {o.path: o.key for o in objects}
        self._entries = {o.path: o.size for o in sorted(objects, key=lambda o: o.path)}
        self._staging = staging

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every file by its path as delivered, with its size in bytes, sorted."""
        return self._entries

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Lend a local path to one file; KeyError when there is no such file."""
        return self._staging.local(self._keys[path])

    def open(self, path: PackagePath) -> BinaryIO:
        """Read one file from its start; KeyError when there is no such file."""
        return self._staging.open(self._keys[path])


class Readings:
    """Remembers the last delivery read: steps of one delivery follow each other, so one is enough."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._last: tuple[str, Reading | Unreadable] | None = None

    def of(self, delivery: Delivery, objects: tuple[StagedObject, ...], staging: ObjectStore) -> Reading | Unreadable:
        """Read a staged delivery, or give what was made of it a moment ago."""
        last = self._last  # Threads share this: another one may remember another delivery meanwhile.
        if last is None or last[0] != delivery.id:
            last = self._last = (delivery.id, _read(delivery, objects, staging))
        return last[1]

    def remember(self, delivery: Delivery, reading: Reading) -> None:
        """Remember what was made of a delivery before its files were staged."""
        self._last = (delivery.id, reading)

    def readable(self, delivery: Delivery, objects: tuple[StagedObject, ...], staging: ObjectStore) -> Reading:
        """Read a delivery that was readable when it was received: staging cannot have changed since."""
        match self.of(delivery, objects, staging):
            case Reading() as reading:
                return reading
            case Unreadable():
                message = f"delivery {delivery.id} was readable when it was received and is not now"
                raise AssertionError(message)


def _read(delivery: Delivery, objects: tuple[StagedObject, ...], staging: ObjectStore) -> Reading | Unreadable:
    inside = tuple(o for o in objects if o.path != delivery.source.side_car)
    return read_package(delivery, StagedView(inside, staging), objects, staging)


def read_package(
    delivery: Delivery, view: PackageView, objects: tuple[StagedObject, ...], staging: ObjectStore
) -> Reading | Unreadable:
    """Read a delivered package through a view of it; the note beside it is among the staged objects, if there is one.

    Raises what the view raises, and StoreUnavailable.
    """
    beside = next((o for o in objects if o.path == delivery.source.side_car), None)
    with ExitStack() as lent:
        side_car = lent.enter_context(staging.local(beside.key)) if beside else None
        container = lent.enter_context(staging.local(delivery.source.key)) if delivery.source.key else None
        found = examine(view, side_car=side_car, container=container, today=delivery.received_at.date())
    if side_car is None:
        return found
    return replace(
        found, violations=tuple(_named(v, side_car.name, delivery.source.side_car) for v in found.violations)
    )


def _named(violation: Violation, staged_name: str, delivered_name: str) -> Violation:
    """Name a delivery note as the producer did, not by its place in staging."""
    if violation.location.file != staged_name:
        return violation
    return replace(violation, location=replace(violation.location, file=delivered_name))
