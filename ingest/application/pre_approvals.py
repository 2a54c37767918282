"""Approve a class of content beforehand: one releaser proposes, another confirms, anybody at the desk withdraws."""

from dataclasses import dataclass, replace
from datetime import datetime

from ingest.application.pre_approval_chains import approval_chain, chains_of_approval, known_approval
from ingest.domain.access.preapprovals import (
    Approval,
    ApprovalLack,
    ContentClass,
    PreApproval,
    Stage,
    are_different,
)
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.journal import EntryType, Subject
from ingest.domain.people import Deed, Person
from ingest.domain.publication import public_ids
from ingest.errors import ObjectExists, UnknownSubject
from ingest.formats.wire import to_json
from ingest.pipeline.evidence import append, append_next, catch_up, next_slot
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedApproval:
    """A pre-approval that is asked for; see `PreApproval`."""

    of_class: ContentClass
    ground: str
    personal_data: str
    reason: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """It is in the journal, and has come as far as it says."""

    approval: PreApproval


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Something was not stated; nothing was done."""

    lacks: tuple[ApprovalLack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson:
    """Whoever proposed it cannot confirm it, nor can a namesake; nothing was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeElsewhere:
    """It is at another stage than that takes, or its last day is over; nothing was done."""

    approval: PreApproval


ApprovalAnswer = Noted | Lacking | SamePerson | ComeElsewhere


def propose_approval(wanted: WantedApproval, person: Person, ports: Ports) -> ApprovalAnswer:
    """Propose; nothing is opened yet. Raises NotPermitted, UnknownSubject where there is no such version."""
    person.require(Deed.LOWER_ACCESS)
    ports.catalogue.agreement_version(wanted.of_class.agreement, wanted.of_class.agreement_version)
    now = ports.clock.now()
    approval = PreApproval(
        id=ports.ids.new(),
        of_class=wanted.of_class,
        ground=wanted.ground,
        personal_data=wanted.personal_data,
        begins=wanted.begins,
        ends=wanted.ends,
        approvals=(_word(person, Deed.LOWER_ACCESS, wanted.reason, now),),
    )
    lacks = tuple(approval.lacks()) or (() if _is_coming(approval, now) else (ApprovalLack.DAYS,))
    if lacks:
        return Lacking(lacks=lacks)
    _journal(approval, approval_chain(approval.id), EntryType.PRE_APPROVAL_PROPOSED, now, ports)
    ports.catalogue.record_pre_approval(approval)
    return Noted(approval=approval)


def confirm_approval(approval_id: str, reason: str, person: Person, ports: Ports) -> ApprovalAnswer:
    """Confirm what another has proposed: from then on it is in force. Raises NotPermitted, UnknownSubject."""
    person.require(Deed.LOWER_ACCESS)
    approval, now = _known(approval_id, ports), ports.clock.now()
    word = _word(person, Deed.LOWER_ACCESS, reason, now)
    if approval.stage is not Stage.PROPOSED or not _is_coming(approval, now):
        return ComeElsewhere(approval=approval)
    if not all(are_different(word, one) for one in approval.approvals):
        return SamePerson()
    if not reason.strip():
        return Lacking(lacks=(ApprovalLack.REASON,))
    confirmed = replace(approval, approvals=(*approval.approvals, word))
    try:
        _journal(confirmed, approval_chain(approval_id), EntryType.PRE_APPROVAL_CONFIRMED, now, ports)
    except ObjectExists:
        return ComeElsewhere(approval=_known(approval_id, ports))
    ports.catalogue.record_pre_approval(confirmed)
    return Noted(approval=confirmed)


def withdraw_approval(approval_id: str, reason: str, person: Person, ports: Ports) -> ApprovalAnswer:
    """Withdraw: at once nothing is opened by it any more, and what was opened by it alone closes.

    Raises NotPermitted, UnknownSubject; and EarkivError, whereupon it is withdrawn all the same, and
    `finish_withdrawal` does what is left.
    """
    person.require(Deed.RESTRICT_ACCESS)
    approval, now = _known(approval_id, ports), ports.clock.now()
    if approval.stage is Stage.WITHDRAWN:
        return ComeElsewhere(approval=approval)
    if not reason.strip():
        return Lacking(lacks=(ApprovalLack.REASON,))
    withdrawn = replace(approval, withdrawn=_word(person, Deed.RESTRICT_ACCESS, reason, now))
    ports.catalogue.record_pre_approval(withdrawn)
    finish_withdrawal(withdrawn, ports)
    return Noted(approval=withdrawn)


def finish_withdrawal(approval: PreApproval, ports: Ports) -> None:
    """Do all that is left of a withdrawal: what was opened by it leaves the reading room, and it gets its entries.

    Whatever one of them raises, the other is done still. Raises EarkivError.
    """
    try:
        _take_out_all(approval.id, ports)
    finally:
        for subject in reversed(chains_of_approval(approval.id)):
            _journal_withdrawal(approval, subject, ports)


def is_unfinished(approval: PreApproval, ports: Ports) -> bool:
    """Whether a withdrawal has not both its entries yet."""
    return approval.stage is Stage.WITHDRAWN and not all(
        _tells(subject, ports) for subject in chains_of_approval(approval.id)
    )


def pre_approvals(person: Person, ports: Ports) -> tuple[PreApproval, ...]:
    """List all pre-approvals, the last first. Raises NotPermitted."""
    person.require(Deed.REVIEW_ACCESS)
    return ports.catalogue.pre_approvals()


def pre_approval(approval_id: str, person: Person, ports: Ports) -> PreApproval:
    """Give a pre-approval. Raises NotPermitted, UnknownSubject."""
    person.require(Deed.REVIEW_ACCESS)
    return _known(approval_id, ports)


def _known(approval_id: str, ports: Ports) -> PreApproval:
    # Asked of the catalogue first, so that no word from outside becomes a place in the stores.
    if ports.catalogue.pre_approval(approval_id) is None or (found := known_approval(approval_id, ports)) is None:
        raise UnknownSubject(
            f"{approval_id} är inget förhandsgodkännande.", f"{approval_id} is no pre-approval of a class."
        )
    return found


def _word(person: Person, deed: Deed, reason: str, at: datetime) -> Approval:
    return Approval(by=person.name, subject=person.subject, role=person.acting(deed), at=at, reason=reason)


def _is_coming(approval: PreApproval, now: datetime) -> bool:
    return f"{now:%Y-%m-%d}" <= approval.ends


def _journal(approval: PreApproval, subject: Subject, kind: EntryType, at: datetime, ports: Ports) -> None:
    append(ports, next_slot(ports, subject, at), kind, to_json(approval))


def _journal_withdrawal(approval: PreApproval, subject: Subject, ports: Ports) -> None:
    """Write the entry where it is not there yet; a second of two at once tells no more than the first."""
    catch_up(ports, subject)
    if not _tells(subject, ports):
        append_next(ports, subject, ports.clock.now(), EntryType.PRE_APPROVAL_WITHDRAWN, to_json(approval))


def _tells(subject: Subject, ports: Ports) -> bool:
    return any(one.header.type is EntryType.PRE_APPROVAL_WITHDRAWN for one in ports.catalogue.chain(subject))


def _take_out_all(approval_id: str, ports: Ports) -> None:
    for package in ports.catalogue.decided_packages():
        decisions = [one.decision for one in ports.catalogue.access_decisions(package)]
        last = {unit.key: one.approval for one in decisions for unit in one.units}
        if opened := [key for key, approval in last.items() if approval is not None and approval.id == approval_id]:
            ids = public_ids(decisions)
            ports.take_out([ids[key] for key in opened])


def approvable_versions(person: Person, ports: Ports) -> tuple[SubmissionAgreement, ...]:
    """List the versions of agreements for which a class can be approved, the newest of each first.

    Raises NotPermitted.
    """
    person.require(Deed.LOWER_ACCESS)
    newest = ports.catalogue.agreements()
    return tuple(one for agreement in newest for one in reversed(ports.catalogue.agreement_versions(agreement.id)))
