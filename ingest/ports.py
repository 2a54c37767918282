"""The outside world: what the core asks of stores, catalogue, clock and ids.

Beside it lie the tools (`tool_ports`), and what the network, operators, test deliveries, decisions on access and the
desk ask (`network_ports`, `operator_ports`, `trial_ports`, `access_ports`, `desk_ports`).

Every method may raise `ingest.errors.EarkivError` and nothing else from below; each adapter passes the one contract
class of its port in `tests/contracts/`. Keys are relative POSIX paths; sizes are bytes; digests SHA-256 in hex.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from ingest.access_ports import AccessLedger
from ingest.desk_ports import DeskLedger
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.conversions import Conversion
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, Identity
from ingest.domain.findings import Finding
from ingest.domain.fixity import Fixity
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import ChainHead, JournalRecord, Subject, SubjectKind
from ingest.domain.packages import (
    Examination,
    GeneratedFile,
    StagedObject,
)
from ingest.domain.provenance import PreservationEvent
from ingest.network_ports import NetworkLedger
from ingest.operator_ports import OperationsLedger
from ingest.trial_ports import TrialLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a store says of an object it holds."""

    key: str
    size: int


class ObjectStore(Protocol):
    """Write-once objects under keys: staging, and the archive.

    The same bytes again are success, others ObjectExists. An object is seen whole or not at all, durable on return.
    """

    @property
    def name(self) -> str:
        """The store's name in receipts and operations logs."""

    def put(self, key: str, chunks: Iterable[bytes]) -> Fixity:
        """Store the bytes in one pass and say what they were. Raises ObjectExists, OutOfSpace, StoreReadOnly."""

    def put_all(self, objects: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Fixity, ...]:
        """Put a batch (key, bytes), each read to its end before the next is asked for; durable together, on return.

        Raises what `put` does, and then any of them may be stored; the same batch again is success.
        """

    def adopt(self, key: str, source: "ObjectStore", source_key: str, expected: Fixity) -> None:
        """Take over an object from another store, without moving bytes where the two can (link, server-side copy)."""

    def replace(self, key: str, content: bytes) -> None:
        """Put or replace a small object in one atomic move: for an OCFL root inventory and its side-car only."""

    def open(self, key: str) -> BinaryIO:
        """Read an object from its start; the caller closes. Raises ObjectMissing."""

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Lend a read-only local path to the object, for tools that take paths only. Raises ObjectMissing."""

    def stat(self, key: str) -> Stored | None:
        """Say what is stored under the key, None when nothing is."""

    def keys(self, prefix: str) -> Iterator[str]:
        """List all keys under a folder prefix (ending in `/`, or "" for all), sorted."""

    def prove_room(self, needed: int) -> None:
        """Raise OutOfSpace where so many more bytes do not fit; a store that cannot tell says nothing."""

    def room(self) -> int | None:
        """Say how many more bytes fit, None where the store cannot tell."""

    def capacity(self) -> int | None:
        """Say how many bytes fit in all, however much of it is taken; None where the store cannot tell."""

    def delete(self, keys: Iterable[str]) -> None:
        """Delete exactly these keys; one that is absent is no error. Never a prefix."""

    def sweep_temporary(self, older_than: timedelta) -> tuple[str, ...]:
        """Remove what crashes left under no key and nobody has written to for that long; say the names removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on one delivery: `fence` grows with every grant and outdates all before it."""

    delivery: str
    owner: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerIdentity:
    """A working process: `owner` names it alone, `boot_id` its boot and set of process numbers, `started` its start."""

    owner: str
    boot_id: str
    pid: int
    started: str


class DeliveryLedger(Protocol):
    """Deliveries, their leases and the work on them."""

    def open_upload(self, delivery: Delivery) -> None:
        """Register an upload (state `uploading`)."""

    def delivery(self, delivery_id: str) -> Delivery:
        """Give a delivery by the archive's id. Raises UnknownSubject."""

    def uploads_from(self, source_name: str) -> tuple[Delivery, ...]:
        """Find unfinished uploads (state `uploading`) of a source, oldest first."""

    def unfinished(self) -> tuple[Delivery, ...]:
        """List every delivery that is not final, uploads and held ones too, oldest first."""

    def discard_upload(self, delivery_id: str) -> None:
        """Forget an upload (state `uploading`) and its staged objects; one that is gone already is no error."""

    def attempts(self, producer: str, delivery: str) -> tuple[Delivery, ...]:
        """List every delivery of that identity, oldest first, repeats and test deliveries left out."""

    def enrol(self, worker: WorkerIdentity) -> None:
        """Make a worker known before it takes its first lease, so that others can tell when it is dead."""

    def beat(self, owner: str) -> None:
        """Give a sign of life, several times in the patience others have. Raises UnknownSubject when not enrolled."""

    def living(self) -> tuple[str, ...]:
        """List the workers that are not known to be dead, whether they hold anything or not."""

    def acquire(self, delivery_id: str, owner: str) -> Lease | None:
        """Take the lease, None while another owner that is alive holds it. Raises UnknownSubject."""

    def release(self, lease: Lease) -> None:
        """Give the lease back; a lease already outdated is no error."""

    def holds(self, lease: Lease) -> bool:
        """Say whether the lease is the newest grant, and not given back."""

    def decision(self, delivery_id: str, step: str, version: int) -> str | None:
        """Give the committed decision (JSON) of a step at that version of the delivery, None when none was made."""

    def commit_decision(self, lease: Lease, step: str, version: int, decision: str) -> str:
        """Commit a decision before its first effect and give the one that holds. Raises LeaseLost."""

    def revoke_decision(self, lease: Lease, step: str, version: int) -> None:
        """Forget a decision of which nothing has been carried out. Raises LeaseLost."""

    def commit(self, lease: Lease, transition: Transition) -> None:
        """Commit all of it and the next outbox row in one transaction. Raises LeaseLost, IdentityTaken."""

    def log_attempt(self, lease: Lease, step: str, outcome: str, detail: str) -> None:
        """Write the operations log: attempts and machine faults, which never enter PREMIS."""

    def logged(self, delivery_id: str, outcome: str) -> tuple[str, ...]:
        """Give the details that the operations log holds of that outcome, oldest first."""


class ObjectLedger(Protocol):
    """The delivered objects of each delivery, in batches that can be resumed."""

    def add_staged(self, delivery_id: str, objects: Sequence[StagedObject]) -> None:
        """Record staged objects; one already recorded with the same values is no error."""

    def staged(self, delivery_id: str) -> tuple[StagedObject, ...]:
        """List all staged objects in delivered order."""

    def unexamined(self, delivery_id: str, limit: int) -> tuple[StagedObject, ...]:
        """List the next objects that have no examination yet, in order, at most `limit`."""

    def record_examinations(self, lease: Lease, examinations: Sequence[Examination]) -> None:
        """Record a batch of examinations. Raises LeaseLost."""

    def examinations(self, delivery_id: str) -> tuple[Examination, ...]:
        """List all examinations in delivered order."""

    def record_conversions(self, lease: Lease, conversions: Sequence[Conversion]) -> None:
        """Record a batch of conversions. Raises LeaseLost."""

    def conversions(self, delivery_id: str) -> tuple[Conversion, ...]:
        """List what became of every conversion of the delivery so far, by ordinal of its source."""

    def generated(self, delivery_id: str) -> tuple[GeneratedFile, ...]:
        """List the files that were generated for the delivery, by AIP path."""

    def events(self, delivery_id: str) -> tuple[PreservationEvent, ...]:
        """List the delivery's events in the order they were recorded."""

    def findings(self, delivery_id: str) -> tuple[Finding, ...]:
        """List the delivery's findings in the order they were recorded."""


class PackageRegister(Protocol):
    """Packages and journal heads of the archive, or of the test store."""

    def register_package(self, package: ArchivedPackage) -> None:
        """Record a generation of a package, whose entry is in the journal; the same again is no error."""

    def package(self, package_id: str) -> ArchivedPackage | None:
        """Give a package's current generation, None when no delivery of that package is archived (or tested)."""

    def chain_head(self, subject: Subject) -> ChainHead:
        """Give the last journal entry of a chain, EMPTY_CHAIN when it has none."""

    def add_journal_record(self, record: JournalRecord) -> None:
        """Record that an entry is durable in the journal; the same again is no error."""


class HoldingsLedger(PackageRegister, Protocol):
    """Archived packages, agreements and journal heads: what `rebuild` recreates from storage."""

    def packages(self) -> tuple[ArchivedPackage, ...]:
        """List every archived package's current generation, oldest first."""

    def generations(self, package_id: str) -> tuple[ArchivedPackage, ...]:
        """List every archived generation of a package, oldest first."""

    def find(self, reference: str) -> tuple[str | None, str]:
        """Resolve a package id, delivery id or producer's delivery id to (package, delivery). Raises UnknownSubject."""

    def agreement(self, agreement_id: str) -> SubmissionAgreement | None:
        """Give the newest version of an agreement that is in force, None when there is none."""

    def agreements(self) -> tuple[SubmissionAgreement, ...]:
        """List the newest version of every agreement, drafts too, by id."""

    def agreement_versions(self, agreement_id: str) -> tuple[SubmissionAgreement, ...]:
        """List every version of an agreement, drafts too, oldest first; none when it is not registered."""

    def agreement_version(self, agreement_id: str, version: int) -> SubmissionAgreement:
        """Give exactly that version of an agreement. Raises UnknownSubject."""

    def restore(
        self,
        delivery: Delivery,
        events: Sequence[PreservationEvent],
        findings: Sequence[Finding],
        staged: Sequence[StagedObject],
        conversions: Sequence[Conversion] = (),
    ) -> None:
        """Put back a delivery with what belongs to it (`rebuild` only); the same again is no error."""

    def add_agreement(self, agreement: SubmissionAgreement) -> None:
        """Record a version of an agreement."""

    def format_policy(self) -> FormatPolicy | None:
        """Give the newest version of the format policy, None before the first."""

    def add_format_policy(self, policy: FormatPolicy) -> None:
        """Record a version of the format policy; the same again is no error."""

    def chain(self, subject: Subject) -> tuple[JournalRecord, ...]:
        """List the recorded entries of one chain by sequence; one that storage has lost is not among them."""

    def last_record(self, kind: SubjectKind) -> JournalRecord | None:
        """Give the last recorded entry of the chain of that kind whose id comes last; None where there is none."""

    def journal_records(self) -> tuple[JournalRecord, ...]:
        """List all recorded entries by subject and sequence."""


class Outbox(Protocol):
    """Messages that say only "advance delivery D"; losing or doubling them does no harm."""

    def pending(self, limit: int) -> tuple[tuple[int, str], ...]:
        """List (row, delivery id) not yet sent that nobody works on, oldest first."""

    def sent(self, rows: Sequence[int]) -> None:
        """Forget rows that were handed on."""


class Catalogue(
    DeliveryLedger,
    TrialLedger,
    ObjectLedger,
    HoldingsLedger,
    Outbox,
    NetworkLedger,
    OperationsLedger,
    AccessLedger,
    DeskLedger,
    Protocol,
):
    """The database: an index and a work ledger, never the only place of anything archived."""

    def identity_of(self, delivery_id: str) -> Identity | None:
        """Give the identity under which a delivery is registered, None while it is unknown."""


class Signer(Protocol):
    """The archive's signing key."""

    @property
    def key_id(self) -> str:
        """The id of the key that signs now."""

    def sign(self, key_id: str, message: bytes) -> str:
        """Give the Ed25519 signature (base64url, unpadded), the same each time. Raises ConfigurationError: no key."""

    def verify(self, key_id: str, message: bytes, signature: str) -> bool:
        """Say whether a signature by that key holds; False for an unknown key."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """Give the time in UTC, whole seconds."""

    def seconds(self) -> float:
        """Give seconds since some moment, on a clock that nobody can set: for how long something took."""


class Ids(Protocol):
    """Fresh identifiers and salts."""

    def new(self) -> str:
        """Give a new UUID."""

    def secret(self) -> str:
        """Give 32 random bytes in hexadecimal, for salts."""
