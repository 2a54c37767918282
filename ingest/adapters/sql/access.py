"""Decisions on access, with their places in the journal."""

from sqlalchemy import bindparam, select, update

from ingest.access_ports import Journalled
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import Row, decoded, encoded
from ingest.adapters.sql.tables import access_decisions
from ingest.domain.access.decisions import AccessDecision

_SETTLED = (
    select(access_decisions.c.sequence, access_decisions.c.body)
    .where(access_decisions.c.package == bindparam("of"), access_decisions.c.sequence.is_not(None))
    .order_by(access_decisions.c.sequence)
)
_PACKAGES = select(access_decisions.c.package).distinct().order_by(access_decisions.c.package)
_ANNOUNCED = (
    select(access_decisions.c.body).where(access_decisions.c.sequence.is_(None)).order_by(access_decisions.c.number)
)
_SETTLE = (
    update(access_decisions).where(access_decisions.c.id == bindparam("named")).values(sequence=bindparam("place"))
)


class SqlAccess:
    """`AccessLedger` in a relational database."""

    _database: Database

    def announce_access(self, decision: AccessDecision) -> None:
        """Record a decision that the journal does not hold yet; the same again is no error."""
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(access_decisions), _row(decision))

    def settle_access(self, decision: AccessDecision, sequence: int) -> None:
        """Record that a decision is durable in its package's chain at that place; the same again is no error."""
        with self._database.writing() as connection:
            connection.execute(self._database.insert_new(access_decisions), _row(decision))
            connection.execute(_SETTLE, {"named": decision.id, "place": sequence})

    def access_decisions(self, package: str) -> tuple[Journalled, ...]:
        """List the decisions on a package that are in the journal, by their places there."""
        with self._database.reading() as connection:
            rows = connection.execute(_SETTLED, {"of": package}).all()
        return tuple(Journalled(sequence=place, decision=decoded(body, AccessDecision)) for place, body in rows)

    def decided_packages(self) -> tuple[str, ...]:
        """List the packages of which any decision is known."""
        with self._database.reading() as connection:
            return tuple(connection.scalars(_PACKAGES).all())

    def announced_access(self) -> tuple[AccessDecision, ...]:
        """List all decisions that wait for their entry, in the order in which they were announced."""
        with self._database.reading() as connection:
            bodies = connection.scalars(_ANNOUNCED).all()
        return tuple(decoded(body, AccessDecision) for body in bodies)


def _row(decision: AccessDecision) -> Row:
    return {"id": decision.id, "package": decision.package, "body": encoded(decision)}
