"""What is known of access to each unit of a package, as JSON documents: for the desk and the command line."""

from typing import Any

from ingest.access_ports import HitFinder
from ingest.application.access_standing import Stood, stood
from ingest.application.holdings import package_of
from ingest.domain.access.decisions import AccessDecision, UnitInView
from ingest.domain.access.marks import LEVELS
from ingest.domain.access.preapprovals import Approval, PreApproval
from ingest.domain.access.proposals import Proposal
from ingest.domain.access.units import Unit, UnitKey, units_of
from ingest.domain.cases import Case
from ingest.formats.wire import to_json
from ingest.pipeline.step import Ports


def access_document(reference: str, finder: HitFinder, ports: Ports) -> dict[str, Any]:
    """Tell of each unit what is proposed and why, and what is in force. Raises UnknownSubject, DamageFound."""
    return told(stood(package_of(reference, ports), finder, ports))


def told(found: Stood) -> dict[str, Any]:
    """Tell how a package stands."""
    shown = found.standing.references_shown()
    once = {unit.key: unit for unit in reversed(units_of(found.read.submission))}
    return {
        "package": found.package.package,
        "generation": found.package.generation,
        "units": [{**_unit(once[key], found), "referenceShown": key in shown} for key in found.read.told.units],
        "decisions": [_decision(one) for one in found.decisions],
        "waiting": [_decision(one) for one in found.waiting],
    }


def unmarked(found: Stood) -> tuple[UnitInView, ...]:
    """Give the units that nothing at all speaks against opening, with all there is to see of each.

    A person's word does, and so does what once stood in the place of a unit: whoever opens those names them.
    """
    standing = found.standing
    return tuple(standing.in_view(key) for key in found.read.told.units if standing.units[key].is_left_open)


def named(found: Stood, name: str) -> tuple[UnitInView, ...]:
    """Give the units that a person means by a name: those whose own id it is, or the one whose path it is."""
    return tuple(found.standing.in_view(key) for key in found.read.told.units if is_called(key, name))


def is_called(key: UnitKey, name: str) -> bool:
    """Whether a person means a unit by that name: its own id, or its path."""
    return name in {key[-1], path_text(key)}


def path_text(key: UnitKey) -> str:
    """Give a unit's ids from the top down, as a person reads and writes them."""
    return " / ".join(key)


def _unit(unit: Unit, found: Stood) -> dict[str, Any]:
    hits = found.read.found[unit.key]
    now, standing = found.read.told.units[unit.key], found.standing.units[unit.key]
    return {
        "key": list(unit.key),
        "id": unit.described.id,
        "kind": kind_of(unit),
        "title": unit.described.title or "",
        "level": standing.level.value,
        "decision": None if standing.decision is None else standing.decision.id,
        "proposed": _proposed(now.proposal),
        "view": {"content": now.view.content, "hits": now.view.hits},
        "hits": to_json(hits.hits),
        "unsearched": to_json(hits.unsearched),
    }


def kind_of(unit: Unit) -> str:
    """Say what a unit is: `case`, `part` (of a case) or `record`."""
    if isinstance(unit.described, Case):
        return "case" if len(unit.key) == 1 else "part"
    return "record"


def _proposed(proposal: Proposal) -> dict[str, Any]:
    return {
        "level": proposal.level.value,
        "unmarked": proposal.is_unmarked,
        "reasons": [
            {
                "cause": reason.cause.value,
                "level": LEVELS[reason.cause].value,
                "place": reason.place.value,
                "of": list(reason.of),
                "words": reason.words,
            }
            for reason in proposal.reasons
        ],
    }


def _decision(decision: AccessDecision) -> dict[str, Any]:
    return {
        "decision": decision.id,
        "generation": decision.generation,
        "units": [_key(unit.key) for unit in decision.units],
        "level": decision.level.value,
        "by": decision.by,
        "role": decision.role.value,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
        "ground": decision.ground,
        "personalData": decision.personal_data,
        "reference": decision.reference.value,
        "stubText": decision.stub_text,
        "approval": None if decision.approval is None else approval_document(decision.approval),
    }


def approval_document(approval: PreApproval) -> dict[str, Any]:
    """Tell of a pre-approval."""
    of_class, withdrawn = approval.of_class, approval.withdrawn
    return {
        "approval": approval.id,
        "stage": approval.stage.value,
        "agreement": of_class.agreement,
        "agreementVersion": of_class.agreement_version,
        "scheme": of_class.scheme,
        "code": of_class.code,
        "ground": approval.ground,
        "personalData": approval.personal_data,
        "begins": approval.begins,
        "ends": approval.ends,
        "approvals": [_word(one) for one in approval.approvals],
        "withdrawn": None if withdrawn is None else _word(withdrawn),
    }


def _word(word: Approval) -> dict[str, str]:
    return {"by": word.by, "role": word.role.value, "at": word.at.isoformat(), "reason": word.reason}


def _key(key: UnitKey) -> list[str]:
    return list(key)
