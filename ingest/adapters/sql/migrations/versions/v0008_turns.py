"""Turns of producers, when deliveries were decided, and how much a producer may have under way."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

QUEUED = "state IN ('received', 'checking', 'preserving')"
DECIDED = "state IN ('archived', 'rejected', 'quarantined', 'repeated')"
UNDER_WAY = "state IN ('uploading', 'received', 'checking', 'held', 'preserving')"


def upgrade() -> None:
    """Add the columns, their indexes, and two tables; what waits already has its turn by age."""
    for column in (
        sa.Column("sender", sa.String),
        sa.Column("stated", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("turn", sa.BigInteger, nullable=False, server_default="0"),
    ):
        op.add_column("deliveries", column)
    op.add_column("leases", sa.Column("turn", sa.BigInteger, nullable=False, server_default="0"))
    # Most deliveries are over: an index of those that are not takes its place.
    op.drop_index("deliveries_state", "deliveries")
    for column in (
        sa.Column("sender", sa.String),
        sa.Column("length", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("left", sa.BigInteger, nullable=False, server_default="0"),
    ):
        op.add_column("uploads", column)
    op.create_index("uploads_sender", "uploads", ["sender"])
    _index_where("deliveries_queue", QUEUED, "turn", "received_at", "id")
    _index_where("deliveries_under_way", UNDER_WAY, "sender", "stated")
    _index_where("deliveries_decided", DECIDED, "moved_at")
    op.create_index("leases_turn", "leases", ["turn"])
    op.create_table(
        "producer_turns",
        sa.Column("producer", sa.String, nullable=False),
        sa.Column("turn", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("producer", name="producer_turns_key"),
    )
    op.create_table(
        "quotas",
        sa.Column("producer", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("producer", name="quotas_key"),
    )


def _index_where(name: str, condition: str, *columns: str) -> None:
    op.create_index(
        name, "deliveries", list(columns), sqlite_where=sa.text(condition), postgresql_where=sa.text(condition)
    )
