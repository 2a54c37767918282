"""Take in a pushed case: what shows at once is answered at once (DESIGN §4), the rest becomes a delivery."""

from collections.abc import Sequence
from typing import Final

from ingest.application.arrivals import Answer, Refused, settle
from ingest.application.land_push import Landing
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import SourceContainer
from ingest.domain.packages import StagedObject

SOURCE: Final = SourceContainer(name="case.json", kind="push")


def deliver_push(landed: Sequence[StagedObject] | Refused, landing: Landing, agreement: SubmissionAgreement) -> Answer:
    """Let a case all of which has landed become a delivery, or say why it does not. Raises EarkivError."""
    if isinstance(landed, Refused):
        return landed
    landing.ports.catalogue.add_staged(landing.arrival.upload.id, landed)
    return settle(landing.arrival, SOURCE, agreement, landing.ports)
