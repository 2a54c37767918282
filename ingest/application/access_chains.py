"""The two chains of the journal that tell of access to a package, and where they no longer tell everything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cattrs.errors import BaseValidationError

from ingest.application.genuine_entries import entry_bytes
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.journal import EntryType, JournalRecord, Subject, SubjectKind
from ingest.errors import DamageFound
from ingest.formats.journal import decode_entry
from ingest.formats.wire import from_json
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """A package's chain, the decisions in it by their places, and the last place of which nobody knows all (0 = none).

    What lies after that is told whole.
    """

    package: tuple[JournalRecord, ...]
    decisions: Mapping[int, AccessDecision]
    gap: int


def package_chain(package: str) -> Subject:
    """Give the chain of a package: its generations and the decisions on it, in their order."""
    return Subject(kind=SubjectKind.PACKAGE, id=package)


def withdrawal_chain(package: str) -> Subject:
    """Give the chain of all decisions that closed anything in a package."""
    return Subject(kind=SubjectKind.ACCESS, id=package)


def chains_of(package: str, ports: Ports) -> Chains:
    """Read what the catalogue remembers of both chains, and what it does not from the journal."""
    chain = ports.catalogue.chain(package_chain(package))
    decisions = decisions_in(package, ports)
    gaps = [
        *_missing(chain),
        *(one.header.sequence for one in chain if _is_unknown(one, decisions)),
        *_unmatched(chain, len(ports.catalogue.generations(package))),
        *_withdrawals_lost(chain, package, ports),
    ]
    return Chains(package=chain, decisions=decisions, gap=max(gaps, default=0))


def decisions_in(package: str, ports: Ports) -> dict[int, AccessDecision]:
    """Give the decisions of a package's chain by their places, those too that only the journal knows yet."""
    known = {one.sequence: one.decision for one in ports.catalogue.access_decisions(package)}
    for record in ports.catalogue.chain(package_chain(package)):
        if _is_unknown(record, known) and (decision := decision_in(record, ports)):
            known[record.header.sequence] = decision
    return known


def decision_in(record: JournalRecord, ports: Ports) -> AccessDecision | None:
    """Read the decision of an entry from the journal, None where no replica has it whole."""
    try:
        _, content = entry_bytes(record, ports)
        return from_json(decode_entry(content).body, AccessDecision)
    except (DamageFound, BaseValidationError):
        return None


def _is_unknown(record: JournalRecord, decisions: Mapping[int, AccessDecision]) -> bool:
    return record.header.type is EntryType.ACCESS_DECIDED and record.header.sequence not in decisions


def _missing(chain: Sequence[JournalRecord]) -> Iterator[int]:
    places = {one.header.sequence for one in chain}
    return (place for place in range(1, max(places, default=0)) if place not in places)


def _unmatched(chain: Sequence[JournalRecord], generations: int) -> Iterator[int]:
    """Give the place from which on generations and their entries answer to one another, where they do not throughout.

    The entry of a delivery that is about to be archived stands there before its generation does.
    """
    stored = [one.header.sequence for one in chain if one.header.type is EntryType.PACKAGE_STORED]
    if not generations <= len(stored) <= generations + 1:
        yield max(stored, default=1)


def _withdrawals_lost(chain: Sequence[JournalRecord], package: str, ports: Ports) -> Iterator[int]:
    """Give the last place before which a withdrawal was made that its own chain has lost."""
    withdrawals = ports.catalogue.chain(withdrawal_chain(package))
    missing = set(_missing(withdrawals))
    for record in withdrawals:
        lost = record.header.sequence - 1 in missing or decision_in(record, ports) is None
        if lost:
            yield max((one.header.sequence for one in chain if one.header.at <= record.header.at), default=1)
