"""`earkiv pre-approvals`: classes approved beforehand, by the people at the keyboard of an embedded archive."""

from collections.abc import Callable

from earkiv.cli import pre_approval_texts as texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.keyboard import at_keyboard
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import visible
from ingest.application.pre_approvals import (
    ApprovalAnswer,
    ComeElsewhere,
    Lacking,
    Noted,
    SamePerson,
    WantedApproval,
    confirm_approval,
    pre_approvals,
    propose_approval,
    withdraw_approval,
)
from ingest.application.told_access import approval_document
from ingest.bootstrap import joining, reading
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.findings import Text
from ingest.pipeline.step import Ports


def list_all(session: Session) -> int:
    """Print every pre-approval, the last first. Raises EarkivError."""
    with reading(session.settings) as archive:
        found = pre_approvals(at_keyboard(), archive.ports)
    if session.printing is Printing.JSON:
        print_json([approval_document(one) for one in found])
        return FINE
    if not found:
        session.page().print(session.voice(texts.NONE))
    for one in found:
        _print(one, session)
    return FINE


def propose(wanted: WantedApproval, session: Session) -> int:
    """Propose; 1 where something was lacking. Raises WrongUse, EarkivError."""
    return _done(session, lambda ports: propose_approval(wanted, at_keyboard(), ports))


def confirm(approval: str, reason: str, session: Session) -> int:
    """Confirm what another has proposed; 1 where that did not do. Raises WrongUse, EarkivError."""
    return _done(session, lambda ports: confirm_approval(approval, reason, at_keyboard(), ports))


def withdraw(approval: str, reason: str, session: Session) -> int:
    """Withdraw; 1 where that did not do. Raises WrongUse, EarkivError."""
    return _done(session, lambda ports: withdraw_approval(approval, reason, at_keyboard(), ports))


def _done(session: Session, step: Callable[[Ports], ApprovalAnswer]) -> int:
    if session.settings.database is not None:
        raise WrongUse(texts.AT_THE_DESK.sv, texts.AT_THE_DESK.en)
    with joining(session.settings) as archive:
        answer = step(archive.ports)
    if isinstance(answer, Noted):
        if session.printing is Printing.JSON:
            print_json(approval_document(answer.approval))
        else:
            _print(answer.approval, session)
        return FINE
    for text in _faults(answer):
        session.note(session.voice(text))
    if session.printing is Printing.JSON:
        print_json({"approval": None})
    return REFUSED


def _faults(answer: Lacking | SamePerson | ComeElsewhere) -> tuple[Text, ...]:
    match answer:
        case Lacking(lacks=lacks):
            return tuple(texts.LACKS[one] for one in lacks)
        case SamePerson():
            return (texts.SAME_PERSON,)
        case ComeElsewhere():
            return (texts.COME_ELSEWHERE,)


def _print(approval: PreApproval, session: Session) -> None:
    page, voice, of_class = session.page(), session.voice, approval.of_class
    said = voice(texts.APPROVAL).format(
        id=approval.id,
        stage=voice(texts.STAGES[approval.stage]),
        of_class=visible(f"{of_class.scheme or ''} {of_class.code}".strip()),
        agreement=visible(of_class.agreement),
        version=of_class.agreement_version,
        begins=approval.begins,
        ends=approval.ends,
    )
    page.print(said)
    words = (*approval.approvals, *([approval.withdrawn] if approval.withdrawn else []))
    for word in words:
        page.print(f"  {word.at:%Y-%m-%d} {visible(word.by)}: {visible(word.reason)}")
