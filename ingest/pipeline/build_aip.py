"""Write the AIP's METS, PREMIS and ERMS into staging, and check each by our own validator before it goes anywhere."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.aips import Aip
from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.packages import GeneratedFile
from ingest.domain.provenance import Agent, EventType
from ingest.formats.writing.enclosures import ERMS_SCHEMA, erms_schema, readme, readme_path
from ingest.formats.writing.erms import write_erms
from ingest.formats.writing.mets import write_representation_mets, write_root_mets
from ingest.formats.writing.premis import write_premis
from ingest.pipeline.events import event
from ingest.pipeline.names import BUILD_AIP, STORE_AIP
from ingest.pipeline.observed import digital_objects, preservation_copies
from ingest.pipeline.step import Decision, Done, Step, Work
from ingest.pipeline.writing import ERMS, METS, PREMIS, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The delivery, the time at which the package is made, and who makes it."""

    delivery: Delivery
    at: datetime
    software: Agent
    archive: Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the package was made and by whom; everything else in it follows from what is recorded already."""

    created: datetime
    software: Agent
    archive: Agent


def observe(work: Work) -> Facts:
    """Take the time."""
    ports = work.ports
    return Facts(delivery=work.delivery, at=ports.clock.now(), software=ports.software, archive=ports.archive)


def decide(facts: Facts) -> Decision[Plan]:
    """Make the package as of now."""
    made = event(
        delivery=facts.delivery,
        step=BUILD_AIP,
        type=EventType.INFORMATION_PACKAGE_CREATION,
        at=facts.at,
        detail="CSIP 2.2.0 AIP with PREMIS 3 and CITS ERMS 3.0",
        agents=(facts.software,),
    )
    return Advanced(
        plan=Plan(created=facts.at, software=facts.software, archive=facts.archive),
        after=moved(facts.delivery, DeliveryState.PRESERVING, STORE_AIP),
        events=(made,),
    )


def act(work: Work, decision: Advanced[Plan]) -> Done:
    """Write every metadata file, in the order in which one names the other, under keys of this attempt alone.

    The same program gives the same bytes; should another version repeat the act, its own files are what is recorded.
    """
    aip = _described(work, decision)
    writing = Writing(work)
    files = [
        writing.made("metadata/descriptive/erms.xml", ERMS, lambda sink: write_erms(sink, aip)),
        writing.made("metadata/preservation/premis.xml", PREMIS, lambda sink: write_premis(sink, aip)),
    ]
    files += [
        writing.enclosed(readme_path(aip), readme(aip), "text/plain"),
        writing.enclosed(ERMS_SCHEMA, erms_schema(), "text/xml"),
    ]
    files += [_representation(writing, aip, name) for name in aip.representations]
    named = tuple(files)
    files.append(writing.made("METS.xml", METS, lambda sink: write_root_mets(sink, aip, named)))
    return Done(generated=tuple(files))


def _representation(writing: Writing, aip: Aip, name: str) -> GeneratedFile:
    path = f"representations/{name}/METS.xml"
    return writing.made(path, METS, lambda sink: write_representation_mets(sink, aip, name))


def _described(work: Work, decision: Advanced[Plan]) -> Aip:
    ports, delivery, plan = work.ports, work.delivery, decision.plan
    staged = ports.catalogue.staged(delivery.id)
    reading = ports.readings.readable(delivery, staged, ports.staging)
    return Aip(
        id=delivery.package or "",
        generation=delivery.generation,
        delivery=delivery.id,
        created=plan.created,
        agreement=delivery.agreement,
        agreement_version=delivery.agreement_version,
        submission=reading.submission,
        objects=digital_objects(reading, staged, ports.catalogue.examinations(delivery.id), delivery.source.side_car),
        events=(*ports.catalogue.events(delivery.id), *decision.events),
        archive=plan.archive,
        software=plan.software,
        derived=preservation_copies(delivery.id, staged, ports.catalogue.conversions(delivery.id)),
    )


STEP = Step(name=BUILD_AIP, plan_type=Plan, observe=observe, decide=decide, act=act)
