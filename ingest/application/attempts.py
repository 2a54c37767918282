"""How often a delivery was attempted in vain, by the operations log, and how a person lets it be tried anew."""

from typing import Final

from ingest.domain.decisions import is_over
from ingest.domain.standing import OUTAGES
from ingest.errors import HandedBack
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue

ATTEMPT: Final = "Attempt"
"""What stands in the operations log when an attempt begins."""
RESUMED: Final = "Resumed"
"""What stands there when a person let a delivery be tried anew; the detail says how often it was in vain until then."""
NOT_IN_VAIN: Final = (*OUTAGES, HandedBack)
"""Ends of attempts that say nothing of the delivery."""


def attempts_begun(delivery_id: str, catalogue: Catalogue) -> int:
    """Count the attempts that were begun."""
    return len(catalogue.logged(delivery_id, ATTEMPT))


def attempts_in_vain(delivery_id: str, begun: int, catalogue: Catalogue) -> int:
    """Count the attempts in vain of those begun since a person let the delivery be tried anew, if anybody did."""
    if begun == 0:
        return 0
    resumed = catalogue.logged(delivery_id, RESUMED)
    return max(0, _ever_in_vain(delivery_id, begun, catalogue) - (int(resumed[-1]) if resumed else 0))


def _ever_in_vain(delivery_id: str, begun: int, catalogue: Catalogue) -> int:
    return begun - sum(len(catalogue.logged(delivery_id, fault.__name__)) for fault in NOT_IN_VAIN)


def resume(delivery_id: str, owner: str, ports: Ports) -> bool:
    """Let a delivery be tried as if for the first time; False when it is over, waits for a decision, or is under way.

    A worker that lets it rest does so for an hour at most. Raises UnknownSubject, CatalogueUnavailable.
    """
    catalogue = ports.catalogue
    delivery = catalogue.delivery(delivery_id)
    lease = None if is_over(delivery) else catalogue.acquire(delivery_id, owner)
    if lease is None:
        return False
    try:
        vain = _ever_in_vain(delivery_id, attempts_begun(delivery_id, catalogue), catalogue)
        catalogue.log_attempt(lease, delivery.step, RESUMED, str(max(0, vain)))
    finally:
        catalogue.release(lease)
    return True
