"""Leases and the workers that hold them: `fence` grows with every grant and outdates all before it (DESIGN §5)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update

from ingest.adapters.sql import processes
from ingest.adapters.sql.engine import Database, Insert
from ingest.adapters.sql.tables import deliveries, leases, workers
from ingest.adapters.sql.tallies import add_tallies
from ingest.adapters.sql.workers_alive import Sighting, is_dead
from ingest.domain.tallies import Counted, Tally
from ingest.errors import EarkivError, LeaseLost, UnknownSubject
from ingest.ports import Lease, WorkerIdentity

PATIENCE_SECONDS: Final = 30.0

_HOLDING = leases.outerjoin(workers, workers.c.owner == leases.c.owner)
WORKER: Final = (workers.c.boot_id, workers.c.pid, workers.c.started, workers.c.beats)
_HELD = (
    select(leases.c.fence, leases.c.owner, *WORKER)
    .select_from(_HOLDING)
    .where(leases.c.delivery == bindparam("delivery"))
    .with_for_update(of=leases)  # on PostgreSQL; SQLite has one writer at a time anyway
)
_ENROLLED = select(workers.c.owner, *WORKER)
_IDLE = _ENROLLED.where(workers.c.owner.not_in(select(leases.c.owner).where(leases.c.owner.is_not(None))))
_FENCE = select(leases.c.owner, leases.c.fence).where(leases.c.delivery == bindparam("delivery")).with_for_update()
_TURN = select(deliveries.c.turn).where(deliveries.c.id == bindparam("at")).scalar_subquery()
_GRANT = (
    update(leases)
    .where(leases.c.delivery == bindparam("at"))
    .values(owner=bindparam("to"), fence=leases.c.fence + 1, turn=_TURN)
)
_KNOWN = select(deliveries.c.id).where(deliveries.c.id == bindparam("delivery"))
_GIVE_BACK = (
    update(leases)
    .where(
        leases.c.delivery == bindparam("at"),
        leases.c.owner == bindparam("of"),
        leases.c.fence == bindparam("nth"),
    )
    .values(owner=None)
)
_DISOWN = (
    update(leases).where(leases.c.delivery == bindparam("at"), leases.c.owner == bindparam("of")).values(owner=None)
)
_BEAT = update(workers).where(workers.c.owner == bindparam("of")).values(beats=workers.c.beats + 1)


class Holder(NamedTuple):
    """A lease's owner (None: nobody) with its worker row, if it ever enrolled."""

    owner: str | None
    boot_id: str | None
    pid: int
    started: str
    beats: int | None


@dataclass(slots=True)
class _Pulse:
    """The last heartbeat count seen of an owner, and since when, on this process's monotonic clock."""

    beats: int | None
    since: float


class Watch:
    """Tells the living from the dead; `monotonic` is this process's own clock, so that wall clocks may jump."""

    def __init__(self, monotonic: Callable[[], float], patience_seconds: float) -> None:
        self._monotonic = monotonic
        self._patience = patience_seconds
        self._pulses: dict[str, _Pulse] = {}

    def finds_free(self, holder: Holder, database: Database) -> bool:
        """Say whether nobody alive stands behind a lease."""
        if holder.owner is None:
            return True
        worker = _worker_of(holder.owner, holder)
        here = processes.boot_id()
        seen = Sighting(
            boot_id=here,
            one_host=database.one_host,
            started=processes.started(worker.pid) if worker and worker.boot_id == here else None,
            still_seconds=self._still(holder.owner, holder.beats),
        )
        return is_dead(worker, seen, self._patience)

    def _still(self, owner: str, beats: int | None) -> float:
        now = self._monotonic()
        pulse = self._pulses.get(owner)
        if pulse is None or pulse.beats != beats:
            self._pulses[owner] = pulse = _Pulse(beats=beats, since=now)
        return now - pulse.since


def _worker_of(owner: str, holder: Holder) -> WorkerIdentity | None:
    if holder.boot_id is None:
        return None
    return WorkerIdentity(owner=owner, boot_id=holder.boot_id, pid=holder.pid, started=holder.started)


class SqlLeases:
    """Who works on what, and who is alive to do so.

    Where the answer to a grant or a release was lost, the lease may stand though nobody works under it, and its owner
    lives: what is `_unsettled` is given back with the owner's next sign of life.
    """

    _database: Database
    _watch: Watch
    _unsettled: dict[str, str]
    """Owners by delivery."""

    def enrol(self, worker: WorkerIdentity) -> None:
        """Make a worker known, so that others can tell when it is dead."""
        row = {"owner": worker.owner, "boot_id": worker.boot_id, "pid": worker.pid, "started": worker.started}
        enrolment = self._database.insert_once("enrolment", self._enrolment)
        with self._database.writing() as connection:
            self._forget_the_dead(connection)
            connection.execute(enrolment, {**row, "beats": 0})

    def _enrolment(self) -> Insert:
        insert = self._database.insert(workers)
        said = {name: insert.excluded[name] for name in ("boot_id", "pid", "started")}
        # The count goes on: whoever watches sees a sign of life.
        counted = {**said, "beats": workers.c.beats + 1}
        return insert.on_conflict_do_update(index_elements=[workers.c.owner], set_=counted)

    def _forget_the_dead(self, connection: Connection) -> None:
        """Strike off workers whose processes are gone and who hold nothing: every run of the program is one."""
        idle = map(Holder._make, connection.execute(_IDLE))
        gone = [worker.owner for worker in idle if self._watch.finds_free(worker, self._database)]
        if gone:
            connection.execute(delete(workers).where(workers.c.owner.in_(gone)))

    def beat(self, owner: str) -> None:
        """Give a sign of life. Raises UnknownSubject for an owner that is not enrolled."""
        with self._database.writing() as connection:
            if connection.execute(_BEAT, {"of": owner}).rowcount == 0:
                raise UnknownSubject(f"Arbetaren {owner} är inte anmäld.", f"The worker {owner} is not enrolled.")
        self._give_back_unsettled(owner)

    def _give_back_unsettled(self, owner: str) -> None:
        for delivery_id in [delivery for delivery, of in tuple(self._unsettled.items()) if of == owner]:
            self._unsettled.pop(delivery_id, None)
            with self._settling(delivery_id, owner), self._database.writing() as connection:
                connection.execute(_DISOWN, {"at": delivery_id, "of": owner})

    @contextmanager
    def _settling(self, delivery_id: str, owner: str) -> Iterator[None]:
        """Remember a lease of which nobody here knows how it stands, when the block does not end well."""
        try:
            yield
        except UnknownSubject:
            raise  # Answered: there is no such lease.
        except EarkivError:
            self._unsettled[delivery_id] = owner
            raise

    def living(self) -> tuple[str, ...]:
        """List the workers that are not known to be dead, whether they hold anything or not."""
        with self._database.reading() as connection:
            known = [Holder._make(row) for row in connection.execute(_ENROLLED)]
        return tuple(one.owner for one in known if one.owner and not self._watch.finds_free(one, self._database))

    def acquire(self, delivery_id: str, owner: str) -> Lease | None:
        """Take the lease, None while a living owner holds it. Raises UnknownSubject."""
        with self._settling(delivery_id, owner), self._database.writing() as connection:
            held = connection.execute(_HELD, {"delivery": delivery_id}).one_or_none()
            if held is None:
                return self._first(connection, delivery_id, owner)
            holder = Holder._make(held[1:])
            if holder.owner != owner and not self._watch.finds_free(holder, self._database):
                return None
            connection.execute(_GRANT, {"at": delivery_id, "to": owner})
            if holder.owner not in {None, owner}:
                add_tallies(connection, self._database, delivery_id, (Tally(counted=Counted.TAKEN_OVER),))
        self._unsettled.pop(delivery_id, None)
        return Lease(delivery=delivery_id, owner=owner, fence=held.fence + 1)

    def _first(self, connection: Connection, delivery_id: str, owner: str) -> Lease | None:
        require_delivery(connection, delivery_id)
        row = {"delivery": delivery_id, "owner": owner, "fence": 1}
        granted = connection.execute(self._database.insert_new(leases), row).rowcount
        return Lease(delivery=delivery_id, owner=owner, fence=1) if granted == 1 else None

    def release(self, lease: Lease) -> None:
        """Give the lease back; a lease already outdated is no error."""
        giving = {"at": lease.delivery, "of": lease.owner, "nth": lease.fence}
        with self._settling(lease.delivery, lease.owner), self._database.writing() as connection:
            stood = connection.execute(_GIVE_BACK, giving).rowcount == 1
        if stood:
            self._unsettled.pop(lease.delivery, None)

    def holds(self, lease: Lease) -> bool:
        """Say whether the lease is the newest grant, and not given back."""
        with self._database.reading() as connection:
            return _is_held(connection, lease)


def _is_held(connection: Connection, lease: Lease) -> bool:
    held = connection.execute(_FENCE, {"delivery": lease.delivery}).one_or_none()
    return held is not None and (held.owner, held.fence) == (lease.owner, lease.fence)


def require_fence(connection: Connection, lease: Lease) -> None:
    """Raise LeaseLost unless the lease is the newest grant, and still held."""
    if not _is_held(connection, lease):
        raise lease_lost(lease.delivery)


def lease_lost(delivery_id: str) -> LeaseLost:
    """Say that a delivery's work has passed to somebody else."""
    return LeaseLost(
        f"Arbetet med leverans {delivery_id} har övertagits av en annan arbetare.",
        f"The work on delivery {delivery_id} has been taken over by another worker.",
    )


def require_delivery(connection: Connection, delivery_id: str) -> None:
    """Raise UnknownSubject unless there is such a delivery."""
    if connection.scalar(_KNOWN, {"delivery": delivery_id}) is None:
        raise unknown_delivery(delivery_id)


def unknown_delivery(delivery_id: str) -> UnknownSubject:
    """Say that there is no such delivery."""
    return UnknownSubject(
        f"Det finns ingen leverans med identiteten {delivery_id}.", f"There is no delivery with the id {delivery_id}."
    )
