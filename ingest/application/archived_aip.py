"""An archived package read back as the value it was written from: by its receipt, and by the delivered descriptors."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from ingest.application.consult_archive import receipt_of
from ingest.application.holdings import Holding
from ingest.domain.aips import Aip
from ingest.domain.packages import DigitalObject, FormatDesignation, NotScanned, place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Unreadable
from ingest.errors import DamageFound
from ingest.formats.readers import read
from ingest.formats.wire import from_json
from ingest.pipeline.observed import preservation_copies
from ingest.pipeline.step import Ports


class DeliveredView:
    """The package as it was delivered, its bytes read from the archive."""

    def __init__(self, holding: Holding, files: Mapping[PackagePath, Mapping[str, Any]]) -> None:
        """View these receipt entries in that holding."""
        self._holding = holding
        self._files = files
        self._paths = {digest: path for path, digest in holding.inventory.files.items()}

    @property
    def entries(self) -> Mapping[PackagePath, int]:
        """Every delivered file with its size in bytes."""
        return {path: entry["size"] for path, entry in self._files.items()}

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        """Lend a local path to one file."""
        return self._holding.store.local(self._key(path))

    def open(self, path: PackagePath) -> BinaryIO:
        """Read one file from its start."""
        return self._holding.store.open(self._key(path))

    def _key(self, path: PackagePath) -> str:
        return self._holding.key_of(self._paths[self._files[path]["sha256"]])


def archived_aip(holding: Holding, ports: Ports) -> Aip:
    """Read an archived package back. Raises DamageFound when its descriptors can no longer be read."""
    delivery = ports.catalogue.delivery(holding.package.delivery_id)
    receipt = receipt_of(delivery.id, ports)
    staged = ports.catalogue.staged(delivery.id)
    files = {PackagePath(entry["path"]): entry for entry in receipt["files"]}
    side_car = PackagePath(delivery.source.side_car)
    reading = _reading(DeliveredView(holding, files), side_car, holding)
    descriptors = frozenset(reading.descriptors) | {side_car}
    return Aip(
        id=holding.package.package,
        generation=holding.package.generation,
        delivery=delivery.id,
        created=holding.package.stored_at,
        agreement=delivery.agreement,
        agreement_version=delivery.agreement_version,
        submission=reading.submission,
        objects=tuple(
            _object(number, path, entry, reading, descriptors) for number, (path, entry) in enumerate(files.items())
        ),
        events=ports.catalogue.events(delivery.id),
        archive=ports.archive,
        software=ports.software,
        derived=preservation_copies(delivery.id, staged, ports.catalogue.conversions(delivery.id)),
    )


def _reading(view: DeliveredView, side_car: PackagePath, holding: Holding) -> Reading:
    inside = _Inside(view, side_car)
    with ExitStack() as lent:
        note = lent.enter_context(view.local(side_car)) if side_car else None
        match read(inside, side_car=note, container=None):
            case Reading() as reading:
                return reading
            case Unreadable():
                raise DamageFound(
                    f"Paketet {holding.package.package} kan inte längre läsas.",
                    f"Package {holding.package.package} can no longer be read.",
                )


class _Inside:
    """A delivered package without the note that lay beside it."""

    def __init__(self, view: DeliveredView, side_car: PackagePath) -> None:
        self._view = view
        self.entries = {path: size for path, size in view.entries.items() if path != side_car}

    def local(self, path: PackagePath) -> AbstractContextManager[Path]:
        return self._view.local(path)

    def open(self, path: PackagePath) -> BinaryIO:
        return self._view.open(path)


def _object(
    ordinal: int,
    path: PackagePath,
    entry: Mapping[str, Any],
    reading: Reading,
    descriptors: frozenset[PackagePath],
) -> DigitalObject:
    return DigitalObject(
        ordinal=ordinal,
        path=path,
        size=entry["size"],
        sha256=entry["sha256"],
        key="",
        format=from_json(entry["format"], FormatDesignation),
        scan=NotScanned(reason="read back from the archive"),
        place=place(reading.submission.dialect, path, descriptors),
    )
