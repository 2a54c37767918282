"""Classes that people have approved beforehand."""

from typing import Final

from sqlalchemy import bindparam, select, update

from ingest.adapters.sql.access_tables import pre_approvals
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.rows import decoded, encoded
from ingest.domain.access.preapprovals import PreApproval, Stage

_STAGES: Final = tuple(Stage)
_ALL: Final = select(pre_approvals.c.body).order_by(pre_approvals.c.number.desc())
_ONE: Final = select(pre_approvals.c.body).where(pre_approvals.c.id == bindparam("named"))
_FURTHER: Final = (
    update(pre_approvals)
    .where(pre_approvals.c.id == bindparam("named"), pre_approvals.c.stage < bindparam("to"))
    .values(stage=bindparam("to"), body=bindparam("said"))
)


class SqlPreApprovals:
    """The part of `AccessLedger` that is about pre-approvals, in a relational database."""

    _database: Database

    def record_pre_approval(self, approval: PreApproval) -> None:
        """Record how far a pre-approval has come: it never goes back to an earlier stage."""
        stage, body = _STAGES.index(approval.stage), encoded(approval)
        with self._database.writing() as connection:
            row = {"id": approval.id, "stage": stage, "body": body}
            connection.execute(self._database.insert_new(pre_approvals), row)
            connection.execute(_FURTHER, {"named": approval.id, "to": stage, "said": body})

    def pre_approvals(self) -> tuple[PreApproval, ...]:
        """List all pre-approvals, withdrawn ones too, the last recorded first."""
        with self._database.reading() as connection:
            return tuple(decoded(body, PreApproval) for body in connection.scalars(_ALL))

    def pre_approval(self, approval_id: str) -> PreApproval | None:
        """Give a pre-approval, None where there is none of that id."""
        with self._database.reading() as connection:
            body = connection.scalars(_ONE, {"named": approval_id}).first()
        return None if body is None else decoded(body, PreApproval)
