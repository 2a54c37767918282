"""Decide who may see units of a package (DESIGN §8): at once where that closes, when it is durable where it opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.access_ports import HitFinder
from ingest.application.access_standing import Stood, stood
from ingest.application.holdings import package_of
from ingest.application.journal_access import close_everywhere, finish, journal_decision
from ingest.domain.access.decisions import AccessDecision, Lack, Reference, UnitInView, lacks
from ingest.domain.access.levels import Level
from ingest.domain.access.standing import closes
from ingest.domain.access.units import UnitKey
from ingest.domain.people import Deed, Person
from ingest.pipeline.public_records import take_out
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAccess:
    """A decision that is asked for, on units with what the person has seen of each; see `AccessDecision`."""

    package: str
    units: tuple[UnitInView, ...]
    level: Level
    reason: str
    ground: str = ""
    personal_data: str = ""
    reference: Reference = Reference.WITHHELD
    stub_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """It is in the package's chain of the journal, and in force."""

    decision: AccessDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedAtOnce:
    """What it closes is closed; it waits for its place in the chain until what others do with the package is done."""

    decision: AccessDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class InOtherHands:
    """A delivery is on its way into the package, or another works on it; nothing was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpensNothing:
    """It would let more be seen than before, and lacks something for that, by unit; nothing was decided."""

    lacks: Mapping[UnitKey, tuple[Lack, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownUnits:
    """The package has no such units, or none was named; nothing was decided."""

    keys: tuple[UnitKey, ...]


AccessAnswer = InForce | ClosedAtOnce | InOtherHands | OpensNothing | UnknownUnits


def decide_access(wanted: WantedAccess, person: Person, finder: HitFinder, owner: str, ports: Ports) -> AccessAnswer:
    """Decide; `owner` takes leases. Raises NotPermitted, UnknownSubject, DamageFound and what ports raise."""
    person.require(Deed.RESTRICT_ACCESS)
    package = package_of(wanted.package, ports)
    before = stood(package, finder, ports)
    unknown = tuple(unit.key for unit in wanted.units if unit.key not in before.standing.units)
    if unknown or not wanted.units:
        return UnknownUnits(keys=unknown)
    decision = _decision(wanted, person, before, ports)
    lacking = _lacking(decision, before)
    if lacking:
        return OpensNothing(lacks=lacking)
    is_closing = closes(decision, before.standing)
    if is_closing:
        close_everywhere(decision, ports)
    for earlier in before.waiting:
        finish(earlier, owner, ports)
    if not journal_decision(decision, owner, ports):
        return ClosedAtOnce(decision=decision) if is_closing else InOtherHands()
    if not is_closing:
        # It stood so before, yet an earlier decision to that end may have met a fault on its way to the reading room.
        take_out(decision, ports)
    return InForce(decision=decision)


def _decision(wanted: WantedAccess, person: Person, before: Stood, ports: Ports) -> AccessDecision:
    return AccessDecision(
        id=ports.ids.new(),
        package=before.package.package,
        generation=before.package.generation,
        units=wanted.units,
        level=wanted.level,
        by=person.name,
        role=person.acting(Deed.LOWER_ACCESS if person.may(Deed.LOWER_ACCESS) else Deed.RESTRICT_ACCESS),
        at=ports.clock.now(),
        reason=wanted.reason,
        ground=wanted.ground,
        personal_data=wanted.personal_data,
        reference=wanted.reference,
        stub_text=wanted.stub_text,
    )


def _lacking(decision: AccessDecision, before: Stood) -> Mapping[UnitKey, tuple[Lack, ...]]:
    """Name what is lacking for each unit of which more would be seen; what closes lacks nothing."""
    opened = {
        unit: before.standing.units[unit.key]
        for unit in decision.units
        if decision.level.is_laxer_than(before.standing.level_of(unit.key))
    }
    lacking = {
        unit.key: tuple(lacks(decision, unit, standing.told, standing.closed)) for unit, standing in opened.items()
    }
    return {key: lack for key, lack in lacking.items() if lack}
