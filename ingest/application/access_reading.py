"""The units of an archived generation: what is said of them, found in them, proposed of them, and seen of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.access_ports import HitFinder
from ingest.application.access_views import views_of
from ingest.application.holdings import Kept, holding_in
from ingest.domain.access.decisions import ToldUnit
from ingest.domain.access.marks import Cause
from ingest.domain.access.preapprovals import classes_in
from ingest.domain.access.proposals import Found, propose
from ingest.domain.access.shared import shared_causes
from ingest.domain.access.standing import Told
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.paths import PackagePath
from ingest.domain.personal_numbers.found import UnitHits
from ingest.domain.submissions import Submission
from ingest.pipeline.archived import Generation, archived_reading
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUnits:
    """A generation as it is read; `found` is what a search for personal numbers gave in each unit itself."""

    package: ArchivedPackage
    submission: Submission
    told: Told
    found: Mapping[UnitKey, UnitHits]


def read_units(package: ArchivedPackage, finder: HitFinder, ports: Ports) -> ReadUnits:
    """Read a generation of a package, corrections included. Raises DamageFound, ObjectMissing, ToolFailed."""
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
    found = finder.hits_in(package)
    digests = {key: hits.digest for key, hits in found.items() if hits.keeps_back}
    files = {one.path: one.sha256 for one in delivered}
    views = views_of(submission, files, digests)
    proposals = propose(submission, _known(found, shared_causes(submission, files)), terms.access_default)
    classes = classes_in(submission, delivery.agreement, delivery.agreement_version)
    units = {key: ToldUnit(view=views[key], proposal=one, of_class=classes[key]) for key, one in proposals.items()}
    return ReadUnits(package=package, submission=submission, told=Told(units=units), found=found)


def _known(found: Mapping[UnitKey, UnitHits], shared: Mapping[UnitKey, Cause]) -> Found:
    """Say what the archive knows of each unit: a number, something not searched, a document of a closed unit in it."""
    return {
        key: (
            *([Cause.PERSONAL_NUMBER] if hits.hits else []),
            *([Cause.NOT_SEARCHED] if hits.unsearched else []),
            *([shared[key]] if key in shared else []),
        )
        for key, hits in found.items()
    }
