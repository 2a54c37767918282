"""The level in force of each unit of a package: one pure function of what happened to it, in order.

Three laws, which the tests prove for every sequence of events:

1. Only a complete decision to open sets a level lower, and only of the units that it names with all of it in view.
2. Everything else can only raise: a decision that lacks something, what is told anew of a unit, a lost entry.
3. What closes a unit closes all that is in it; what is gone or cannot be read closes whatever may have taken its place.

No time is known here: that a restriction ends is no event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import assert_never

from ingest.domain.access.decisions import AccessDecision, Reference, ToldUnit, lacks
from ingest.domain.access.levels import Level, strictest
from ingest.domain.access.units import UnitKey, is_among


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The package as it is told of from now on: a generation that came, or what was found in it since."""

    units: Mapping[UnitKey, ToldUnit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A decision of which the journal has no durable entry yet: it closes at once, and opens nothing."""

    decision: AccessDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An entry that is missing or cannot be read: it may have closed anything, or told of other content."""


AccessEvent = Told | AccessDecision | Announced | Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a unit stands; `decision` is the one that its level is due to, None where none holds for what is told now."""

    level: Level
    told: ToldUnit | None
    decision: AccessDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageStanding:
    """How all units of a package stand; `floor` is the least for units that are not known yet."""

    units: Mapping[UnitKey, Standing] = field(default_factory=dict)
    floor: Level = Level.PUBLIC

    def level_of(self, key: UnitKey) -> Level:
        """Give the level in force of a unit: what is not known is hidden."""
        standing = self.units.get(key)
        return Level.HIDDEN if standing is None else standing.level

    def references_shown(self) -> frozenset[UnitKey]:
        """Give the units whose number at the producer may be shown: none beside a hidden one, of which a gap tells."""
        told = {key[:-1] for key, standing in self.units.items() if len(key) > 1 and standing.level is Level.HIDDEN}
        return frozenset(
            key
            for key, standing in self.units.items()
            if standing.decision is not None
            and standing.decision.reference is Reference.SHOWN
            and standing.level is not Level.HIDDEN
            and key[:-1] not in told
        )


def standing_after(events: Iterable[AccessEvent]) -> PackageStanding:
    """Give how a package stands after all that happened to it, oldest first."""
    return reduce(after, events, PackageStanding())


def after(package: PackageStanding, event: AccessEvent) -> PackageStanding:
    """Give how a package stands after one more event."""
    match event:
        case Told():
            return _told(package, event)
        case AccessDecision():
            return _opened(_closed(package, event), event, before=package)
        case Announced(decision=decision):
            return _closed(package, decision)
        case Lost():
            hidden = {key: Standing(level=Level.HIDDEN, told=None) for key in package.units}
            return PackageStanding(units=hidden, floor=Level.HIDDEN)
        case _:
            assert_never(event)


def _told(package: PackageStanding, event: Told) -> PackageStanding:
    gone = (standing.level for key, standing in package.units.items() if key not in event.units)
    floor = strictest(package.floor, *gone)
    new = Standing(level=floor, told=None)
    units = {key: _told_anew(package.units.get(key, new), told) for key, told in event.units.items()}
    return PackageStanding(units=units, floor=floor)


def _told_anew(standing: Standing, told: ToldUnit) -> Standing:
    if standing.decision is not None and standing.told is not None and standing.told.view == told.view:
        return replace(standing, told=told)
    return Standing(level=strictest(standing.level, told.proposal.level), told=told)


def _closed(package: PackageStanding, decision: AccessDecision) -> PackageStanding:
    """Raise the units named and all that is in them to at least the decision's level.

    Where one of them is gone, nobody can say what has taken its place: all are raised.
    """
    named = {unit.key for unit in decision.units}
    gone = not named <= package.units.keys()
    units = {
        key: _raised(standing, decision.level) if gone or is_among(key, named) else standing
        for key, standing in package.units.items()
    }
    return replace(package, units=units, floor=strictest(package.floor, decision.level) if gone else package.floor)


def _raised(standing: Standing, level: Level) -> Standing:
    return replace(standing, level=level, decision=None) if standing.level.is_laxer_than(level) else standing


def _opened(package: PackageStanding, decision: AccessDecision, before: PackageStanding) -> PackageStanding:
    """Set the level of each unit for which the decision lacks nothing."""
    units = dict(package.units)
    for unit in decision.units:
        standing = before.units.get(unit.key)
        if standing is not None and not any(lacks(decision, unit.view, standing.told)):
            units[unit.key] = replace(standing, level=decision.level, decision=decision)
    return replace(package, units=units)
