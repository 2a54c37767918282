"""What the catalogue is asked of test deliveries, which have an identity of their own; a part of `ingest.ports`."""

from datetime import datetime
from typing import Protocol

from ingest.domain.deliveries import Delivery


class TrialLedger(Protocol):
    """Test deliveries, until their time is up (DESIGN §4)."""

    def trials(self, producer: str, delivery: str) -> tuple[Delivery, ...]:
        """List every test delivery of that identity, oldest first, repeats left out."""

    def trials_received(self, before: datetime) -> tuple[Delivery, ...]:
        """List every test delivery received before then that is final, oldest first, repeats left out."""

    def forget_trial(self, delivery_id: str) -> None:
        """Forget a test delivery that is final, its repeats and all that belongs to them; any other is left alone."""
