"""Whole classes that two people have approved beforehand, so that nobody need decide on each unit (DESIGN §8)."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.access.proposals import Proposal
from ingest.domain.cases import Case, Record
from ingest.domain.people import Deed, PersonRole, acts_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's word for it: who, in what role, when."""

    by: str
    role: PersonRole
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PreApproval:
    """That unmarked units of one class may be public: for one version of an agreement, by two different people.

    `scheme` and `code` name the class as units name it. `ground` and `personal_data` state what any decision to make
    public states.
    """

    agreement: str
    agreement_version: int
    scheme: str | None
    code: str
    ground: str
    personal_data: str
    approvals: tuple[Approval, ...]

    @property
    def is_valid(self) -> bool:
        """Whether at least two different people who may open have approved it, and ground and assessment are stated."""
        people = {one.by for one in self.approvals if Deed.LOWER_ACCESS in acts_as(one.role)}
        return len(people) > 1 and all(said.strip() for said in (self.ground, self.personal_data))

    def covers(self, described: Case | Record, proposal: Proposal) -> bool:
        """Whether a unit is of that class, and nothing at all speaks against opening it."""
        classes = {(one.scheme, one.code) for one in described.classifications}
        return proposal.is_unmarked and classes == {(self.scheme, self.code)}
