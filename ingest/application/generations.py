"""A generation and those that it corrects: their content is the same, and so is what happened to it."""

from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.pipeline.step import Ports


def line_of(delivery: Delivery, ports: Ports) -> tuple[Delivery, ...]:
    """Give the delivery that brought a generation's content, the corrections since, and this one, oldest first.

    Those that a rebuild could not put back, since their receipts are damaged, are left out.
    """
    if delivery.corrects is None or delivery.identity is None:
        return (delivery,)
    before = (
        one
        for one in ports.catalogue.attempts(delivery.identity.producer, delivery.identity.delivery)
        if delivery.corrects in {one.id, one.corrects}
        and one.state is DeliveryState.ARCHIVED
        and one.generation < delivery.generation
    )
    return (*before, delivery)
