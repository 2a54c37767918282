"""Whose turn it is: what waits for a worker, fair over producers (start-time fair queuing, ADR 0037).

A delivery gets its turn when it is received: one after the last of its producer, but none that has passed. `leases`
know which turns have come. So a producer's deliveries stand in line behind each other, and beside everybody else's.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, func, select, text, tuple_, update

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import WORKER, Holder, Watch
from ingest.adapters.sql.tables import DECIDED, QUEUED, deliveries, leases, producer_turns, workers

_FIRST_PAGE: Final = 8
"""Who asks takes one of the first as a rule. For so few, PostgreSQL follows the index even before it has statistics."""
_PAGE: Final = 64
_ORDER: Final = (deliveries.c.turn, deliveries.c.received_at, deliveries.c.id)
_FIRST: Final = (-1, datetime.min.replace(tzinfo=UTC), "")
_PLACE: Final = tuple_(*(bindparam(name, type_=column.type) for name, column in zip("tri", _ORDER, strict=True)))
_IS_QUEUED: Final = text(QUEUED)
_WAITING = (
    select(*_ORDER, leases.c.owner, *WORKER)
    .select_from(
        deliveries.outerjoin(leases, leases.c.delivery == deliveries.c.id).outerjoin(
            workers, workers.c.owner == leases.c.owner
        )
    )
    .where(_IS_QUEUED, tuple_(*_ORDER) > _PLACE)
    .order_by(*_ORDER)
    .limit(bindparam("most"))
)
_WAITS = (
    select(*_ORDER, deliveries.c.sender)
    .select_from(deliveries.outerjoin(leases, leases.c.delivery == deliveries.c.id))
    .where(_IS_QUEUED, deliveries.c.id == bindparam("of"), leases.c.owner.is_(None))
)
_BEFORE = select(func.count()).select_from(deliveries).where(_IS_QUEUED, tuple_(*_ORDER) < _PLACE)
_OWN_BEFORE = _BEFORE.where(deliveries.c.sender.is_not_distinct_from(bindparam("of", type_=deliveries.c.sender.type)))
_DECIDED = (
    select(deliveries.c.moved_at)
    .where(text(DECIDED), deliveries.c.moved_at.is_not(None))
    .order_by(deliveries.c.moved_at.desc())
    .limit(bindparam("most"))
)
_COME = select(func.coalesce(func.max(leases.c.turn), 0))
_HAS_COME = select(deliveries.c.turn <= _COME.scalar_subquery()).where(deliveries.c.id == bindparam("of"))
_SENDER = select(deliveries.c.sender).where(deliveries.c.id == bindparam("of"))
_STEP_BACK = update(deliveries).where(deliveries.c.id == bindparam("at")).values(turn=bindparam("last"))


class SqlQueue:
    """What waits for a worker, and when its turn comes."""

    _database: Database
    _watch: Watch

    def runnable(self) -> Iterator[str]:
        """Give deliveries that a worker could take now (not final, not held, no living lease) in their turn."""
        after: tuple[Any, ...] = _FIRST
        for most in chain((_FIRST_PAGE,), repeat(_PAGE)):
            asked = {"most": most, **dict(zip("tri", after, strict=True))}
            with self._database.reading() as connection:
                page = connection.execute(_WAITING, asked).all()
            for _, _, delivery, *holder in page:
                if self._watch.finds_free(Holder._make(holder), self._database):
                    yield delivery
            if len(page) < most:
                return
            after = page[-1][:3]

    def step_back(self, delivery_id: str) -> None:
        """Let a delivery go behind all others of its producer; one that is gone is no error."""
        with self._database.writing() as connection:
            sender = connection.scalar(_SENDER, {"of": delivery_id})
            last = next_turn(connection, self._database, sender)
            connection.execute(_STEP_BACK, {"at": delivery_id, "last": last})

    def make_way(self, delivery_id: str) -> None:
        """Let a delivery go behind all whose turn has come; one that is gone is no error."""
        with self._database.writing() as connection:
            come: int = connection.execute(_COME).scalar_one()
            connection.execute(_STEP_BACK, {"at": delivery_id, "last": come + 1})

    def has_come(self, delivery_id: str) -> bool:
        """Say whether a delivery's turn has come: one that is as late or later has been taken already."""
        with self._database.reading() as connection:
            return bool(connection.scalar(_HAS_COME, {"of": delivery_id}))

    def place(self, delivery_id: str) -> int | None:
        """Say how many others have their turn before it, those under way too; None unless it waits for a worker."""
        with self._database.reading() as connection:
            found = connection.execute(_WAITS, {"of": delivery_id}).one_or_none()
            if found is None:
                return None
            return connection.execute(_BEFORE, dict(zip("tri", found[:3], strict=True))).scalar_one()

    def place_among_own(self, delivery_id: str) -> int | None:
        """Say how many others of its producer have their turn before it, as `place` does of all."""
        with self._database.reading() as connection:
            found = connection.execute(_WAITS, {"of": delivery_id}).one_or_none()
            if found is None:
                return None
            of = {"of": found.sender, **dict(zip("tri", found[:3], strict=True))}
            return connection.execute(_OWN_BEFORE, of).scalar_one()

    def decided_lately(self, limit: int) -> tuple[datetime, ...]:
        """Give when the last deliveries were decided, at most `limit` of them, newest first."""
        with self._database.reading() as connection:
            return tuple(connection.scalars(_DECIDED, {"most": limit}))


def next_turn(connection: Connection, database: Database, sender: str | None) -> int:
    """Give a producer its next turn; two who ask at once for the same one wait for each other."""
    come: int = connection.execute(_COME).scalar_one()
    given = producer_turns.c.turn
    insert = database.insert(producer_turns).values(producer=sender or "", turn=max(come, 1))
    following = case((given + 1 > come, given + 1), else_=come)
    turn: int = connection.execute(
        insert.on_conflict_do_update(index_elements=[producer_turns.c.producer], set_={"turn": following}).returning(
            given
        )
    ).scalar_one()
    return turn
