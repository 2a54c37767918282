"""Write the metadata of an archived package anew, as a correction has it; no content is read, written or moved.

The generation that comes of it holds the same files under the same paths, a new ERMS document, the PREMIS document with
one event more, the correction itself, and the METS document that lists them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.packages import GeneratedFile
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind, EventType, PreservationEvent
from ingest.domain.submissions import Reading, Submission
from ingest.errors import DamageFound
from ingest.formats.correction_documents import correction_in, read_document
from ingest.formats.corrections import corrected
from ingest.formats.mets_elements import stream_mets
from ingest.formats.mets_values import Header
from ingest.formats.writing.enclosures import ERMS_SCHEMA, correction_path, readme, readme_path
from ingest.formats.writing.erms import write_erms
from ingest.formats.writing.mets import write_root_mets
from ingest.formats.writing.premis_additions import NotOurs, add_event
from ingest.pipeline.archived import Generation, archived_reading, corrections_of
from ingest.pipeline.events import event
from ingest.pipeline.holdings import previous_inventory
from ingest.pipeline.names import CORRECT_METADATA, STORE_AIP
from ingest.pipeline.observed import digital_objects, preservation_copies
from ingest.pipeline.staging_keys import container_key
from ingest.pipeline.step import Decision, Done, Step, Work
from ingest.pipeline.writing import ERMS, METS, PREMIS, Writing

_METS, _PREMIS, _ERMS = "METS.xml", "metadata/preservation/premis.xml", "metadata/descriptive/erms.xml"
_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The correction, who makes it and why, and who carries it out."""

    delivery: Delivery
    at: datetime
    by: str
    reason: str
    software: Agent
    archive: Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When and by whom the metadata is written; everything else follows from what is stored and staged."""

    at: datetime
    modification: PreservationEvent
    software: Agent
    archive: Agent


def observe(work: Work) -> Facts:
    """Read who corrects, and why."""
    document = read_document(_staged_correction(work))
    if document is None:
        message = f"the correction {work.delivery.id} was readable when it was staged and is not now"
        raise AssertionError(message)
    ports = work.ports
    return Facts(
        delivery=work.delivery,
        at=ports.clock.now(),
        by=document.by,
        reason=document.reason,
        software=ports.software,
        archive=ports.archive,
    )


def decide(facts: Facts) -> Decision[Plan]:
    """Correct, as of now."""
    person = Agent(kind=AgentKind.PERSON, name=facts.by)
    modification = event(
        delivery=facts.delivery,
        step=CORRECT_METADATA,
        type=EventType.METADATA_MODIFICATION,
        at=facts.at,
        detail=facts.reason,
        agents=(person, facts.software),
    )
    return Advanced(
        plan=Plan(at=facts.at, modification=modification, software=facts.software, archive=facts.archive),
        after=moved(facts.delivery, DeliveryState.PRESERVING, STORE_AIP),
        events=(modification,),
    )


def act(work: Work, decision: Advanced[Plan]) -> Done:
    """Write every metadata file that changes, under keys of this attempt alone. Raises DamageFound."""
    plan, writing = decision.plan, Writing(work, decision.plan.at)
    generation = _corrected_generation(work)
    reading = archived_reading(generation)
    aip = _described(work, plan, generation, reading)
    premis = partial(_write_premis, generation, aip, plan.modification)
    made = (
        writing.made(_ERMS, ERMS, lambda sink: write_erms(sink, aip)),
        writing.made(_PREMIS, PREMIS, premis),
        writing.enclosed(readme_path(aip), readme(aip), "text/plain"),
        writing.enclosed(correction_path(aip, aip.generation), _staged_correction(work), _JSON),
    )
    listed = (*made, *_kept(generation, reading, aip))
    mets = writing.made(_METS, METS, lambda sink: write_root_mets(sink, aip, listed))
    return Done(generated=(*made, mets))


def _staged_correction(work: Work) -> bytes:
    with work.ports.staging.open(container_key(work.delivery.id)) as stream:
        return stream.read()


def _corrected_generation(work: Work) -> Generation:
    inventory = previous_inventory(work)
    if inventory is None:
        message = f"the correction {work.delivery.id} is of no generation"
        raise AssertionError(message)
    return Generation(
        store=work.ports.replicas[0],
        inventory=inventory,
        delivered=work.ports.catalogue.staged(work.delivery.id),
        side_car=PackagePath(work.delivery.source.side_car),
    )


def _described(work: Work, plan: Plan, generation: Generation, reading: Reading) -> Aip:
    ports, delivery = work.ports, work.delivery
    staged = generation.delivered
    return Aip(
        id=delivery.package or "",
        generation=delivery.generation,
        delivery=delivery.corrects or "",
        created=_created(generation),
        corrected=plan.at,
        agreement=delivery.agreement,
        agreement_version=delivery.agreement_version,
        submission=_corrected(work, reading.submission),
        objects=digital_objects(reading, staged, ports.catalogue.examinations(delivery.id), delivery.source.side_car),
        events=(),
        archive=plan.archive,
        software=plan.software,
        derived=preservation_copies(delivery.corrects or "", staged, ports.catalogue.conversions(delivery.id)),
    )


def _corrected(work: Work, submission: Submission) -> Submission:
    correction = correction_in(_staged_correction(work))
    match corrected(submission, correction) if correction else ():
        case Submission() as after:
            return after
        case _:
            message = f"the correction {work.delivery.id} fitted its package when it was staged and does not now"
            raise AssertionError(message)


def _created(generation: Generation) -> datetime:
    """Give the time at which the package was made: its METS document says so in every generation."""
    with generation.store.local(generation.key_of(_digest(generation, _METS))) as path:
        header = next((one for one in stream_mets(path) if isinstance(one, Header)), None)
    try:
        return datetime.fromisoformat((header.created if header else None) or "")
    except ValueError as error:
        raise _damaged(generation, _METS) from error


def _write_premis(generation: Generation, aip: Aip, modification: PreservationEvent, sink: BinaryIO) -> None:
    with generation.store.open(generation.key_of(_digest(generation, _PREMIS))) as source:
        try:
            add_event(source, sink, aip.id, modification)
        except NotOurs as error:
            raise _damaged(generation, _PREMIS) from error


def _kept(generation: Generation, reading: Reading, aip: Aip) -> tuple[GeneratedFile, ...]:
    """Give what the archive made before and is kept as it is."""
    corrections = {path: read_document(content) for path, content in corrections_of(generation, reading)}
    representations = [f"representations/{name}/METS.xml" for name in aip.representations]
    return tuple(
        _as_stored(generation, PackagePath(path), document.at if document else None)
        for path, document in chain(
            ((ERMS_SCHEMA, None), *((path, None) for path in representations)), corrections.items()
        )
    )


def _as_stored(generation: Generation, path: PackagePath, created: datetime | None) -> GeneratedFile:
    digest = _digest(generation, path)
    key = generation.key_of(digest)
    found = generation.store.stat(key)
    if found is None:
        raise _damaged(generation, path)
    mime_type = "text/xml" if created is None else _JSON
    return GeneratedFile(aip_path=path, key=key, size=found.size, sha256=digest, mime_type=mime_type, created=created)


def _digest(generation: Generation, path: str) -> str:
    digest = generation.inventory.files.get(path)
    if digest is None:
        raise _damaged(generation, path)
    return digest


def _damaged(generation: Generation, path: str) -> DamageFound:
    package = generation.inventory.package
    return DamageFound(
        f"{path} i paket {package} saknas eller är inte som arkivet skrev det.",
        f"{path} in package {package} is missing or is not as the archive wrote it.",
    )


STEP = Step(name=CORRECT_METADATA, plan_type=Plan, observe=observe, decide=decide, act=act)
