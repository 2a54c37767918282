"""The units of an archived generation: what is said of them, found in them, proposed of them, and seen of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.access_ports import HitFinder
from ingest.application.access_views import views_of
from ingest.application.holdings import Kept, holding_in
from ingest.domain.access.decisions import ToldUnit
from ingest.domain.access.proposals import propose
from ingest.domain.access.standing import Told
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Submission
from ingest.pipeline.archived import Generation, archived_reading
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUnits:
    """A generation as it is read; `hits` are the names of the personal numbers found in each unit itself."""

    package: ArchivedPackage
    submission: Submission
    told: Told
    hits: Mapping[UnitKey, frozenset[str]]


def read_units(package: ArchivedPackage, finder: HitFinder, ports: Ports) -> ReadUnits:
    """Read a generation of a package, corrections included. Raises DamageFound, ObjectMissing."""
    delivery = ports.catalogue.delivery(package.delivery_id)
    holding = holding_in(Kept(package=package, ports=ports))
    delivered = ports.catalogue.staged(delivery.id)
    generation = Generation(
        store=holding.store,
        inventory=holding.inventory,
        delivered=delivered,
        side_car=PackagePath(delivery.source.side_car),
    )
    submission = archived_reading(generation).submission
    terms = ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    hits = _hits(submission, package, finder)
    views = views_of(submission, {one.path: one.sha256 for one in delivered}, hits)
    proposals = propose(submission, hits.keys(), terms.access_default)
    units = {key: ToldUnit(view=views[key], proposal=proposal) for key, proposal in proposals.items()}
    return ReadUnits(package=package, submission=submission, told=Told(units=units), hits=hits)


def _hits(submission: Submission, package: ArchivedPackage, finder: HitFinder) -> Mapping[UnitKey, frozenset[str]]:
    found: defaultdict[UnitKey, frozenset[str]] = defaultdict(frozenset)
    for unit in units_of(submission):
        hits = finder.hits_in(package.package, package.generation, unit)
        if hits:
            found[unit.key] |= hits
    return dict(found)
