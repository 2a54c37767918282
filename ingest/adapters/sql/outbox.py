"""The outbox: at most one message for each delivery, "advance delivery D"."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.tables import leases, outbox

_PENDING = (
    select(outbox.c.number, outbox.c.delivery)
    .select_from(outbox.outerjoin(leases, leases.c.delivery == outbox.c.delivery))
    .where(leases.c.owner.is_(None))
    .order_by(outbox.c.number)
    .limit(bindparam("most"))
)
_SENT = delete(outbox).where(outbox.c.number == bindparam("number"))


class SqlOutbox:
    """Messages waiting to be handed on. A new one replaces an older one of the same delivery, under a new number."""

    _database: Database

    def pending(self, limit: int) -> tuple[tuple[int, str], ...]:
        """List (row, delivery id) not yet sent that nobody works on, oldest first."""
        with self._database.reading() as connection:
            return tuple((row, delivery) for row, delivery in connection.execute(_PENDING, {"most": limit}))

    def sent(self, rows: Sequence[int]) -> None:
        """Forget rows that were handed on."""
        if not rows:
            return
        with self._database.writing() as connection:
            connection.execute(_SENT, [{"number": row} for row in rows])
