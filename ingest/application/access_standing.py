"""How a package stands as to access: its generations and the decisions on it, in the order of its chain of the journal.

Where the chain has a gap, or an entry that cannot be read, nobody can say what was withdrawn there: all is hidden, and
only what is decided after that opens anything. Whatever closes stands in a second chain too, that of withdrawals: the
loss of either one's end is seen by the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.access_ports import HitFinder
from ingest.application.access_chains import Chains, chains_of
from ingest.application.access_reading import ReadUnits, read_units
from ingest.application.known_decisions import waiting_decisions
from ingest.application.pre_approval_chains import no_longer_in_force
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.standing import (
    AccessEvent,
    Announced,
    ApprovalWithdrawn,
    Lost,
    PackageStanding,
    standing_after,
)
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType
from ingest.errors import DamageFound, ObjectMissing
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A package's newest generation as it is read, the decisions on it, and how it stands.

    `waiting` are the decisions that have no place in the package's chain yet: they close, and open nothing.
    """

    package: ArchivedPackage
    read: ReadUnits
    decisions: tuple[AccessDecision, ...]
    waiting: tuple[AccessDecision, ...]
    standing: PackageStanding


def stood(package: ArchivedPackage, finder: HitFinder, ports: Ports) -> Stood:
    """Tell how a package stands now. Raises DamageFound, ObjectMissing: what its newest generation says is unknown."""
    newest, chains = read_units(package, finder, ports), chains_of(package.package, ports)
    waiting = waiting_decisions(package.package, ports)
    generations = ports.catalogue.generations(package.package)
    told = iter(_told(generations, newest, finder, ports))
    gone = sorted(no_longer_in_force(chains.decisions.values(), ports))
    events = (
        *(ApprovalWithdrawn(approval=one) for one in gone),
        *_history(chains, told, newest),
        *(Announced(decision=one) for one in waiting),
    )
    return Stood(
        package=package,
        read=newest,
        decisions=tuple(one for _, one in sorted(chains.decisions.items())),
        waiting=waiting,
        standing=standing_after(events),
    )


def _history(chains: Chains, told: Iterator[AccessEvent], newest: ReadUnits) -> Iterator[AccessEvent]:
    if chains.gap:
        yield Lost(of=f"up to {chains.gap}")
        yield newest.told
    for record in chains.package:
        place = record.header.sequence
        if place > chains.gap and place in chains.decisions:
            yield chains.decisions[place]
        if not chains.gap and record.header.type is EntryType.PACKAGE_STORED:
            # The entry of a delivery that is about to be archived stands there before its generation does.
            yield from (one for one in [next(told, None)] if one is not None)


def _told(
    generations: Iterable[ArchivedPackage], newest: ReadUnits, finder: HitFinder, ports: Ports
) -> Iterator[AccessEvent]:
    """Give what each generation says, in order; of one that cannot be read any more, nobody knows what it closed."""
    for generation in generations:
        try:
            yield newest.told if generation == newest.package else read_units(generation, finder, ports).told
        except (DamageFound, ObjectMissing):
            yield Lost(of=f"generation {generation.generation}")
