"""What became of conversions, recorded batch by batch: a tool asked twice would not answer alike."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import require_fence
from ingest.adapters.sql.rows import decoded, encoded
from ingest.adapters.sql.tables import conversions
from ingest.domain.conversions import Conversion
from ingest.ports import Lease

_CONVERSIONS = (
    select(conversions.c.body).where(conversions.c.delivery == bindparam("delivery")).order_by(conversions.c.ordinal)
)


class SqlConversions:
    """The conversions of each delivery, in batches that can be resumed."""

    _database: Database

    def record_conversions(self, lease: Lease, conversions: Sequence[Conversion]) -> None:
        """Record a batch of conversions; one that is recorded already stays as it is. Raises LeaseLost."""
        with self._database.writing() as connection:
            require_fence(connection, lease)
            add_conversions(connection, self._database, lease.delivery, conversions)

    def conversions(self, delivery_id: str) -> tuple[Conversion, ...]:
        """List what became of every conversion of the delivery so far, by ordinal of its source."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_CONVERSIONS, {"delivery": delivery_id}).all()
        return tuple(decoded(body, Conversion) for body in bodies)


def add_conversions(connection: Connection, database: Database, delivery_id: str, added: Sequence[Conversion]) -> None:
    """Record conversions; one that is recorded already stays as it is."""
    if added:
        rows = [{"delivery": delivery_id, "ordinal": one.ordinal, "body": encoded(one)} for one in added]
        connection.execute(database.insert_new(conversions), rows)
