"""Whole classes that two people have approved beforehand, so that nobody need decide on each unit (DESIGN §8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ingest.domain.access.proposals import Proposal
from ingest.domain.access.units import UnitKey, above, units_of
from ingest.domain.people import Deed, PersonRole, acts_as
from ingest.domain.submissions import Submission

_Named = set[tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's word: who (`subject` tells them from namesakes), in what role, when and why."""

    by: str
    subject: str
    role: PersonRole
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentClass:
    """A class of content under one version of an agreement; `scheme` and `code` as units name them."""

    agreement: str
    agreement_version: int
    scheme: str | None
    code: str


class Stage(StrEnum):
    """How far a pre-approval has come, always onwards in this order; only one that is confirmed opens anything."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class ApprovalLack(StrEnum):
    """What a pre-approval lacks to be proposed."""

    CODE = "code"
    REASON = "reason"
    GROUND = "ground"
    PERSONAL_DATA = "personal data"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreApproval:
    """That unmarked units of one class may be public: by two different people, until any one withdraws it.

    `ground` and `personal_data` state what any decision to make public states. `begins` and `ends` are the first and
    the last day (YYYY-MM-DD, UTC) on which anything is opened by it; what was opened before the end stays as it is.
    """

    id: str
    of_class: ContentClass
    ground: str
    personal_data: str
    begins: str
    ends: str
    approvals: tuple[Approval, ...]
    withdrawn: Approval | None = None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.withdrawn is not None:
            return Stage.WITHDRAWN
        return Stage.CONFIRMED if self._is_approved_by_two else Stage.PROPOSED

    @property
    def _is_approved_by_two(self) -> bool:
        """Whether two who may open have, neither of whom could be taken for the other: by name, or by who signed in."""
        able = [one for one in self.approvals if Deed.LOWER_ACCESS in acts_as(one.role) and one.reason.strip()]
        return any(are_different(one, other) for one in able for other in able)

    def lacks(self) -> Iterator[ApprovalLack]:
        """Name what must be stated, and is not."""
        said = {
            ApprovalLack.CODE: self.of_class.code,
            ApprovalLack.GROUND: self.ground,
            ApprovalLack.PERSONAL_DATA: self.personal_data,
            ApprovalLack.REASON: self.approvals[0].reason if self.approvals else "",
        }
        yield from (lack for lack, text in said.items() if not text.strip())
        if not (_is_day(self.begins) and _is_day(self.ends) and self.begins <= self.ends):
            yield ApprovalLack.DAYS

    def opens_at(self, at: datetime) -> bool:
        """Whether anything may be opened by it at that time."""
        return (
            self.stage is Stage.CONFIRMED
            and not any(self.lacks())
            and self.begins <= f"{at:%Y-%m-%d}" <= self.ends
            and all(one.at <= at for one in self.approvals)
        )

    def covers(self, of_class: ContentClass | None, proposal: Proposal) -> bool:
        """Whether a unit is of that class, and nothing at all speaks against opening it."""
        return proposal.is_unmarked and of_class == self.of_class


def are_different(one: Approval, other: Approval) -> bool:
    """Whether nobody could take the two for the same person."""
    return one.by != other.by and one.subject != other.subject


def classes_in(submission: Submission, agreement: str, version: int) -> Mapping[UnitKey, ContentClass | None]:
    """Give the class of each unit: its own, or that of the nearest that it is in and that has any.

    None where none has, or where it is in several.
    """
    own: dict[UnitKey, _Named] = {}
    for unit in units_of(submission):
        named = {(one.scheme, one.code) for one in unit.described.classifications}
        own[unit.key] = own.get(unit.key, set()) | named
    nearest = {key: next((own[one] for one in (key, *above(key)) if own[one]), _Named()) for key in own}
    return {key: _single(found, agreement, version) for key, found in nearest.items()}


def _single(found: _Named, agreement: str, version: int) -> ContentClass | None:
    if len(found) != 1:
        return None
    ((scheme, code),) = found
    if code is None:
        return None
    return ContentClass(agreement=agreement, agreement_version=version, scheme=scheme, code=code)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
