"""Provenance: PREMIS events and agents."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from ingest.domain.packages import ScanResult
from ingest.domain.paths import PackagePath


class EventType(StrEnum):
    """Terms of the Library of Congress event type vocabulary, label as value (PREMIS 3, eventType)."""

    TRANSFER = "transfer"
    INGESTION_START = "ingestion start"
    UNPACKING = "unpacking"
    MESSAGE_DIGEST_CALCULATION = "message digest calculation"
    FIXITY_CHECK = "fixity check"
    FORMAT_IDENTIFICATION = "format identification"
    VIRUS_CHECK = "virus check"
    VALIDATION = "validation"
    POLICY_ASSIGNMENT = "policy assignment"
    QUARANTINE = "quarantine"
    DELETION = "deletion"
    NORMALIZATION = "normalization"
    SIGNATURE_VALIDATION = "digital signature validation"
    INFORMATION_PACKAGE_CREATION = "information package creation"
    METADATA_MODIFICATION = "metadata modification"
    REPLICATION = "replication"
    ACCESSION = "accession"
    INGESTION_END = "ingestion end"

    @property
    def code(self) -> str:
        """The term's code under id.loc.gov/vocabulary/preservation/eventType/."""
        return _CODES[self]


_CODES = {
    EventType.TRANSFER: "tra",
    EventType.INGESTION_START: "ins",
    EventType.UNPACKING: "unp",
    EventType.MESSAGE_DIGEST_CALCULATION: "mes",
    EventType.FIXITY_CHECK: "fix",
    EventType.FORMAT_IDENTIFICATION: "for",
    EventType.VIRUS_CHECK: "vir",
    EventType.VALIDATION: "val",
    EventType.POLICY_ASSIGNMENT: "poa",
    EventType.QUARANTINE: "qua",
    EventType.DELETION: "del",
    EventType.NORMALIZATION: "nor",
    EventType.SIGNATURE_VALIDATION: "dig",
    EventType.INFORMATION_PACKAGE_CREATION: "ipc",
    EventType.METADATA_MODIFICATION: "mem",
    EventType.REPLICATION: "rep",
    EventType.ACCESSION: "acc",
    EventType.INGESTION_END: "ine",
}


class EventOutcome(StrEnum):
    """How an event ended (eventOutcome vocabulary of the Library of Congress)."""

    SUCCESS = "success"
    FAIL = "fail"
    WARNING = "warning"


class AgentKind(StrEnum):
    """PREMIS agentType."""

    ORGANIZATION = "organization"
    PERSON = "person"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who or what carried an event out; `id` is stable for the same kind, name and version."""

    kind: AgentKind
    name: str
    version: str = ""

    @property
    def id(self) -> str:
        """An identifier derived from what the agent is."""
        return f"{self.kind}:{self.name}" + (f":{self.version}" if self.version else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservationEvent:
    """One event: one per step and identical outcome, and one per deviating outcome (DESIGN §3).

    `objects` are the delivered paths that it concerns, and `derived` the AIP paths of the preservation copies; both
    empty means every delivered object of the package. A normalization makes its `derived` of its `objects`. `scan` is
    what a virus check came to, once; empty for every other event.
    """

    id: str
    type: EventType
    at: datetime
    step: str
    outcome: EventOutcome
    detail: str
    agents: tuple[Agent, ...]
    objects: tuple[PackagePath, ...] = ()
    derived: tuple[PackagePath, ...] = ()
    scan: tuple[ScanResult, ...] = ()


def derived_id(delivery: str, *parts: str) -> str:
    """Name something of a delivery so that a replay names it alike: a version 5 UUID of the delivery and the parts."""
    return str(uuid5(UUID(delivery), "/".join(parts)))
