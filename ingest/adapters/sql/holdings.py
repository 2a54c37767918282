"""Packages, agreements and journal records: what `rebuild` recreates from storage."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, case, func, or_, select

from ingest.adapters.sql.conversions import add_conversions
from ingest.adapters.sql.deliveries import add_events, add_findings, forget
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.objects import stage
from ingest.adapters.sql.rows import Row, decoded, delivery_row, encoded, storable
from ingest.adapters.sql.tables import agreements, deliveries, format_policies, journal_records, packages
from ingest.domain.agreements import Standing, SubmissionAgreement
from ingest.domain.conversions import Conversion
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding
from ingest.domain.format_policy import FormatPolicy
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.journal import EMPTY_CHAIN, ChainHead, Header, JournalRecord, Subject, SubjectKind
from ingest.domain.packages import StagedObject
from ingest.domain.provenance import PreservationEvent
from ingest.errors import ObjectExists, UnknownSubject

_ARCHIVED = deliveries.c.state == DeliveryState.ARCHIVED.value
_PACKAGE = select(packages.c.body).where(
    packages.c.package == bindparam("of"), packages.c.generation == bindparam("nth")
)
_GENERATIONS = (
    select(packages.c.package, packages.c.generation, packages.c.body)
    .join(deliveries, deliveries.c.id == packages.c.delivery)
    .where(_ARCHIVED)
)
_PACKAGES = _GENERATIONS.order_by(packages.c.stored_at, packages.c.package, packages.c.generation)
_CURRENT = (
    _GENERATIONS.with_only_columns(packages.c.body)
    .where(packages.c.package == bindparam("of"))
    .order_by(packages.c.generation.desc())
    .limit(1)
)
_GENERATIONS_OF = (
    _GENERATIONS.with_only_columns(packages.c.body)
    .where(packages.c.package == bindparam("of"))
    .order_by(packages.c.generation)
)
# The archive's own ids come before a producer's, what is archived before what is not, what is meant before what is
# tried, the newest before the older.
_FIND = (
    select(deliveries.c.id, deliveries.c.package, deliveries.c.state)
    .where(
        or_(
            deliveries.c.id == bindparam("named"),
            deliveries.c.package == bindparam("named"),
            deliveries.c.delivery == bindparam("named"),
        )
    )
    .order_by(
        case((deliveries.c.id == bindparam("named"), 0), (deliveries.c.package == bindparam("named"), 1), else_=2),
        case((_ARCHIVED, 0), else_=1),
        deliveries.c.trial,
        deliveries.c.generation.desc(),
        deliveries.c.received_at.desc(),
        deliveries.c.attempt.desc(),
    )
    .limit(1)
)
_AGREEMENTS = select(agreements.c.body).where(agreements.c.id == bindparam("of")).order_by(agreements.c.version.desc())
_VERSIONS = _AGREEMENTS.with_only_columns(agreements.c.version)
_NEWEST = select(agreements.c.id, func.max(agreements.c.version).label("version")).group_by(agreements.c.id).subquery()
_NEWEST_AGREEMENTS = select(agreements.c.id, agreements.c.body).join(
    _NEWEST, and_(agreements.c.id == _NEWEST.c.id, agreements.c.version == _NEWEST.c.version)
)
_AGREEMENT = _AGREEMENTS.where(agreements.c.version == bindparam("nth"))
_POLICIES = select(format_policies.c.body).order_by(format_policies.c.version.desc())
_POLICY = _POLICIES.where(format_policies.c.version == bindparam("nth"))
_CHAIN = journal_records.c.kind == bindparam("of"), journal_records.c.subject == bindparam("named")
_HEAD = (
    select(journal_records.c.sequence, journal_records.c.digest)
    .where(*_CHAIN)
    .order_by(journal_records.c.sequence.desc())
    .limit(1)
)
_ENTRY = select(journal_records.c.digest).where(*_CHAIN, journal_records.c.sequence == bindparam("nth"))
_ENTRIES = select(journal_records.c.header, journal_records.c.digest).order_by(
    journal_records.c.kind, journal_records.c.subject, journal_records.c.sequence
)
_LAST_OF_KIND = (
    select(journal_records.c.header, journal_records.c.digest)
    .where(journal_records.c.kind == bindparam("of"))
    .order_by(journal_records.c.subject.desc(), journal_records.c.sequence.desc())
    .limit(1)
)
_OF_CHAIN = (
    select(journal_records.c.header, journal_records.c.digest).where(*_CHAIN).order_by(journal_records.c.sequence)
)


class SqlHoldings:
    """Archived packages, agreements and journal heads."""

    _database: Database

    def register_package(self, package: ArchivedPackage) -> None:
        """Record a generation of a package; the same again is no error. Raises ObjectExists for another."""
        row: Row = {
            "package": package.package,
            "generation": package.generation,
            "delivery": package.delivery_id,
            "stored_at": package.stored_at,
            "body": encoded(package),
        }
        with self._database.writing() as connection:
            if connection.execute(self._database.insert_new(packages), row).rowcount == 1:
                return
            recorded = connection.scalar(_PACKAGE, {"of": package.package, "nth": package.generation})
        _require_same(f"{package.package} v{package.generation}", recorded, row["body"])

    def packages(self) -> tuple[ArchivedPackage, ...]:
        """List every archived package's current generation, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(_PACKAGES).all()
        newest: dict[str, int] = {}
        for package, generation, _ in rows:
            newest[package] = max(generation, newest.get(package, 0))
        return tuple(decoded(body, ArchivedPackage) for package, nth, body in rows if nth == newest[package])

    def package(self, package_id: str) -> ArchivedPackage | None:
        """Give an archived package's current generation, None when no delivery of that package is archived."""
        with self._database.reading() as connection:
            body = connection.scalar(_CURRENT, {"of": storable(package_id)})
        return None if body is None else decoded(body, ArchivedPackage)

    def generations(self, package_id: str) -> tuple[ArchivedPackage, ...]:
        """List every archived generation of a package, oldest first."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_GENERATIONS_OF, {"of": storable(package_id)}).all()
        return tuple(decoded(body, ArchivedPackage) for body in bodies)

    def find(self, reference: str) -> tuple[str | None, str]:
        """Resolve a package id, delivery id or producer's delivery id to (package, delivery). Raises UnknownSubject.

        The package is None until the delivery is archived. A producer's id stands for its archived delivery, and for
        its newest when none is archived; for a test delivery only when there is no other.
        """
        with self._database.reading() as connection:
            found = connection.execute(_FIND, {"named": storable(reference)}).one_or_none()
        if found is None:
            raise UnknownSubject(
                f"Det finns inget paket och ingen leverans med identiteten {reference}.",
                f"There is no package and no delivery with the id {reference}.",
            )
        archived = found.state == DeliveryState.ARCHIVED.value
        return (found.package if archived else None), found.id

    def agreement(self, agreement_id: str) -> SubmissionAgreement | None:
        """Give the newest version of an agreement that is in force, None when there is none."""
        # Each may hold whole schemas: no more of them are read than must be.
        of = storable(agreement_id)
        with self._database.reading() as connection:
            for version in connection.scalars(_VERSIONS, {"of": of}).all():
                body = connection.execute(_AGREEMENT, {"of": of, "nth": version}).scalar_one()
                one = decoded(body, SubmissionAgreement)
                if one.standing is Standing.IN_FORCE:
                    return one
        return None

    def agreements(self) -> tuple[SubmissionAgreement, ...]:
        """List the newest version of every agreement, drafts too, by id."""
        with self._database.reading() as connection:
            newest = {row.id: row.body for row in connection.execute(_NEWEST_AGREEMENTS)}
        return tuple(decoded(body, SubmissionAgreement) for _, body in sorted(newest.items()))

    def agreement_versions(self, agreement_id: str) -> tuple[SubmissionAgreement, ...]:
        """List every version of an agreement, drafts too, oldest first; none when it is not registered."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_AGREEMENTS, {"of": storable(agreement_id)}).all()
        return tuple(decoded(body, SubmissionAgreement) for body in reversed(bodies))

    def agreement_version(self, agreement_id: str, version: int) -> SubmissionAgreement:
        """Give exactly that version of an agreement. Raises UnknownSubject."""
        with self._database.reading() as connection:
            body = connection.scalar(_AGREEMENT, {"of": storable(agreement_id), "nth": version})
        if body is None:
            raise UnknownSubject(
                f"Överenskommelsen {agreement_id} finns inte i version {version}.",
                f"There is no version {version} of the agreement {agreement_id}.",
            )
        return decoded(body, SubmissionAgreement)

    def add_agreement(self, agreement: SubmissionAgreement) -> None:
        """Record a version of an agreement; the same again is no error. Raises ObjectExists for another."""
        row: Row = {"id": storable(agreement.id), "version": agreement.version, "body": encoded(agreement)}
        with self._database.writing() as connection:
            if connection.execute(self._database.insert_new(agreements), row).rowcount == 1:
                return
            recorded = connection.scalar(_AGREEMENT, {"of": storable(agreement.id), "nth": agreement.version})
        _require_same(f"{agreement.id} v{agreement.version}", recorded, row["body"])

    def format_policy(self) -> FormatPolicy | None:
        """Give the newest version of the format policy, None before the first."""
        with self._database.reading() as connection:
            body = connection.scalar(_POLICIES.limit(1))
        return None if body is None else decoded(body, FormatPolicy)

    def add_format_policy(self, policy: FormatPolicy) -> None:
        """Record a version of the format policy; the same again is no error. Raises ObjectExists for another."""
        row: Row = {"version": policy.version, "body": encoded(policy)}
        with self._database.writing() as connection:
            if connection.execute(self._database.insert_new(format_policies), row).rowcount == 1:
                return
            recorded = connection.scalar(_POLICY, {"nth": policy.version})
        _require_same(f"format policy v{policy.version}", recorded, row["body"])

    def restore(
        self,
        delivery: Delivery,
        events: Sequence[PreservationEvent],
        findings: Sequence[Finding],
        staged: Sequence[StagedObject],
        conversions: Sequence[Conversion] = (),
    ) -> None:
        """Put back a delivery with what belongs to it (`rebuild` only); the same again is no error."""
        with self._database.writing() as connection:
            forget(connection, delivery.id)
            connection.execute(deliveries.insert(), delivery_row(delivery))
            add_events(connection, self._database, delivery.id, tuple(events))
            add_findings(connection, delivery.id, tuple(findings))
            stage(connection, self._database, delivery.id, staged)
            add_conversions(connection, self._database, delivery.id, conversions)

    def chain_head(self, subject: Subject) -> ChainHead:
        """Give the last journal entry of a chain, EMPTY_CHAIN when it has none."""
        with self._database.reading() as connection:
            head = connection.execute(_HEAD, _chain(subject)).one_or_none()
        return EMPTY_CHAIN if head is None else ChainHead(sequence=head.sequence, digest=head.digest)

    def add_journal_record(self, record: JournalRecord) -> None:
        """Record that an entry is durable; the same again is no error. Raises ObjectExists for another."""
        header = record.header
        row: Row = {
            "kind": header.subject.kind.value,
            "subject": header.subject.id,
            "sequence": header.sequence,
            "digest": record.digest,
            "header": encoded(header),
        }
        with self._database.writing() as connection:
            if connection.execute(self._database.insert_new(journal_records), row).rowcount == 1:
                return
            recorded = connection.scalar(_ENTRY, {**_chain(header.subject), "nth": header.sequence})
        _require_same(f"{header.subject.kind}/{header.subject.id}/{header.sequence}", recorded, record.digest)

    def chain(self, subject: Subject) -> tuple[JournalRecord, ...]:
        """List the recorded entries of one chain by sequence; one that storage has lost is not among them."""
        with self._database.reading() as connection:
            rows = connection.execute(_OF_CHAIN, _chain(subject)).all()
        return tuple(JournalRecord(header=decoded(header, Header), digest=digest) for header, digest in rows)

    def last_record(self, kind: SubjectKind) -> JournalRecord | None:
        """Give the last recorded entry of the chain of that kind whose id comes last; None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(_LAST_OF_KIND, {"of": kind.value}).one_or_none()
        return None if row is None else JournalRecord(header=decoded(row.header, Header), digest=row.digest)

    def journal_records(self) -> tuple[JournalRecord, ...]:
        """List all recorded entries by subject and sequence."""
        with self._database.reading() as connection:
            rows = connection.execute(_ENTRIES).all()
        return tuple(JournalRecord(header=decoded(header, Header), digest=digest) for header, digest in rows)


def _chain(subject: Subject) -> dict[str, str]:
    return {"of": subject.kind.value, "named": subject.id}


def _require_same(name: str, recorded: str | None, given: str) -> None:
    if recorded != given:
        raise ObjectExists(
            f"{name} är redan registrerad med andra uppgifter.",
            f"{name} is already registered with other values.",
        )
