"""The two chains of the journal that tell of a pre-approval, and whether anything may still be opened by it.

One chain has all that became of it; the other, that of withdrawals, its withdrawal alone. Where either tells of that,
or the first does not tell everything, nothing is open by it: nobody can prove that it was not withdrawn.
"""

from collections.abc import Iterable
from typing import Final

from cattrs.errors import BaseValidationError

from ingest.application.access_chains import withdrawal_chain
from ingest.application.genuine_entries import entry_bytes
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.preapprovals import PreApproval, Stage
from ingest.domain.journal import EntryType, JournalRecord, Subject, SubjectKind
from ingest.errors import DamageFound
from ingest.formats.journal import decode_entry
from ingest.formats.wire import from_json
from ingest.pipeline.evidence import catch_up
from ingest.pipeline.step import Ports

_IN_FORCE: Final = ((1, EntryType.PRE_APPROVAL_PROPOSED), (2, EntryType.PRE_APPROVAL_CONFIRMED))


def approval_chain(approval_id: str) -> Subject:
    """Give the chain of all that became of a pre-approval."""
    return Subject(kind=SubjectKind.PRE_APPROVAL, id=approval_id)


def chains_of_approval(approval_id: str) -> tuple[Subject, Subject]:
    """Give both chains that tell of a pre-approval."""
    return approval_chain(approval_id), withdrawal_chain(approval_id)


def known_approval(approval_id: str, ports: Ports) -> PreApproval | None:
    """Give a pre-approval as the stores know it, which may be further than the catalogue. Raises EarkivError."""
    for subject in chains_of_approval(approval_id):
        catch_up(ports, subject)
        for record in ports.catalogue.chain(subject):
            _learn(record, ports)
    return ports.catalogue.pre_approval(approval_id)


def is_in_force(approval_id: str, ports: Ports) -> bool:
    """Whether it is proven that two people have approved it, and that nobody has withdrawn it."""
    known = ports.catalogue.pre_approval(approval_id)
    own, withdrawals = (ports.catalogue.chain(subject) for subject in chains_of_approval(approval_id))
    told = tuple((record.header.sequence, record.header.type) for record in own)
    return known is not None and known.stage is Stage.CONFIRMED and told == _IN_FORCE and not withdrawals


def no_longer_in_force(decisions: Iterable[AccessDecision], ports: Ports) -> frozenset[str]:
    """Give the pre-approvals by which something was decided, and which are in force no more."""
    named = {one.approval.id for one in decisions if one.approval is not None}
    return frozenset(one for one in named if not is_in_force(one, ports))


def _learn(record: JournalRecord, ports: Ports) -> None:
    try:
        _, content = entry_bytes(record, ports)
        ports.catalogue.record_pre_approval(from_json(decode_entry(content).body, PreApproval))
    except (DamageFound, BaseValidationError):
        # What its header tells of is in force all the same where it closes, and `is_in_force` asks for no body.
        return
