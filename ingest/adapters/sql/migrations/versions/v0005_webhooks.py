"""Webhooks: feeds of notices, and subscriptions to them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "webhook_feeds",
        sa.Column("producer", sa.String, nullable=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("producer", name="webhook_feeds_key"),
    )
    op.create_table(
        "webhook_notices",
        sa.Column("producer", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.current_timestamp()),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("producer", "number", name="webhook_notices_key"),
    )
    op.create_index("webhook_notices_at", "webhook_notices", ["at"])
    op.create_table(
        "webhook_subscriptions",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("producer", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("test", sa.String),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="webhook_subscriptions_key"),
    )
