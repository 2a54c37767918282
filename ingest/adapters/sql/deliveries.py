"""Deliveries: their states, their decisions, and the one transaction that ends a step (DESIGN §1.2)."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import lease_lost, require_fence, unknown_delivery
from ingest.adapters.sql.queue import next_turn
from ingest.adapters.sql.rows import decoded, delivery_row, encoded, storable
from ingest.adapters.sql.tables import (
    UNDER_WAY,
    conversions,
    decisions,
    deliveries,
    events,
    findings,
    generated_files,
    leases,
    objects,
    operations,
    outbox,
)
from ingest.adapters.sql.tallies import add_tallies
from ingest.adapters.sql.webhooks import tell
from ingest.domain.decisions import Transition, is_over
from ingest.domain.deliveries import FINAL_STATES, Delivery, DeliveryState, Identity, IdentityTaken
from ingest.domain.findings import Finding
from ingest.domain.packages import GeneratedFile
from ingest.domain.provenance import PreservationEvent
from ingest.domain.tallies import Counted, Tally, tallies_of, weighs
from ingest.domain.webhooks import news_of
from ingest.errors import HandedBack, LeaseLost, ObjectExists, UnknownSubject, fault_named
from ingest.ports import Lease

_BODY = select(deliveries.c.body).where(deliveries.c.id == bindparam("delivery"))
_UPLOADS = (
    select(deliveries.c.body)
    .where(
        text(UNDER_WAY),
        deliveries.c.state == DeliveryState.UPLOADING.value,
        deliveries.c.source == bindparam("name"),
    )
    .order_by(deliveries.c.received_at, deliveries.c.id)
)
_UNFINISHED = select(deliveries.c.body).where(text(UNDER_WAY)).order_by(deliveries.c.received_at, deliveries.c.id)
_OF_IDENTITY = (
    select(deliveries.c.body)
    .where(
        deliveries.c.producer == bindparam("of"),
        deliveries.c.delivery == bindparam("named"),
        deliveries.c.repeat_of.is_(None),
    )
    .order_by(deliveries.c.attempt, deliveries.c.received_at, deliveries.c.id)
)
_ATTEMPTS, _TRIALS = _OF_IDENTITY.where(deliveries.c.trial.is_(False)), _OF_IDENTITY.where(deliveries.c.trial)
_OLD_TRIALS = (
    select(deliveries.c.body)
    .where(
        deliveries.c.trial,
        deliveries.c.received_at < bindparam("then"),
        deliveries.c.state.in_([state.value for state in FINAL_STATES]),
        deliveries.c.repeat_of.is_(None),
    )
    .order_by(deliveries.c.received_at, deliveries.c.id)
)
_FINAL_TRIAL = select(deliveries.c.id).where(
    deliveries.c.id == bindparam("of"),
    deliveries.c.trial,
    deliveries.c.state.in_([state.value for state in FINAL_STATES]),
)
_REPEATS = select(deliveries.c.id).where(deliveries.c.repeat_of == bindparam("of"))
_DECISION = select(decisions.c.body).where(
    decisions.c.delivery == bindparam("delivery"),
    decisions.c.step == bindparam("step"),
    decisions.c.version == bindparam("version"),
)
_LOGGED = (
    select(operations.c.detail)
    .where(operations.c.delivery == bindparam("of"), operations.c.outcome == bindparam("what"))
    .order_by(operations.c.id)
)
_MOVE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("moved"), deliveries.c.version == bindparam("before"))
    .values(moved_at=func.current_timestamp(), fault=None)
)
_HINDERED = update(deliveries).where(deliveries.c.id == bindparam("of")).values(fault=bindparam("what"))
_WEIGHED = select(func.coalesce(func.sum(objects.c.size), 0)).where(objects.c.delivery == bindparam("of"))
_LAST_EVENT, _LAST_FINDING = (
    select(func.coalesce(func.max(table.c.position), 0)).where(table.c.delivery == bindparam("of"))
    for table in (events, findings)
)
NO_HINDRANCE: Final = (LeaseLost, HandedBack)
"""Faults after which a delivery is another's, or anybody's, at once."""
_ADD_FINDING = findings.insert()
_CALL, _CALLED = outbox.insert(), delete(outbox).where(outbox.c.delivery == bindparam("of"))
_FORGOTTEN: Final = (
    *(
        delete(table).where(table.c.delivery == bindparam("of"))
        for table in (findings, events, generated_files, conversions, decisions, objects, leases, outbox)
    ),
    delete(deliveries).where(deliveries.c.id == bindparam("of")),
)
"""What removes a delivery's row, after all that belongs to it."""
"""Tables whose rows belong to a delivery."""


class SqlDeliveries:
    """Deliveries and the work on them."""

    _database: Database

    def open_upload(self, delivery: Delivery) -> None:
        """Register an upload (state `uploading`); the same again is no error. Raises ObjectExists for another."""
        row = delivery_row(delivery)
        with self._database.writing() as connection:
            if connection.execute(self._database.insert_new(deliveries), row).rowcount == 1:
                return
            if connection.scalar(_BODY, {"delivery": delivery.id}) != row["body"]:
                raise ObjectExists(
                    f"Leverans {delivery.id} finns redan, med andra uppgifter.",
                    f"Delivery {delivery.id} exists already, with other values.",
                )

    def delivery(self, delivery_id: str) -> Delivery:
        """Give a delivery by the archive's id. Raises UnknownSubject."""
        with self._database.reading() as connection:
            body = connection.scalar(_BODY, {"delivery": storable(delivery_id)})
        if body is None:
            raise unknown_delivery(delivery_id)
        return decoded(body, Delivery)

    def uploads_from(self, source_name: str) -> tuple[Delivery, ...]:
        """Find unfinished uploads (state `uploading`) of a source, oldest first."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_UPLOADS, {"name": storable(source_name)}).all()
        return tuple(decoded(body, Delivery) for body in bodies)

    def unfinished(self) -> tuple[Delivery, ...]:
        """List every delivery that is not final, uploads and held ones too, oldest first."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_UNFINISHED).all()
        return tuple(decoded(body, Delivery) for body in bodies)

    def discard_upload(self, delivery_id: str) -> None:
        """Forget an upload (state `uploading`) and its staged objects; one that is gone already is no error."""
        state = select(deliveries.c.state).where(deliveries.c.id == delivery_id)
        with self._database.writing() as connection:
            if connection.scalar(state) == DeliveryState.UPLOADING.value:
                forget(connection, delivery_id)

    def attempts(self, producer: str, delivery: str) -> tuple[Delivery, ...]:
        """List every delivery of that identity, oldest first, repeats and test deliveries left out."""
        return self._of_identity(_ATTEMPTS, producer, delivery)

    def trials(self, producer: str, delivery: str) -> tuple[Delivery, ...]:
        """List every test delivery of that identity, oldest first, repeats left out."""
        return self._of_identity(_TRIALS, producer, delivery)

    def trials_received(self, before: datetime) -> tuple[Delivery, ...]:
        """List every test delivery received before then that is final, oldest first, repeats left out."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_OLD_TRIALS, {"then": before}).all()
        return tuple(decoded(body, Delivery) for body in bodies)

    def forget_trial(self, delivery_id: str) -> None:
        """Forget a test delivery that is final, its repeats and all that belongs to them; any other is left alone."""
        with self._database.writing() as connection:
            if connection.scalar(_FINAL_TRIAL, {"of": delivery_id}) is None:
                return
            for forgotten in (*connection.scalars(_REPEATS, {"of": delivery_id}).all(), delivery_id):
                forget(connection, forgotten)

    def _of_identity(self, asked: Select[Any], producer: str, delivery: str) -> tuple[Delivery, ...]:
        with self._database.reading() as connection:
            bodies = connection.scalars(asked, {"of": storable(producer), "named": storable(delivery)}).all()
        return tuple(decoded(body, Delivery) for body in bodies)

    def identity_of(self, delivery_id: str) -> Identity | None:
        """Give the identity under which a delivery is registered, None while it is unknown."""
        try:
            return self.delivery(delivery_id).identity
        except UnknownSubject:
            return None

    def decision(self, delivery_id: str, step: str, version: int) -> str | None:
        """Give the committed decision (JSON) of a step at that version of the delivery, None when none was made."""
        with self._database.reading() as connection:
            return connection.scalar(_DECISION, {"delivery": delivery_id, "step": step, "version": version})

    def commit_decision(self, lease: Lease, step: str, version: int, decision: str) -> str:
        """Commit a decision before its first effect and give the one that holds. Raises LeaseLost."""
        key = {"delivery": lease.delivery, "step": step, "version": version}
        with self._database.writing() as connection:
            require_fence(connection, lease)
            connection.execute(self._database.insert_new(decisions), {**key, "body": storable(decision)})
            holding: str = connection.execute(_DECISION, key).scalar_one()
        return holding

    def revoke_decision(self, lease: Lease, step: str, version: int) -> None:
        """Forget a decision of which nothing has been carried out, so that it is made anew. Raises LeaseLost."""
        revoked = delete(decisions).where(
            decisions.c.delivery == lease.delivery, decisions.c.step == step, decisions.c.version == version
        )
        with self._database.writing() as connection:
            require_fence(connection, lease)
            connection.execute(revoked)

    def commit(self, lease: Lease, transition: Transition) -> None:
        """Commit state, events, findings, generated files, the next outbox row and its news in one transaction.

        Compare-and-set on `before.version`. Raises LeaseLost when outdated by fence or version. Raises
        IdentityTaken when another delivery holds the same (producer, delivery, attempt).
        """
        with self._database.writing() as connection:
            require_fence(connection, lease)
            _move(connection, self._database, transition)
            add_events(connection, self._database, lease.delivery, transition.events, transition.seconds)
            add_findings(connection, lease.delivery, transition.findings)
            _add_generated(connection, self._database, lease.delivery, transition.generated)
            _call_for(connection, transition.after)
            weight = connection.scalar(_WEIGHED, {"of": lease.delivery}) if weighs(transition) else 0
            add_tallies(connection, self._database, lease.delivery, tallies_of(transition, int(weight or 0)))
            news = news_of(transition)
            if news is not None:
                # Last: from here on, whoever else has news for the same producer waits.
                tell(connection, self._database, news)

    def log_attempt(self, lease: Lease, step: str, outcome: str, detail: str) -> None:
        """Write the operations log: attempts and machine faults, which never enter PREMIS."""
        row = {
            "delivery": lease.delivery,
            "owner": lease.owner,
            "fence": lease.fence,
            "step": step,
            "outcome": outcome,
            "detail": storable(detail),
        }
        fault = fault_named(outcome)
        with self._database.writing() as connection:
            connection.execute(operations.insert(), row)
            if fault is None:
                return
            if fault not in NO_HINDRANCE:
                connection.execute(_HINDERED, {"of": lease.delivery, "what": outcome})
            tally = Tally(counted=Counted.FAULT, label=f"{step} {outcome}")
            add_tallies(connection, self._database, lease.delivery, (tally,))

    def logged(self, delivery_id: str, outcome: str) -> tuple[str, ...]:
        """Give the details that the operations log holds of that outcome, oldest first."""
        with self._database.reading() as connection:
            return tuple(connection.scalars(_LOGGED, {"of": delivery_id, "what": outcome}).all())


def _move(connection: Connection, database: Database, transition: Transition) -> None:
    before, after = transition.before, transition.after
    row = delivery_row(after)
    del row["id"]
    if before.state is DeliveryState.UPLOADING:
        row["turn"] = next_turn(connection, database, after.sender)
    try:
        found = connection.execute(_MOVE, {**row, "moved": before.id, "before": before.version}).rowcount
    except IntegrityError as error:
        # The only rule that this statement can break is the one on (producer, delivery, trial, attempt).
        raise IdentityTaken from error
    if found == 0:
        raise lease_lost(before.id)


def _call_for(connection: Connection, delivery: Delivery) -> None:
    """Leave exactly one message, newer than any that was read before, while there is something to do."""
    connection.execute(_CALLED, {"of": delivery.id})
    if not is_over(delivery):
        connection.execute(_CALL, {"delivery": delivery.id})


def add_events(
    connection: Connection,
    database: Database,
    delivery_id: str,
    added: tuple[PreservationEvent, ...],
    seconds: float = 0.0,
) -> None:
    """Append events; one that is recorded already stays where it was. The first has the `seconds` of its step."""
    if not added:
        return
    start = connection.execute(_LAST_EVENT, {"of": delivery_id}).scalar_one() + 1
    rows: list[dict[str, object]] = [
        {"id": event.id, "delivery": delivery_id, "position": position, "body": encoded(event), "seconds": None}
        for position, event in enumerate(added, start)
    ]
    rows[0]["seconds"] = seconds or None
    connection.execute(database.insert_new(events), rows)


def add_findings(connection: Connection, delivery_id: str, added: tuple[Finding, ...]) -> None:
    """Append findings."""
    if not added:
        return
    start = connection.execute(_LAST_FINDING, {"of": delivery_id}).scalar_one() + 1
    rows = [
        {"delivery": delivery_id, "position": position, "body": encoded(finding)}
        for position, finding in enumerate(added, start)
    ]
    connection.execute(_ADD_FINDING, rows)


def _add_generated(
    connection: Connection, database: Database, delivery_id: str, added: tuple[GeneratedFile, ...]
) -> None:
    if not added:
        return
    insert = database.insert(generated_files)
    newest = insert.on_conflict_do_update(
        index_elements=[generated_files.c.delivery, generated_files.c.aip_path],
        set_={"body": insert.excluded.body},
    )
    rows = [{"delivery": delivery_id, "aip_path": file.aip_path, "body": encoded(file)} for file in added]
    connection.execute(newest, rows)


def forget(connection: Connection, delivery_id: str) -> None:
    """Remove a delivery's row and all that belongs to it."""
    for forgotten in _FORGOTTEN:
        connection.execute(forgotten, {"of": delivery_id})
