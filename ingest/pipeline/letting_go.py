"""Let go of what a delivery has in staging, by exact names, once nothing will read it again."""

from ingest.domain.deliveries import Delivery
from ingest.pipeline.step import Ports


def let_go(ports: Ports, delivery: Delivery) -> None:
    """Delete all that lies in staging for the delivery, what an attempt that was cut off left included."""
    ports.staging.delete(tuple(ports.staging.keys(f"{delivery.id}/")))
