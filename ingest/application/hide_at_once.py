"""Hide units of a package without reading a byte of it: also of one that is damaged, or out of reach (DESIGN §8).

What the reading room may hold is told by decisions alone, and what hides asks for nothing in view. So nothing that
keeps the package from being read keeps what is in it on show.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.application.decide_access import ClosedAtOnce, InForce, UnknownUnits
from ingest.application.holdings import package_of
from ingest.application.journal_access import close_everywhere, finish, journal_decision
from ingest.application.known_decisions import known_decisions, waiting_decisions
from ingest.domain.access.decisions import AccessDecision, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.openings import most_open
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.people import Deed, Person
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

_UNSEEN = View(content="", hits="")
"""Nothing was in view: such a decision can open nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package, and the units of it that decisions leave open at most at that level: all that can be on show."""

    package: ArchivedPackage
    units: Mapping[UnitKey, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedHiding:
    """Units that are to be hidden with all that is in them, and why."""

    package: str
    units: tuple[UnitKey, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unexplained:
    """No reason was given; nothing was decided."""


HidingAnswer = InForce | ClosedAtOnce | UnknownUnits | Unexplained


def opened_units(reference: str, person: Person, ports: Ports) -> Opened:
    """Give what of a package can be on show, by what the catalogue knows. Raises NotPermitted, UnknownSubject."""
    person.require(Deed.RESTRICT_ACCESS)
    package = package_of(reference, ports)
    if not person.sees_packages_of(package.producer):
        raise UnknownSubject(f"{reference} är inget arkiverat paket.", f"{reference} is no archived package.")
    known = known_decisions(package.package, ports)
    levels = most_open(known.settled, known.waiting)
    return Opened(package=package, units={key: level for key, level in levels.items() if level is not Level.HIDDEN})


def hide_at_once(wanted: WantedHiding, person: Person, owner: str, ports: Ports) -> HidingAnswer:
    """Hide units that are open; `owner` takes leases. Raises NotPermitted, UnknownSubject.

    Raises EarkivError where a store does not answer: it is hidden then as `close_everywhere` says, and finished later.
    """
    found = opened_units(wanted.package, person, ports)
    unknown = tuple(key for key in wanted.units if key not in found.units)
    if unknown or not wanted.units:
        return UnknownUnits(keys=unknown)
    if not wanted.reason.strip():
        return Unexplained()
    decision = _decision(wanted, found.package, person, ports)
    waiting = waiting_decisions(decision.package, ports)
    close_everywhere(decision, ports)
    for earlier in waiting:
        finish(earlier, owner, ports)
    return InForce(decision=decision) if journal_decision(decision, owner, ports) else ClosedAtOnce(decision=decision)


def _decision(wanted: WantedHiding, package: ArchivedPackage, person: Person, ports: Ports) -> AccessDecision:
    return AccessDecision(
        id=ports.ids.new(),
        package=package.package,
        generation=package.generation,
        units=tuple(UnitInView(key=key, view=_UNSEEN) for key in wanted.units),
        level=Level.HIDDEN,
        by=person.name,
        role=person.acting(Deed.RESTRICT_ACCESS),
        at=ports.clock.now(),
        reason=wanted.reason,
    )
