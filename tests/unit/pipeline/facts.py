"""Hand-made facts for the pipeline's decisions: plain values, no store, no catalogue."""

from datetime import UTC, datetime

from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.cases import Case, Record
from ingest.domain.deliveries import Delivery, DeliveryState, Identity, SourceContainer
from ingest.domain.documents import Document
from ingest.domain.findings import Finding, Location, Severity, Text
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind
from ingest.domain.submissions import Dialect, Reading, Submission
from ingest.pipeline.names import RECEIVE_SUBMISSION

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SOFTWARE = Agent(kind=AgentKind.SOFTWARE, name="earkiv", version="0")
FOLDER = SourceContainer(name="leverans", kind="folder")
ID = "7a0e6f0e-1b1c-4b86-8f5a-0d6f2f6c9a01"
OTHER_ID = "7a0e6f0e-1b1c-4b86-8f5a-0d6f2f6c9a02"
THIRD_ID = "7a0e6f0e-1b1c-4b86-8f5a-0d6f2f6c9a03"
SAME, DIFFERENT = "a" * 64, "b" * 64


def identity(sameness: str = SAME) -> Identity:
    return Identity(producer="ORG:1", delivery="L-1", sameness=sameness)


RECEIVED = Delivery(
    id=ID,
    state=DeliveryState.RECEIVED,
    step=RECEIVE_SUBMISSION,
    version=2,
    received_at=NOON,
    source=FOLDER,
    agreement=DEFAULT_AGREEMENT.id,
    agreement_version=1,
)
SUBMISSION = Submission(
    dialect=Dialect.FGS_1_2,
    delivery="L-1",
    cases=(
        Case(
            id="EXN 2026/1",
            title="Klagomål",
            records=(Record(id="EXN 2026/1:1", title="Skrivelse", documents=(Document(name="a.pdf", link="a.pdf"),)),),
        ),
    ),
)
READING = Reading(submission=SUBMISSION, descriptors=(PackagePath("sip.xml"),), references=(), complete_listing=True)


def staged(*files: tuple[str, bytes | str]) -> tuple[StagedObject, ...]:
    """Objects as they lie in staging; a text stands for the digest itself."""
    return tuple(
        StagedObject(
            ordinal=n,
            path=PackagePath(path),
            size=len(content),
            sha256=content if isinstance(content, str) else content.hex().ljust(64, "0")[:64],
            key=f"{ID}/objects/{n}",
        )
        for n, (path, content) in enumerate(files)
    )


def finding(rule: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        rule=rule,
        specification="earkiv",
        severity=severity,
        message=Text(sv="fel", en="wrong"),
        remedy=Text(sv="rätta", en="mend"),
        count=1,
        locations=(Location(file="a.pdf"),),
    )
