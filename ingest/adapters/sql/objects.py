"""Delivered and generated files, and what was recorded of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import require_fence
from ingest.adapters.sql.rows import decoded, examination_of, examination_text, staged_row
from ingest.adapters.sql.tables import events, findings, generated_files, objects
from ingest.domain.findings import Finding
from ingest.domain.packages import Examination, GeneratedFile, StagedObject
from ingest.domain.provenance import PreservationEvent
from ingest.errors import ObjectExists, UnknownSubject
from ingest.ports import Lease

_STAGED = (
    select(objects.c.ordinal, objects.c.path, objects.c.size, objects.c.sha256, objects.c.key)
    .where(objects.c.delivery == bindparam("delivery"))
    .order_by(objects.c.ordinal)
)
_UNEXAMINED = _STAGED.where(objects.c.examination.is_(None)).limit(bindparam("most"))
_BETWEEN = _STAGED.where(objects.c.ordinal.between(bindparam("first"), bindparam("last")))
_EXAMINED = (
    select(objects.c.ordinal, objects.c.examination)
    .where(objects.c.delivery == bindparam("delivery"), objects.c.examination.is_not(None))
    .order_by(objects.c.ordinal)
)
_RECORD = (
    update(objects)
    .where(objects.c.delivery == bindparam("of"), objects.c.ordinal == bindparam("nth"))
    .values(examination=bindparam("found"))
)
_GENERATED = (
    select(generated_files.c.body)
    .where(generated_files.c.delivery == bindparam("delivery"))
    .order_by(generated_files.c.aip_path)
)
_EVENTS = select(events.c.body).where(events.c.delivery == bindparam("delivery")).order_by(events.c.position)
_FINDINGS = select(findings.c.body).where(findings.c.delivery == bindparam("delivery")).order_by(findings.c.position)


class SqlObjects:
    """The delivered objects of each delivery, in batches that can be resumed."""

    _database: Database

    def add_staged(self, delivery_id: str, objects: Sequence[StagedObject]) -> None:
        """Record staged objects; one already recorded with the same values is no error. Raises ObjectExists."""
        with self._database.writing() as connection:
            stage(connection, self._database, delivery_id, objects)

    def staged(self, delivery_id: str) -> tuple[StagedObject, ...]:
        """List all staged objects in delivered order."""
        with self._database.reading() as connection:
            return _objects_of(connection.execute(_STAGED, {"delivery": delivery_id}))

    def unexamined(self, delivery_id: str, limit: int) -> tuple[StagedObject, ...]:
        """List the next objects that have no examination yet, in order, at most `limit`."""
        with self._database.reading() as connection:
            rows = connection.execute(_UNEXAMINED, {"delivery": delivery_id, "most": limit})
            return _objects_of(rows)

    def record_examinations(self, lease: Lease, examinations: Sequence[Examination]) -> None:
        """Record a batch of examinations. Raises LeaseLost; UnknownSubject for an object that is not staged."""
        if not examinations:
            return
        rows = [{"of": lease.delivery, "nth": e.ordinal, "found": examination_text(e)} for e in examinations]
        with self._database.writing() as connection:
            require_fence(connection, lease)
            if connection.execute(_RECORD, rows).rowcount != len(rows):
                raise UnknownSubject(
                    f"Leverans {lease.delivery} har inte alla de filer som undersöktes.",
                    f"Delivery {lease.delivery} does not hold all the files that were examined.",
                )

    def examinations(self, delivery_id: str) -> tuple[Examination, ...]:
        """List all examinations in delivered order."""
        with self._database.reading() as connection:
            rows = connection.execute(_EXAMINED, {"delivery": delivery_id})
            return tuple(examination_of(ordinal, found) for ordinal, found in rows)

    def generated(self, delivery_id: str) -> tuple[GeneratedFile, ...]:
        """List the files that were generated for the delivery, by AIP path."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_GENERATED, {"delivery": delivery_id}).all()
        return tuple(decoded(body, GeneratedFile) for body in bodies)

    def events(self, delivery_id: str) -> tuple[PreservationEvent, ...]:
        """List the delivery's events in the order they were recorded."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_EVENTS, {"delivery": delivery_id}).all()
        return tuple(decoded(body, PreservationEvent) for body in bodies)

    def findings(self, delivery_id: str) -> tuple[Finding, ...]:
        """List the delivery's findings in the order they were recorded."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_FINDINGS, {"delivery": delivery_id}).all()
        return tuple(decoded(body, Finding) for body in bodies)


def stage(connection: Connection, database: Database, delivery_id: str, staged: Sequence[StagedObject]) -> None:
    """Record staged objects; those already recorded must be the same. Raises ObjectExists, UnknownSubject."""
    if not staged:
        return
    added = connection.execute(database.insert_new(objects), [staged_row(delivery_id, o) for o in staged]).rowcount
    if added != len(staged):
        _compare(connection, delivery_id, staged)


def _compare(connection: Connection, delivery_id: str, staged: Sequence[StagedObject]) -> None:
    ordinals = [o.ordinal for o in staged]
    reach = {"delivery": delivery_id, "first": min(ordinals), "last": max(ordinals)}
    recorded = frozenset(_objects_of(connection.execute(_BETWEEN, reach)))
    if not recorded.issuperset(staged):
        raise ObjectExists(
            f"Leverans {delivery_id} har redan andra filer under samma nummer eller sökväg.",
            f"Delivery {delivery_id} already has other files under the same number or path.",
        )


def _objects_of(rows: Iterable[Any]) -> tuple[StagedObject, ...]:
    return tuple(
        StagedObject(ordinal=ordinal, path=path, size=size, sha256=sha256, key=key)
        for ordinal, path, size, sha256, key in rows
    )
