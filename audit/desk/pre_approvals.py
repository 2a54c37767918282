"""Classes approved beforehand: the list, the form that proposes, and each with what became of it."""

from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from audit.desk import pre_approval_texts as texts
from audit.desk.pages import page
from audit.desk.rooms import Room, sent_to
from audit.desk.visits import Visit
from ingest.application.pre_approvals import (
    ApprovalAnswer,
    ComeElsewhere,
    Lacking,
    Noted,
    SamePerson,
    WantedApproval,
    approvable_versions,
    confirm_approval,
    pre_approval,
    pre_approvals,
    propose_approval,
    withdraw_approval,
)
from ingest.domain.access.preapprovals import ContentClass, PreApproval, Stage
from ingest.domain.findings import Text
from ingest.domain.people import Deed
from schemas.numbers import number_in

_FIELDS: Final = ("terms", "scheme", "code", "begins", "ends", "reason", "ground", "personal-data")
_MARKS: Final = {Stage.PROPOSED: "warning", Stage.CONFIRMED: "good", Stage.WITHDRAWN: "error"}


def listed(visit: Visit) -> Response:
    """List pre-approvals, the last first; whoever may open finds the form of the next one below."""
    return _listed(visit, ())


def _listed(visit: Visit, faults: tuple[Text, ...]) -> Response:
    ports = visit.desk.ports
    found = pre_approvals(visit.person, ports)
    proposes = visit.person.may(Deed.LOWER_ACCESS)
    return page(
        visit,
        "pre_approvals.html",
        texts,
        status=HTTPStatus.CONFLICT if faults else HTTPStatus.OK,
        approvals=found,
        marks=_MARKS,
        proposes=proposes,
        versions=approvable_versions(visit.person, ports) if proposes else (),
        form={name: visit.typed(name) for name in _FIELDS},
        faults=faults,
    )


def propose(visit: Visit) -> Response:
    """Propose what was filled in, and show it; or say what was lacking, with the form as it was."""
    visit.person.require(Deed.LOWER_ACCESS)
    version, _, agreement = visit.typed("terms").partition(" ")
    wanted = WantedApproval(
        of_class=ContentClass(
            agreement=agreement,
            agreement_version=number_in(version, 0),
            scheme=visit.typed("scheme") or None,
            code=visit.typed("code"),
        ),
        ground=visit.typed("ground"),
        personal_data=visit.typed("personal-data"),
        reason=visit.typed("reason"),
        begins=visit.typed("begins"),
        ends=visit.typed("ends"),
    )
    if not agreement:
        return _listed(visit, (texts.NO_TERMS,))
    answer = propose_approval(wanted, visit.person, visit.desk.ports)
    return _to(answer.approval) if isinstance(answer, Noted) else _listed(visit, _faults(answer))


def one(visit: Visit) -> Response:
    """Show a pre-approval."""
    return _one(visit, ())


def _one(visit: Visit, faults: tuple[Text, ...]) -> Response:
    found = pre_approval(visit.at("approval"), visit.person, visit.desk.ports)
    return page(
        visit,
        "pre_approval.html",
        texts,
        status=HTTPStatus.CONFLICT if faults else HTTPStatus.OK,
        approval=found,
        marks=_MARKS,
        confirms=visit.person.may(Deed.LOWER_ACCESS) and found.stage is Stage.PROPOSED,
        is_own=any(visit.person.subject == word.subject for word in found.approvals),
        withdraws=visit.person.may(Deed.RESTRICT_ACCESS) and found.stage is not Stage.WITHDRAWN,
        reason=visit.typed("reason"),
        faults=faults,
    )


def confirm(visit: Visit) -> Response:
    """Confirm what another has proposed."""
    reason = visit.typed("reason")
    return _answered(visit, confirm_approval(visit.at("approval"), reason, visit.person, visit.desk.ports))


def withdraw(visit: Visit) -> Response:
    """Withdraw, whoever proposed or confirmed it."""
    reason = visit.typed("reason")
    return _answered(visit, withdraw_approval(visit.at("approval"), reason, visit.person, visit.desk.ports))


def _answered(visit: Visit, answer: ApprovalAnswer) -> Response:
    return _to(answer.approval) if isinstance(answer, Noted) else _one(visit, _faults(answer))


def _faults(answer: Lacking | SamePerson | ComeElsewhere) -> tuple[Text, ...]:
    match answer:
        case Lacking(lacks=lacks):
            return tuple(texts.LACKS[one] for one in lacks)
        case SamePerson():
            return (texts.SAME_PERSON,)
        case ComeElsewhere():
            return (texts.COME_ELSEWHERE,)


def _to(approval: PreApproval) -> Response:
    return sent_to(f"/pre-approvals/{approval.id}")


ROOMS: Final = (
    Room(method="GET", path="/pre-approvals", answer=listed),
    Room(method="POST", path="/pre-approvals", answer=propose),
    Room(method="GET", path="/pre-approvals/{approval}", answer=one),
    Room(method="POST", path="/pre-approvals/{approval}/confirmation", answer=confirm),
    Room(method="POST", path="/pre-approvals/{approval}/withdrawal", answer=withdraw),
)
