"""Decisions on who may see what."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of decisions; one without a sequence waits for its entry in the journal."""
    op.create_table(
        "access_decisions",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("package", sa.String, nullable=False),
        sa.Column("sequence", sa.Integer),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="access_decisions_key"),
        sa.UniqueConstraint("id", name="access_decisions_id_unique"),
        sa.UniqueConstraint("package", "sequence", name="access_decisions_package_sequence_unique"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "access_decisions_announced",
        "access_decisions",
        ["number"],
        sqlite_where=sa.text("sequence IS NULL"),
        postgresql_where=sa.text("sequence IS NULL"),
    )
