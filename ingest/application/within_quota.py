"""What a producer is told whose quota is full."""

from typing import assert_never

from ingest.domain.quotas import Fit
from ingest.errors import QuotaReached, QuotaTooSmall


def require_fit(fit: Fit) -> None:
    """Raise QuotaReached for what must wait, QuotaTooSmall for what never fits."""
    match fit:
        case Fit.NOW:
            return
        case Fit.LATER:
            raise QuotaReached(
                "Producenten har så mycket på väg in som kvoten tillåter.",
                "The producer has as much under way as its quota allows.",
            )
        case Fit.NEVER:
            raise QuotaTooSmall(
                "Det som skickas är större än hela producentens kvot.",
                "What is sent is larger than the producer's whole quota.",
            )
        case _:
            assert_never(fit)
