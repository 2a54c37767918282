"""Let the journal and the catalogue know the package."""

from dataclasses import dataclass

from ingest.domain.conversions import Converted
from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.holdings import ArchivedPackage, HeldFormat, held_formats
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import StagedObject
from ingest.formats.wire import to_json
from ingest.pipeline.evidence import Slot, append, catch_up, next_slot
from ingest.pipeline.names import NOTIFY_PRODUCER, REGISTER_AIP
from ingest.pipeline.public_records import take_down
from ingest.pipeline.step import Decision, Done, Step, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The package's row, and the next place in its chain."""

    delivery: Delivery
    package: ArchivedPackage
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The row and the entry that says the same."""

    package: ArchivedPackage
    slot: Slot


def observe(work: Work) -> Facts:
    """Count what was delivered."""
    ports, delivery = work.ports, work.delivery
    staged = ports.catalogue.staged(delivery.id)
    at = ports.clock.now()
    package = ArchivedPackage(
        package=delivery.package or "",
        generation=delivery.generation,
        delivery=delivery.identity.delivery if delivery.identity else "",
        delivery_id=delivery.id,
        producer=delivery.identity.producer if delivery.identity else "",
        dialect=delivery.dialect or "",
        title=delivery.title,
        files=len(staged),
        bytes=sum(o.size for o in staged),
        stored_at=at,
        formats=_formats(work, staged),
    )
    subject = Subject(kind=SubjectKind.PACKAGE, id=package.package)
    if package.generation > 1:
        catch_up(ports, subject)  # a later scan of the generation before may have been killed while it was journalled
    return Facts(delivery=delivery, package=package, slot=next_slot(ports, subject, at))


def _formats(work: Work, staged: tuple[StagedObject, ...]) -> tuple[HeldFormat, ...]:
    catalogue = work.ports.catalogue
    formats = {e.ordinal: e.format for e in catalogue.examinations(work.delivery.id)}
    outcomes = (conversion.outcome for conversion in catalogue.conversions(work.delivery.id))
    return held_formats(
        ((formats[o.ordinal], o.size) for o in staged),
        ((made.format, made.size) for made in outcomes if isinstance(made, Converted)),
    )


def decide(facts: Facts) -> Decision[Plan]:
    """Register exactly this."""
    return Advanced(
        plan=Plan(package=facts.package, slot=facts.slot),
        after=moved(facts.delivery, DeliveryState.PRESERVING, NOTIFY_PRODUCER),
    )


def act(work: Work, decision: Advanced[Plan]) -> Done:
    """Write the journal entry, then the row; the row shows once the delivery is archived.

    What the public sees of the generation before goes first: new content is for people to decide on anew (DESIGN §8).
    """
    plan = decision.plan
    if plan.package.generation > 1 and not work.delivery.is_trial:
        take_down(plan.package.package, work.ports)
    append(work.ports, plan.slot, EntryType.PACKAGE_STORED, to_json(plan.package))
    work.ports.register.register_package(plan.package)
    return Done()


STEP = Step(name=REGISTER_AIP, plan_type=Plan, observe=observe, decide=decide, act=act)
