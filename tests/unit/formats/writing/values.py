"""An AIP as values: two cases' worth of files in two representations, with every kind of place and scan."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from lxml import etree

from ingest.domain.aips import Aip
from ingest.domain.descriptions import TypedText
from ingest.domain.fixity import Digest, DigestAlgorithm
from ingest.domain.packages import DigitalObject, FormatDesignation, GeneratedFile, NotScanned, Place
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import (
    Agent,
    AgentKind,
    EventOutcome,
    EventType,
    PreservationEvent,
    derived_id,
)
from ingest.domain.submissions import (
    Dialect,
    MetsAgent,
    Organisation,
    RecordStatus,
    Software,
    Submission,
    Use,
)

PACKAGE: Final = "1f0e6f2a-5c1c-4d5e-9b1f-0a2b3c4d5e6f"
DELIVERY: Final = "6a2c9f10-8f0e-4a53-8a44-1d2e3f4a5b6c"
CREATED: Final = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
ARCHIVE: Final = Agent(kind=AgentKind.ORGANIZATION, name="Exempelstads stadsarkiv")
SOFTWARE: Final = Agent(kind=AgentKind.SOFTWARE, name="earkiv", version="0.1.0")
SCANNER: Final = Agent(kind=AgentKind.SOFTWARE, name="ClamAV", version="1.4.1")
PERSON: Final = Agent(kind=AgentKind.PERSON, name="Arkivarie & <Co>")
PDF: Final = FormatDesignation(
    puid="fmt/18",
    name="Acrobat PDF 1.4",
    version="1.4",
    mime_type="application/pdf",
    basis="extension match pdf; byte match at 0, 8",
    warning="two formats match",
)
UNKNOWN: Final = FormatDesignation(puid=None)


def digital_object(ordinal: int, path: str, place: Place, form: FormatDesignation = PDF) -> DigitalObject:
    content = path.encode()
    return DigitalObject(
        ordinal=ordinal,
        path=PackagePath(path),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        key=f"staging/{ordinal}",
        format=form,
        scan=NotScanned(reason="no scanner"),
        place=place,
        digests=(Digest(algorithm=DigestAlgorithm.MD5, value=hashlib.md5(content).hexdigest()),),  # noqa: S324
    )


def content(path: str, representation: str = "original") -> Place:
    aip_path = PackagePath(f"representations/{representation}/data/{path}")
    return Place(use=Use.CONTENT, aip_path=aip_path, representation=representation)


OBJECTS: Final = (
    digital_object(0, "sip.xml", Place(use=Use.METADATA, aip_path=PackagePath("submission/sip.xml")), UNKNOWN),
    digital_object(1, "Content/1/ansökan & bilaga #1.pdf", content("Content/1/ansökan & bilaga #1.pdf")),
    digital_object(2, "Content/2/100% klart?.pdf", content("Content/2/100% klart?.pdf")),
    digital_object(3, "representations/rep 2/data/x", content("x", "rep 2"), UNKNOWN),
    digital_object(
        4,
        "documentation/läsmig.txt",
        Place(use=Use.DOCUMENTATION, aip_path=PackagePath("documentation/läsmig.txt")),
    ),
)

AGENTS: Final = (
    MetsAgent(role="ARCHIVIST", type="ORGANIZATION", name="Exempelnämnden", notes=("ORG:2120009994",)),
    MetsAgent(role="CREATOR", type="OTHER", other_type="SOFTWARE", name="Exporten", notes=("1.0",)),
    MetsAgent(
        role="CREATOR",
        type="INDIVIDUAL",
        name="Eva Kontakt",
        notes=("08-123", "eva@example.se"),
        note_types=("", "FREE WORD"),
    ),
    MetsAgent(role="ÄGARE", type="BOLAG", name="Udda", notes=("ORG:1",), note_types=("IDENTIFICATIONCODE",)),
)

SUBMISSION: Final = Submission(
    dialect=Dialect.FGS_1_2,
    delivery="UUID:9a1b7c52-0b0e-4a4b-8c7e-1f2a3b4c5d6e",
    agreement="EXSA 2021-44; 2021-12-01",
    record_status=RecordStatus.REPLACEMENT,
    label="Exempelnämndens avslutade ärenden 2021",
    archival_creator=Organisation(name="Exempelnämnden", identifier="ORG:2120009994"),
    producer=Organisation(name="Exempelstaden", identifier="ORG:2120009994"),
    system=Software(name="Exempeldiariet", version="7.2"),
    agents=AGENTS,
    attributes=(
        TypedText(type="altRecordID:REFERENCECODE", text="SE/EX/0001"),
        TypedText(type="ext:ARCHIVALNAME", text="Exempelnämndens arkiv"),
    ),
)


def event(
    kind: EventType,
    *,
    outcome: EventOutcome = EventOutcome.SUCCESS,
    detail: str = "",
    agents: tuple[Agent, ...] = (SOFTWARE,),
    objects: tuple[PackagePath, ...] = (),
    step: str = "examine_objects",
) -> PreservationEvent:
    return PreservationEvent(
        id=derived_id(DELIVERY, step, kind, outcome),
        type=kind,
        at=CREATED,
        step=step,
        outcome=outcome,
        detail=detail,
        agents=agents,
        objects=objects,
    )


EVENTS: Final = (
    event(EventType.MESSAGE_DIGEST_CALCULATION),
    event(
        EventType.VIRUS_CHECK,
        outcome=EventOutcome.WARNING,
        detail="not scanned: no scanner",
        agents=(SOFTWARE, SCANNER),
    ),
    event(EventType.VALIDATION, agents=(SOFTWARE, PERSON), objects=(OBJECTS[1].path,)),
    event(EventType.INFORMATION_PACKAGE_CREATION, step="build_aip"),
)

AIP: Final = Aip(
    id=PACKAGE,
    generation=2,
    delivery=DELIVERY,
    created=CREATED,
    agreement="default",
    agreement_version=1,
    submission=SUBMISSION,
    objects=OBJECTS,
    events=EVENTS,
    archive=ARCHIVE,
    software=SOFTWARE,
    supersedes="0a0b0c0d-0000-4000-8000-000000000001",
)


def generated(path: str) -> GeneratedFile:
    return GeneratedFile(aip_path=PackagePath(path), key=path, size=3, sha256="ab" * 32)


GENERATED: Final = tuple(
    generated(path)
    for path in (
        "metadata/descriptive/erms.xml",
        "metadata/preservation/premis.xml",
        "representations/original/METS.xml",
        "representations/rep 2/METS.xml",
    )
)


def written(write: Callable[[BinaryIO], None]) -> bytes:
    """What a writer writes."""
    sink = BytesIO()
    write(sink)
    return sink.getvalue()


def saved(folder: Path, document: bytes) -> Path:
    """The document as a file."""
    path = folder / "document.xml"
    path.write_bytes(document)
    return path


def texts(document: bytes, xpath: str, **namespaces: str) -> list[str]:
    """The strings that an XPath finds."""
    found = etree.fromstring(document).xpath(xpath, namespaces=namespaces)
    assert isinstance(found, list)
    return [str(one.text) if etree.iselement(one) else str(one) for one in found]
