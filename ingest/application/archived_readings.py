"""What an archived package says of itself, read from where it lies."""

from ingest.application.holdings import Holding
from ingest.domain.deliveries import Delivery
from ingest.domain.packages import place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading, Submission
from ingest.pipeline.archived import Generation, archived_reading
from ingest.pipeline.step import Ports


def submission_of(holding: Holding, ports: Ports) -> Submission:
    """Read what a package says of itself, with all corrections since. Raises DamageFound."""
    return reading_of(holding, ports).submission


def reading_of(holding: Holding, ports: Ports) -> Reading:
    """Read a package back as its producer and all corrections describe it. Raises DamageFound."""
    return archived_reading(generation_of(holding, ports))


def generation_of(holding: Holding, ports: Ports) -> Generation:
    """Give a package's newest generation with what was delivered for it."""
    delivery = ports.catalogue.delivery(holding.package.delivery_id)
    return Generation(
        store=holding.store,
        inventory=holding.inventory,
        delivered=ports.catalogue.staged(delivery.id),
        side_car=PackagePath(delivery.source.side_car),
    )


def places_of(delivery: Delivery, reading: Reading, ports: Ports) -> dict[PackagePath, str]:
    """Say where in the package each delivered file lies."""
    descriptors = frozenset(reading.descriptors) | {PackagePath(delivery.source.side_car)}
    staged = ports.catalogue.staged(delivery.id)
    return {one.path: place(reading.submission.dialect, one.path, descriptors).aip_path for one in staged}
