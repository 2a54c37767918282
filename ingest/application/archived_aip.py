"""An archived package read back as the value it was written from: by its receipt, and by the delivered descriptors."""

from collections.abc import Mapping
from typing import Any

from ingest.application.consult_archive import receipt_of
from ingest.application.generations import line_of
from ingest.application.holdings import Holding
from ingest.domain.aips import Aip
from ingest.domain.packages import DigitalObject, FormatDesignation, NotScanned, place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading
from ingest.formats.wire import from_json
from ingest.pipeline.archived import Generation, archived_reading
from ingest.pipeline.observed import preservation_copies
from ingest.pipeline.step import Ports


def archived_aip(holding: Holding, ports: Ports) -> Aip:
    """Read an archived package back. Raises DamageFound when its descriptors can no longer be read."""
    delivery = ports.catalogue.delivery(holding.package.delivery_id)
    receipt = receipt_of(delivery.id, ports)
    staged = ports.catalogue.staged(delivery.id)
    files = {PackagePath(entry["path"]): entry for entry in receipt["files"]}
    side_car = PackagePath(delivery.source.side_car)
    generation = Generation(store=holding.store, inventory=holding.inventory, delivered=staged, side_car=side_car)
    reading = archived_reading(generation)
    descriptors = frozenset(reading.descriptors) | {side_car}
    return Aip(
        id=holding.package.package,
        generation=holding.package.generation,
        delivery=delivery.corrects or delivery.id,
        created=holding.package.stored_at,
        agreement=delivery.agreement,
        agreement_version=delivery.agreement_version,
        submission=reading.submission,
        objects=tuple(
            _object(number, path, entry, reading, descriptors) for number, (path, entry) in enumerate(files.items())
        ),
        events=tuple(event for one in line_of(delivery, ports) for event in ports.catalogue.events(one.id)),
        archive=ports.archive,
        software=ports.software,
        derived=preservation_copies(delivery.corrects or delivery.id, staged, ports.catalogue.conversions(delivery.id)),
    )


def formats_of(delivery_id: str, ports: Ports) -> dict[PackagePath, FormatDesignation]:
    """Give the format of every delivered file, as its receipt has it. Raises UnknownSubject, DamageFound."""
    files = receipt_of(delivery_id, ports)["files"]
    return {PackagePath(entry["path"]): from_json(entry["format"], FormatDesignation) for entry in files}


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
