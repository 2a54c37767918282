"""Plain values for the catalogue's contract: deliveries, objects, events, findings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from ingest.domain.conversions import Conversion, ConversionFault, Converted, NotConverted
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, Identity, SourceContainer, moved
from ingest.domain.findings import Finding, Location, Severity, Text
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EntryType, Header, JournalRecord, Subject, SubjectKind
from ingest.domain.packages import (
    Clean,
    Examination,
    FormatDesignation,
    GeneratedFile,
    NotScanned,
    StagedObject,
)
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.domain.submissions import RecordStatus
from ingest.ports import Catalogue, Lease

Opening = Callable[[], Catalogue]
"""Opens the same database once more, as another process would."""

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OWNER = "runner"
RECEIVE = "receive_submission"


def number(name: str) -> str:
    """A UUID of its own for every name."""
    return str(uuid5(NAMESPACE_URL, name))


def upload(name: str = "a", minute: int = 0) -> Delivery:
    return Delivery(
        id=number(name),
        state=DeliveryState.UPLOADING,
        step=RECEIVE,
        version=1,
        received_at=NOON + timedelta(minutes=minute),
        source=SourceContainer(name="/leveranser/byggärenden", kind="folder"),
        agreement="default",
        agreement_version=1,
    )


def identified(delivery: Delivery, delivered_as: str, attempt: int = 1) -> Delivery:
    identity = Identity(producer="ORG:2120009994", delivery=delivered_as, sameness="0" * 64)
    return replace(delivery, identity=identity, attempt=attempt)


def archived(name: str, delivered_as: str = "EXN 2021/17", generation: int = 1, minute: int = 0) -> Delivery:
    return replace(
        identified(upload(name, minute), delivered_as, attempt=generation),
        state=DeliveryState.ARCHIVED,
        step="",
        package=number("package"),
        generation=generation,
    )


def as_trial(delivery: Delivery) -> Delivery:
    return replace(delivery, record_status=RecordStatus.TEST)


def tested(name: str, minute: int) -> Delivery:
    done = as_trial(identified(upload(name, minute), f"EXN {name}"))
    return replace(done, state=DeliveryState.TESTED, step="", package=number(f"package {name}"))


def package_of(delivery: Delivery) -> ArchivedPackage:
    return ArchivedPackage(
        package=delivery.package or "",
        generation=delivery.generation,
        delivery=delivery.identity.delivery if delivery.identity else "",
        delivery_id=delivery.id,
        producer="ORG:2120009994",
        dialect="fgs-1.2",
        title="Ansökan om bygglov",
        files=3,
        bytes=30,
        stored_at=delivery.received_at,
    )


def taken(catalogue: Catalogue, delivery_id: str) -> Lease:
    """Take a lease that nobody has."""
    lease = catalogue.acquire(delivery_id, OWNER)
    assert lease is not None
    return lease


def received(
    catalogue: Catalogue, name: str = "a", minute: int = 0, sender: str | None = None
) -> tuple[Delivery, Lease]:
    """Upload a delivery and take it in, under a lease that is kept."""
    delivery = replace(upload(name, minute), sender=sender)
    catalogue.open_upload(delivery)
    lease = taken(catalogue, delivery.id)
    after = moved(delivery, DeliveryState.RECEIVED, RECEIVE)
    catalogue.commit(lease, Transition(before=delivery, after=after))
    return after, lease


def staged(ordinal: int, path: str = "") -> StagedObject:
    return StagedObject(
        ordinal=ordinal,
        path=PackagePath(path or f"handlingar/ansökan {ordinal}.pdf"),
        size=10 * ordinal,
        sha256=f"{ordinal:064x}",
        key=f"objects/{ordinal:09d}",
    )


def examined(ordinal: int) -> Examination:
    scan = Clean(tool="clamd 1.4") if ordinal % 2 else NotScanned(reason="no scanner")
    return Examination(ordinal=ordinal, format=FormatDesignation(puid="fmt/95"), scan=scan)


def converted(ordinal: int) -> Conversion:
    pdf, scan = FormatDesignation(puid="fmt/354"), Clean(tool="clamd 1.4")
    made = Converted(key=f"copies/{ordinal}", size=5, sha256="3" * 64, format=pdf, scan=scan)
    outcome = made if ordinal % 2 else NotConverted(reason=ConversionFault.FAILED, detail="trasig")
    path = PackagePath(f"representations/preservation/data/{ordinal}.pdf")
    return Conversion(ordinal=ordinal, aip_path=path, target="pdf-a-1b", policy=1, tool="x 1", outcome=outcome)


def event(name: str) -> PreservationEvent:
    return PreservationEvent(
        id=number(f"event {name}"),
        type=EventType.VALIDATION,
        at=NOON,
        step="validate_package",
        outcome=EventOutcome.SUCCESS,
        detail=name,
        agents=(Agent(kind=AgentKind.SOFTWARE, name="earkiv", version="0.1.0"),),
        objects=(PackagePath("handlingar/ansökan 1.pdf"),),
    )


def finding(rule: str) -> Finding:
    return Finding(
        rule=rule,
        specification="CSIP 2.2",
        severity=Severity.WARNING,
        message=Text(sv="Fel väg.", en="Wrong way."),
        remedy=Text(sv="Gå rätt.", en="Go right."),
        count=2,
        locations=(Location(file="sip.xml", line=7, value="trasig \udcff"),),
    )


def generated(path: str) -> GeneratedFile:
    return GeneratedFile(aip_path=PackagePath(path), key=f"generated/{path}", size=9, sha256="1" * 64)


def journal_record(sequence: int, subject: str = "s", digest: str = "") -> JournalRecord:
    header = Header(
        subject=Subject(kind=SubjectKind.DELIVERY, id=subject),
        sequence=sequence,
        previous="" if sequence == 1 else f"{sequence - 1:064x}",
        type=EntryType.DELIVERY_DECIDED,
        at=NOON,
        body="2" * 64,
        key="0123456789abcdef",
    )
    return JournalRecord(header=header, digest=digest or f"{sequence:064x}")
