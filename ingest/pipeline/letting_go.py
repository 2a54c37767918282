"""Let go of what a delivery has in staging, by exact names, once nothing will read it again there."""

from ingest.domain.deliveries import Delivery
from ingest.domain.fixity import Fixity
from ingest.pipeline.step import Ports


def set_apart(ports: Ports, delivery: Delivery) -> None:
    """Carry the delivered bytes over to quarantine, and let go of all that lies in staging; may be repeated."""
    held = {o.key: Fixity(size=o.size, sha256=o.sha256) for o in ports.catalogue.staged(delivery.id)}
    source = delivery.source
    if source.key:
        held[source.key] = Fixity(size=source.size, sha256=source.sha256)
    for key, fixity in held.items():
        if ports.staging.stat(key) is not None:
            ports.quarantine.adopt(key, ports.staging, key, fixity)
    let_go(ports, delivery)


def let_go(ports: Ports, delivery: Delivery) -> None:
    """Delete all that lies in staging for the delivery, what an attempt that was cut off left included."""
    ports.staging.delete(tuple(ports.staging.keys(f"{delivery.id}/")))
