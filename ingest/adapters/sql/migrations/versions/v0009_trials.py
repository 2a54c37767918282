"""Test deliveries: an identity of their own, so that none stands in the way of a real one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DECIDED = "state IN ('archived', 'tested', 'rejected', 'quarantined', 'repeated')"


def upgrade() -> None:
    """Mark test deliveries; until now every one of them was refused, as any other delivery may be."""
    op.add_column("deliveries", sa.Column("trial", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("deliveries_identity", "deliveries")
    no_repeat = sa.text("repeat_of IS NULL")
    op.create_index(
        "deliveries_identity",
        "deliveries",
        ["producer", "delivery", "trial", "attempt"],
        unique=True,
        sqlite_where=no_repeat,
        postgresql_where=no_repeat,
    )
    op.drop_index("deliveries_decided", "deliveries")
    op.create_index(
        "deliveries_decided",
        "deliveries",
        ["moved_at"],
        sqlite_where=sa.text(DECIDED),
        postgresql_where=sa.text(DECIDED),
    )
