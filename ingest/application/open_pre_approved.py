"""Open what two people have approved beforehand: a decision like any other, made when a package is published."""

from collections.abc import Iterator, Mapping

from ingest.access_ports import HitFinder
from ingest.application.access_standing import Stood, stood
from ingest.application.journal_access import journal_decision
from ingest.application.pre_approval_chains import is_in_force, known_approval
from ingest.domain.access.decisions import AccessDecision, UnitInView
from ingest.domain.access.levels import Level
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.people import Deed, Person
from ingest.pipeline.step import Ports


def open_pre_approved(package: ArchivedPackage, person: Person, finder: HitFinder, owner: str, ports: Ports) -> None:
    """Decide by every pre-approval in force on what it covers and nobody has decided on; by whoever publishes.

    Nothing is decided while others have the package in hand. Raises NotPermitted, EarkivError.
    """
    person.require(Deed.PUBLISH_RECORDS)
    approvals = tuple(_for(package, ports))
    if not approvals:
        return
    found = stood(package, finder, ports)
    opened: set[UnitKey] = set()
    for approval in approvals:
        units = tuple(unit for unit in covered_by(approval, found) if unit.key not in opened)
        if units and journal_decision(_decision(approval, units, person, found, ports), owner, ports):
            opened |= {unit.key for unit in units}


def covered_by(approval: PreApproval, found: Stood) -> tuple[UnitInView, ...]:
    """Give the units that the approval covers and that nobody has decided on, closed or left anything open of."""
    standing = found.standing
    return tuple(
        standing.in_view(key)
        for key, told in found.read.told.units.items()
        if approval.covers(told.of_class, told.proposal)
        and standing.units[key].is_left_open
        and standing.units[key].decision is None
    )


def pre_approved(found: Stood, ports: Ports) -> Mapping[UnitKey, PreApproval]:
    """Give the units that publishing would open now, each with the pre-approval by which it would. Raises EarkivError.

    Several at once name the one that comes first.
    """
    covered: dict[UnitKey, PreApproval] = {}
    for approval in _for(found.package, ports):
        for unit in covered_by(approval, found):
            covered.setdefault(unit.key, approval)
    return covered


def _for(package: ArchivedPackage, ports: Ports) -> Iterator[PreApproval]:
    """Give the approvals that may open something of a package now, as the stores know them."""
    delivery, now = ports.catalogue.delivery(package.delivery_id), ports.clock.now()
    terms = (delivery.agreement, delivery.agreement_version)
    for listed in ports.catalogue.pre_approvals():
        if terms != (listed.of_class.agreement, listed.of_class.agreement_version) or not listed.opens_at(now):
            continue
        known = known_approval(listed.id, ports)
        if known is not None and known.opens_at(now) and is_in_force(listed.id, ports):
            yield known


def _decision(
    approval: PreApproval, units: tuple[UnitInView, ...], person: Person, found: Stood, ports: Ports
) -> AccessDecision:
    return AccessDecision(
        id=ports.ids.new(),
        package=found.package.package,
        generation=found.package.generation,
        units=units,
        level=Level.PUBLIC,
        by=person.name,
        role=person.acting(Deed.PUBLISH_RECORDS),
        at=ports.clock.now(),
        reason=approval.approvals[0].reason,
        ground=approval.ground,
        personal_data=approval.personal_data,
        approval=approval,
    )
