"""Conversions, and the format policy that they follow."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "conversions",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="conversions_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", "ordinal", name="conversions_key"),
    )
    op.create_table(
        "format_policies",
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version", name="format_policies_key"),
    )
