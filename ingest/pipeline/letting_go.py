"""Let go of what a delivery has in staging, by exact names, once nothing will read it again."""

from ingest.domain.deliveries import Delivery
from ingest.pipeline.step import Ports


def let_go(ports: Ports, delivery: Delivery) -> None:
    """Delete the delivery's container, objects and generated files from staging; what is gone already is no error."""
    keys = [o.key for o in ports.catalogue.staged(delivery.id)]
    keys += [g.key for g in ports.catalogue.generated(delivery.id)]
    keys += [delivery.source.key] if delivery.source.key else []
    ports.staging.delete(keys)
