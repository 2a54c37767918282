"""The level in force of each unit of a package: one pure function of what happened to it, in order.

Four laws, which the tests prove for every sequence of events:

1. Only a complete decision to open, of a releaser or by what two of them approved beforehand, sets a level lower, and
   only of the units that it names with all of it in view.
2. Everything else can only raise: a decision that lacks something, what is told anew of a unit, a lost entry, an
   approval that is withdrawn.
3. What closes a unit closes all that is in it, also what comes into it later; what is gone or cannot be read closes
   whatever may have taken its place.
4. What a person closed is opened by a person who has seen that it was closed.

No time is known here: that a restriction ends is no event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import assert_never

from ingest.domain.access.decisions import AccessDecision, Reference, ToldUnit, UnitInView, lacks
from ingest.domain.access.levels import Level, strictest
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.units import UnitKey, above, is_among


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
    """Entries that are missing or cannot be read: they may have closed anything, or told of other content.

    `of` tells this loss from another: whoever decides after one has not seen what the other took.
    """

    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWithdrawn:
    """A pre-approval is withdrawn, or nobody can prove that it is not: what was opened by it alone closes."""

    approval: str


AccessEvent = Told | AccessDecision | Announced | Lost | ApprovalWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a unit stands.

    `decision` is the one that its level is due to, None where none holds for what is told now; `closed` what last
    closed the unit or anything that it is in: the id of a decision, or a name for what was lost; "" = nothing did.
    """

    level: Level
    told: ToldUnit | None
    decision: AccessDecision | None = None
    closed: str = ""

    @property
    def is_left_open(self) -> bool:
        """Whether it may be opened in one act with its like: unmarked, closed by nobody, and never hidden before."""
        if self.told is None or not self.told.proposal.is_unmarked:
            return False
        return self.level is Level.PUBLIC or (self.level is Level.ON_REQUEST and not self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageStanding:
    """How all units of a package stand; `floor` is the least for units that are not known yet, `closed` why.

    `withdrawn` are the pre-approvals by which nothing is opened any more.
    """

    units: Mapping[UnitKey, Standing] = field(default_factory=dict)
    floor: Level = Level.PUBLIC
    closed: str = ""
    withdrawn: frozenset[str] = frozenset()

    def level_of(self, key: UnitKey) -> Level:
        """Give the level in force of a unit: what is not known is hidden."""
        standing = self.units.get(key)
        return Level.HIDDEN if standing is None else standing.level

    def in_view(self, key: UnitKey) -> UnitInView:
        """Give all that there is to see of a unit that is told of, as a decision on it now would bind it. KeyError."""
        standing = self.units[key]
        if standing.told is None:
            raise KeyError(key)
        return UnitInView(key=key, view=standing.told.view, closed=standing.closed)

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


def closes(decision: AccessDecision, package: PackageStanding) -> bool:
    """Whether a decision lets less be seen of anything, or would of what is still to come, as soon as it is made."""
    then = _closed(package, decision)
    return then.floor is not package.floor or any(
        (now.level, now.decision) != (then.units[key].level, then.units[key].decision)
        for key, now in package.units.items()
    )


def after(package: PackageStanding, event: AccessEvent) -> PackageStanding:
    """Give how a package stands after one more event."""
    match event:
        case Told():
            return _told(package, event)
        case AccessDecision():
            return _opened(_closed(package, event), event, before=package)
        case Announced(decision=decision):
            return _closed(package, decision)
        case Lost(of=of):
            lost = f"lost {of}".strip()
            hidden = {key: Standing(level=Level.HIDDEN, told=None, closed=lost) for key in package.units}
            return replace(package, units=hidden, floor=Level.HIDDEN, closed=lost)
        case ApprovalWithdrawn(approval=approval):
            units = {key: _without(approval, standing) for key, standing in package.units.items()}
            return replace(package, units=units, withdrawn=package.withdrawn | {approval})
        case _:
            assert_never(event)


def _told(package: PackageStanding, event: Told) -> PackageStanding:
    gone = [standing for key, standing in package.units.items() if key not in event.units]
    left = replace(
        package,
        floor=strictest(package.floor, *(standing.level for standing in gone)),
        closed=next((standing.closed for standing in gone if standing.closed), package.closed),
    )
    units = {key: _told_anew(left.units.get(key) or _come(key, left), told) for key, told in event.units.items()}
    return replace(left, units=units)


def _come(key: UnitKey, package: PackageStanding) -> Standing:
    """Give how a unit stands that was not there before: no laxer than what it has come into."""
    around = [package.units[over] for over in above(key) if over in package.units]
    level = strictest(package.floor, *(standing.level for standing in around))
    return Standing(level=level, told=None, closed=next((one.closed for one in around if one.closed), package.closed))


def _told_anew(standing: Standing, told: ToldUnit) -> Standing:
    due = standing.decision
    if due is not None and standing.told is not None and standing.told.view == told.view and _still_holds(due, told):
        return replace(standing, told=told)
    return Standing(level=strictest(standing.level, told.proposal.level), told=told, closed=standing.closed)


def _is_left_to(approval: PreApproval, standing: Standing, package: PackageStanding) -> bool:
    """Whether nobody has decided on a unit but those two."""
    return standing.is_left_open and standing.decision is None and approval.id not in package.withdrawn


def _still_holds(decision: AccessDecision, told: ToldUnit) -> bool:
    """Whether a decision on the same content may stand: one by a pre-approval only for what that covers."""
    return decision.approval is None or decision.approval.covers(told.of_class, told.proposal)


def _without(approval: str, standing: Standing) -> Standing:
    """Close what is open by a pre-approval alone."""
    due = standing.decision
    if due is None or due.approval is None or due.approval.id != approval:
        return standing
    proposed = Level.HIDDEN if standing.told is None else standing.told.proposal.level
    return replace(standing, level=strictest(standing.level, proposed), decision=None)


def _closed(package: PackageStanding, decision: AccessDecision) -> PackageStanding:
    """Raise the units named and all that is in them to at least the decision's level.

    Where one of them is gone, nobody can say what has taken its place: all are raised.
    """
    named = {unit.key for unit in decision.units}
    gone = not named <= package.units.keys()
    units = {
        key: _raised(standing, decision) if gone or is_among(key, named) else standing
        for key, standing in package.units.items()
    }
    units |= {key: _unnumbered(units[key]) for key in named & units.keys() if decision.reference is Reference.WITHHELD}
    if not gone or decision.level is Level.PUBLIC:
        return replace(package, units=units)
    return replace(package, units=units, floor=strictest(package.floor, decision.level), closed=decision.id)


def _raised(standing: Standing, decision: AccessDecision) -> Standing:
    if decision.level is Level.PUBLIC:
        return standing
    if standing.level.is_laxer_than(decision.level):
        return replace(standing, level=decision.level, decision=None, closed=decision.id)
    return replace(standing, closed=decision.id)


def _unnumbered(standing: Standing) -> Standing:
    """Withhold the number that an earlier decision let be shown."""
    due = standing.decision
    if due is None or due.reference is Reference.WITHHELD:
        return standing
    return replace(standing, decision=replace(due, reference=Reference.WITHHELD))


def _opened(package: PackageStanding, decision: AccessDecision, before: PackageStanding) -> PackageStanding:
    """Set the level of each unit for which the decision lacks nothing."""
    units = dict(package.units)
    for unit in decision.units:
        standing = before.units.get(unit.key)
        if standing is None or any(lacks(decision, unit, standing.told, standing.closed)):
            continue
        if decision.approval is None or _is_left_to(decision.approval, standing, package):
            units[unit.key] = replace(units[unit.key], level=decision.level, decision=decision)
    return replace(package, units=units)
