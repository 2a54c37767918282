"""What decisions on access ask of the outside world: where they are kept, and who finds personal numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.personal_numbers.found import UnitHits


@dataclass(frozen=True, slots=True, kw_only=True)
class Journalled:
    """A decision that is durable in its package's chain of the journal, and its place there."""

    sequence: int
    decision: AccessDecision


class AccessLedger(Protocol):
    """Decisions on access: those of which the journal has an entry, and those that wait for one."""

    def announce_access(self, decision: AccessDecision) -> None:
        """Record a decision that the journal does not hold yet, so that it closes at once; the same again is no error.

        One that is journalled already stays so.
        """

    def settle_access(self, decision: AccessDecision, sequence: int) -> None:
        """Record that a decision is durable in its package's chain at that place; the same again is no error."""

    def access_decisions(self, package: str) -> tuple[Journalled, ...]:
        """List the decisions on a package that are in the journal, by their places there."""

    def decided_packages(self) -> tuple[str, ...]:
        """List the packages of which any decision is known, in the journal or waiting for it."""

    def announced_access(self) -> tuple[AccessDecision, ...]:
        """List all decisions that wait for their entry, in the order in which they were announced."""

    def record_pre_approval(self, approval: PreApproval) -> None:
        """Record how far a pre-approval has come: it never goes back to an earlier stage, nor is another of its id."""

    def pre_approvals(self) -> tuple[PreApproval, ...]:
        """List all pre-approvals, withdrawn ones too, the last recorded first."""

    def pre_approval(self, approval_id: str) -> PreApproval | None:
        """Give a pre-approval, None where there is none of that id."""


class HitFinder(Protocol):
    """Finds personal numbers in what units say and hold."""

    def hits_in(self, package: ArchivedPackage) -> Mapping[UnitKey, UnitHits]:
        """Give what was found in each unit of that generation, in itself and its documents, and what was not searched.

        Whoever finds otherwise than before voids what was opened with that in view. Raises DamageFound, ObjectMissing,
        ToolFailed.
        """
