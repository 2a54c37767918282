"""What the archivist's desk asks of the catalogue; a part of `ingest.ports`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from ingest.domain.access.ended import EndedRestriction
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.lookups import DayCount, DeliveryWish, ListedDelivery, PackageWish, Refusal, WordKind


class DeskLedger(Protocol):
    """Lists that a person leafs through, newest first, and figures over time; each answer is bounded."""

    def deliveries_wished(self, wish: DeliveryWish, limit: int) -> tuple[ListedDelivery, ...]:
        """List deliveries, the last received first, at most `limit`."""

    def packages_wished(self, wish: PackageWish, limit: int) -> tuple[ArchivedPackage, ...]:
        """List archived packages' current generations, the last stored first, at most `limit`."""

    def days(self, since: datetime) -> tuple[DayCount, ...]:
        """Count deliveries by day: those received, and those that came to a final state; tests are left out."""

    def lead_times(self, limit: int) -> tuple[float, ...]:
        """Give how many seconds the last archived deliveries took from received to archived, the last first."""

    def step_seconds(self, delivery_id: str) -> Mapping[str, float]:
        """Give how many seconds of work each step took, by the id of its first event; what is not known is left out."""

    def refusals(self, since: datetime, limit: int) -> tuple[Refusal, ...]:
        """List deliveries refused since then, the last first, at most `limit`; tests are left out."""

    def unindexed_packages(self, limit: int) -> tuple[ArchivedPackage, ...]:
        """List packages whose current generation is found by no words yet, oldest first, at most `limit`."""

    def index_package(
        self,
        package: str,
        generation: int,
        words: Iterable[tuple[WordKind, str]],
        ends: Iterable[EndedRestriction] = (),
    ) -> None:
        """Let a package be found by these words, its units by when their restrictions end; in place of those before.

        The same again is no error.
        """

    def ended_restrictions(
        self, today: str, after: EndedRestriction | None, limit: int
    ) -> tuple[EndedRestriction, ...]:
        """List units whose restrictions ended before `today`, by day, package and unit; at most `limit`.

        The list goes on behind `after`, None = it begins.
        """
