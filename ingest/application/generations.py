"""A generation and those that it corrects: their content is the same, and so is what happened to it."""

from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.pipeline.step import Ports


def line_of(delivery: Delivery, ports: Ports) -> tuple[Delivery, ...]:
    """Give the delivery that brought a generation's content, the corrections since, and this one, oldest first."""
    if delivery.corrects is None or delivery.identity is None:
        return (delivery,)
    attempts = ports.catalogue.attempts(delivery.identity.producer, delivery.identity.delivery)
    first = ports.catalogue.delivery(delivery.corrects)
    between = (
        one
        for one in attempts
        if one.corrects == first.id
        and one.state is DeliveryState.ARCHIVED
        and first.generation < one.generation < delivery.generation
    )
    return (first, *between, delivery)
