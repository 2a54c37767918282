"""What a person sees before deciding who may see units of a package, and after (DESIGN §8)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.access_ports import HitFinder
from ingest.application.access_standing import Stood, stood
from ingest.application.archived_aip import archived_aip
from ingest.application.desk_packages import package_for
from ingest.application.find_personal_numbers import WHOLE_PACKAGE
from ingest.application.open_pre_approved import pre_approved
from ingest.domain.access.decisions import AccessDecision, UnitInView
from ingest.domain.access.preapprovals import PreApproval
from ingest.domain.access.proposals import Proposal
from ingest.domain.access.standing import Standing
from ingest.domain.access.units import Unit, UnitKey, units_of
from ingest.domain.cases import Case, Record
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.paths import PackagePath
from ingest.domain.people import Deed, Person
from ingest.domain.personal_numbers.found import UnitHits
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedUnit:
    """A unit: what it is, what is proposed and found, what stands, and all `in_view` that a decision on it binds to.

    `approval` is the pre-approval by which it is opened when the package is published next.
    """

    key: UnitKey
    described: Case | Record
    in_view: UnitInView
    proposal: Proposal
    standing: Standing
    hits: UnitHits
    is_reference_shown: bool
    approval: PreApproval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReview:
    """A package's newest generation under review; `beside` is what was found in it that belongs to no unit.

    `waiting` are decisions that close already and have no place in the package's chain yet; `places` says where in the
    package each delivered file lies.
    """

    package: ArchivedPackage
    units: tuple[ReviewedUnit, ...]
    beside: UnitHits
    decisions: tuple[AccessDecision, ...]
    waiting: tuple[AccessDecision, ...]
    places: Mapping[PackagePath, str]

    @property
    def unmarked(self) -> frozenset[UnitInView]:
        """All units against which nothing speaks, nor ever did, and of which nobody has spoken."""
        left = (unit for unit in self.units if unit.standing.is_left_open and unit.standing.decision is None)
        return frozenset(unit.in_view for unit in left)


def review_access(package_id: str, person: Person, finder: HitFinder, ports: Ports) -> AccessReview:
    """Put a package under review. Raises NotPermitted, UnknownSubject, DamageFound, ObjectMissing, ToolFailed."""
    person.require(Deed.REVIEW_ACCESS)
    holding = package_for(package_id, person, ports)
    found = stood(holding.package, finder, ports)
    shown = found.standing.references_shown()
    approved = pre_approved(found, ports)
    once = {unit.key: unit for unit in reversed(units_of(found.read.submission))}
    return AccessReview(
        package=found.package,
        units=tuple(_reviewed(once[key], found, shown, approved) for key in found.read.told.units),
        beside=found.read.found[WHOLE_PACKAGE],
        decisions=found.decisions,
        waiting=found.waiting,
        places={one.path: one.place.aip_path for one in archived_aip(holding, ports).objects},
    )


def _reviewed(
    unit: Unit, found: Stood, shown: frozenset[UnitKey], approved: Mapping[UnitKey, PreApproval]
) -> ReviewedUnit:
    told = found.read.told.units[unit.key]
    return ReviewedUnit(
        key=unit.key,
        described=unit.described,
        in_view=found.standing.in_view(unit.key),
        proposal=told.proposal,
        standing=found.standing.units[unit.key],
        hits=found.read.found[unit.key],
        is_reference_shown=unit.key in shown,
        approval=approved.get(unit.key),
    )
