"""What an operator asks for: what was done, what is to be done, and who is there to do it."""

from sqlalchemy import func, select, text, type_coerce

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.instants import Instant
from ingest.adapters.sql.leases import WORKER, Holder, Watch
from ingest.adapters.sql.rows import decoded
from ingest.adapters.sql.tables import UNDER_WAY, deliveries, leases, outbox, workers
from ingest.adapters.sql.tallies import SUMS, tally_of
from ingest.domain.canaries import CANARY, CanaryRun
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.standing import OpenWork
from ingest.domain.tallies import Tally

_MOVED = func.coalesce(deliveries.c.moved_at, deliveries.c.received_at)
_OPEN_WORK = (
    select(deliveries.c.id, deliveries.c.state, _MOVED, deliveries.c.fault, leases.c.owner, *WORKER)
    .select_from(
        deliveries.outerjoin(leases, leases.c.delivery == deliveries.c.id).outerjoin(
            workers, workers.c.owner == leases.c.owner
        )
    )
    .where(text(UNDER_WAY))
    .order_by(_MOVED, deliveries.c.id)
)
_CANARIES = (
    select(deliveries.c.id, deliveries.c.received_at, deliveries.c.moved_at, deliveries.c.body)
    .where(
        deliveries.c.delivery == CANARY,
        deliveries.c.state == DeliveryState.TESTED.value,
        deliveries.c.moved_at.is_not(None),
    )
    .order_by(deliveries.c.moved_at.desc())
    .limit(20)
)
_NOW = select(type_coerce(func.current_timestamp(), Instant()))
_MESSAGES = select(func.count()).select_from(outbox)
_WORKERS = select(workers.c.owner, *WORKER)


class SqlOperations:
    """What the whole installation has done and has before it."""

    _database: Database
    _watch: Watch

    def tallies(self) -> tuple[Tally, ...]:
        """Give what was counted since the catalogue was made, each kind once; a count never shrinks."""
        with self._database.reading() as connection:
            return tuple(tally_of(*row) for row in connection.execute(SUMS))

    def open_work(self) -> tuple[OpenWork, ...]:
        """Tell of every delivery that is not over or waits for a person, the one that moved last at the end."""
        with self._database.reading() as connection:
            rows = connection.execute(_OPEN_WORK).all()
            now = connection.execute(_NOW).scalar_one()
        return tuple(
            OpenWork(
                delivery=delivery,
                state=DeliveryState(state),
                still_seconds=max(0.0, (now - moved_at).total_seconds()),
                is_under_way=not self._watch.finds_free(Holder._make(holder), self._database),
                fault=fault or "",
            )
            for delivery, state, moved_at, fault, *holder in rows
        )

    def last_canary(self) -> CanaryRun | None:
        """Tell of the last canary that has come to its end in the test store, None when there is none."""
        with self._database.reading() as connection:
            rows = connection.execute(_CANARIES).all()
            now = connection.execute(_NOW).scalar_one()
        # A producer may call a test of its own so; ours comes with nobody's key.
        ours = (row for row in rows if decoded(row.body, Delivery).sender is None)
        last = next(ours, None)
        if last is None:
            return None
        return CanaryRun(
            delivery=last.id,
            took_seconds=max(0.0, (last.moved_at - last.received_at).total_seconds()),
            age_seconds=max(0.0, (now - last.moved_at).total_seconds()),
        )

    def messages(self) -> int:
        """Count the messages that wait to be handed on."""
        with self._database.reading() as connection:
            return connection.execute(_MESSAGES).scalar_one()

    def living_workers(self) -> int:
        """Count the processes that may take leases and are not known to be dead."""
        with self._database.reading() as connection:
            known = [Holder._make(row) for row in connection.execute(_WORKERS)]
        return sum(not self._watch.finds_free(worker, self._database) for worker in known)
