"""What might be opened because time has passed: a list for people, which opens nothing by itself (DESIGN §8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.domain.access.ended import EndedRestriction, is_settled
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.people import Deed, Person
from ingest.pipeline.step import Ports

_AT_A_TIME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeProposal:
    """A unit of a package whose restrictions have all ended, and of which nobody has judged since."""

    package: ArchivedPackage
    ended: EndedRestriction


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeProposals:
    """Proposals, those that ended first come first; `is_all` tells whether there are no more behind the last."""

    proposals: tuple[TimeProposal, ...]
    is_all: bool


def proposed_by_time(person: Person, ports: Ports, limit: int, after: EndedRestriction | None = None) -> TimeProposals:
    """List at most `limit` proposals behind `after` (None = from the first). Raises NotPermitted.

    Packages that are not indexed yet come as soon as they are.
    """
    person.require(Deed.REVIEW_ACCESS)
    found: list[TimeProposal] = []
    for proposal in _proposals(ports, after):
        if len(found) == limit:
            return TimeProposals(proposals=tuple(found), is_all=False)
        found.append(proposal)
    return TimeProposals(proposals=tuple(found), is_all=True)


def _proposals(ports: Ports, after: EndedRestriction | None) -> Iterator[TimeProposal]:
    today = f"{ports.clock.now():%Y-%m-%d}"
    while some := ports.catalogue.ended_restrictions(today, after, _AT_A_TIME):
        for ended in some:
            package = ports.catalogue.package(ended.package)
            if package is not None and not _is_settled(ended, package, ports):
                yield TimeProposal(package=package, ended=ended)
        after = some[-1]


def _is_settled(ended: EndedRestriction, package: ArchivedPackage, ports: Ports) -> bool:
    decisions = [one.decision for one in ports.catalogue.access_decisions(ended.package)]
    return is_settled(ended, decisions, package.generation)
