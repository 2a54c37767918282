"""What an agreement says, as JSON documents; the terms have the names that they have in the archive's folder."""

from typing import Any

from ingest.application.agreement_versions import chain_of
from ingest.application.genuine_entries import entries_backwards
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.keys import Caller, Operation
from ingest.formats.wire import to_json
from ingest.pipeline.step import Ports

_OF_THE_VERSION = frozenset({"id", "version", "by", "reason"})


def readable_agreements(caller: Caller, ports: Ports) -> tuple[SubmissionAgreement, ...]:
    """Give the newest version of every agreement that a caller may be told."""
    if not caller.may(Operation.READ_AGREEMENTS):
        return ()
    return tuple(one for one in ports.catalogue.agreements() if caller.may_use(one.id))


def readable_versions(agreement_id: str, caller: Caller, ports: Ports) -> tuple[SubmissionAgreement, ...]:
    """Give every version of an agreement, oldest first; none where the caller may not be told it."""
    may = caller.may(Operation.READ_AGREEMENTS) and caller.may_use(agreement_id)
    return ports.catalogue.agreement_versions(agreement_id) if may else ()


def agreement_document(agreement: SubmissionAgreement) -> dict[str, Any]:
    """Give all that a version says."""
    document: Any = to_json(agreement)
    return {**document}


def versions_document(versions: tuple[SubmissionAgreement, ...], ports: Ports) -> list[dict[str, Any]]:
    """Say when each version was made, by whom and why; the time is that of its entry in the journal.

    Raises DamageFound.
    """
    entries = entries_backwards(chain_of(versions[0].id), ports) if versions else ()
    made = {entry.header.sequence: entry.header.at for entry in entries}
    return [
        {
            "version": one.version,
            "standing": one.standing.value,
            "at": made[one.version].isoformat(),
            "by": one.by or None,
            "reason": one.reason or None,
        }
        for one in versions
    ]


def changes_document(before: SubmissionAgreement, after: SubmissionAgreement) -> dict[str, Any]:
    """Give the terms in which two versions differ, in the order of the terms."""
    one, other = agreement_document(before), agreement_document(after)
    changes = [
        {"field": name, "before": one[name], "after": other[name]}
        for name in one
        if name not in _OF_THE_VERSION and one[name] != other[name]
    ]
    return {"id": after.id, "from": before.version, "to": after.version, "changes": changes}
