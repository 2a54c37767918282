"""Make an agreement, or a new version of one: by an archivist who has seen the newest (DESIGN §8)."""

from dataclasses import dataclass, replace

from ingest.application.agreement_versions import (
    date_fault,
    disposal_fault,
    newest_version,
    schema_fault,
    write_version,
)
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.findings import Text
from ingest.domain.keys import Caller, Operation
from ingest.errors import ObjectExists
from ingest.pipeline.step import Ports
from ingest.rules.severities import default_severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """It is the agreement's newest version now."""

    agreement: SubmissionAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The newest version says the same already; no other was made."""

    agreement: SubmissionAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """Another has made a version that the caller has not seen: `newest`."""

    newest: SubmissionAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An agreement of that id is there already, with other terms, or the id is the program's own."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A term cannot be used; nothing was written."""

    fault: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere:
    """There is no agreement of that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPermitted:
    """The caller may not do that."""


EditAnswer = Written | Unchanged | Outdated | Taken | Unusable | NotThere | NotPermitted


def create_agreement(terms: SubmissionAgreement, caller: Caller, ports: Ports) -> EditAnswer:
    """Make an agreement's first version; where the very same is the newest already, it is told. Raises EarkivError."""
    if not caller.may(Operation.EDIT_AGREEMENTS):
        return NotPermitted()
    wanted = replace(terms, by=caller.name)
    newest = newest_version(wanted.id, ports)
    if newest is None and wanted.id != DEFAULT_AGREEMENT.id:
        return _written(wanted, None, ports)
    if newest is not None and newest.says_the_same_as(wanted):
        return Unchanged(agreement=newest)
    return Taken(id=wanted.id)


def change_agreement(terms: SubmissionAgreement, seen: tuple[int, ...], caller: Caller, ports: Ports) -> EditAnswer:
    """Make the next version of an agreement whose newest version is among those the caller has seen.

    Whoever asks once more after a lost answer is told the version that was made then. Raises EarkivError.
    """
    if not caller.may(Operation.EDIT_AGREEMENTS):
        return NotPermitted()
    if terms.id == DEFAULT_AGREEMENT.id:
        return Taken(id=terms.id)
    if not ports.catalogue.agreement_versions(terms.id):
        return NotThere()
    wanted = replace(terms, by=caller.name)
    newest = newest_version(wanted.id, ports)
    if newest is None:
        return NotThere()
    if newest.version in seen:
        return Unchanged(agreement=newest) if newest.says_the_same_as(wanted) else _written(wanted, newest, ports)
    if newest.version - 1 in seen and newest == replace(wanted, version=newest.version):
        return Unchanged(agreement=newest)
    return Outdated(newest=newest)


def _written(wanted: SubmissionAgreement, newest: SubmissionAgreement | None, ports: Ports) -> EditAnswer:
    fault = _unknown_rule(wanted) or date_fault(wanted) or disposal_fault(wanted) or schema_fault(wanted, ports)
    if fault is not None:
        return Unusable(fault=fault)
    try:
        return Written(agreement=write_version(wanted, newest, ports))
    except ObjectExists:
        made = newest_version(wanted.id, ports)
        if made is None or made == newest:
            raise
        return Outdated(newest=made) if newest else Taken(id=wanted.id)


def _unknown_rule(agreement: SubmissionAgreement) -> Text | None:
    for rule in (*(rule for rule, _ in agreement.severities), *agreement.hold):
        try:
            default_severity(rule)
        except KeyError:
            return Text(sv=f"Det finns ingen regel {rule}.", en=f"There is no rule {rule}.")
    return None
