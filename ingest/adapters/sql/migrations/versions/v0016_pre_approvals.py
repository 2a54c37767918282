"""Classes that are approved beforehand, and the days on which restrictions end: packages are indexed anew."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the days are filled in as words are."""
    op.create_table(
        "pre_approvals",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("stage", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pre_approvals_key"),
        sa.UniqueConstraint("id", name="pre_approvals_id_unique"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "restriction_ends",
        sa.Column("package", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("ends", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("package", "unit", name="restriction_ends_key"),
    )
    op.create_index("restriction_ends_ends", "restriction_ends", ["ends", "package", "unit"])
    op.execute("DELETE FROM indexed_packages")
