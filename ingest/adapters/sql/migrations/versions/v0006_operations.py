"""What an operator asks for: tallies, and of each delivery when it moved last and what hinders it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the columns; what was done before is not counted."""
    op.create_table(
        "tallies",
        sa.Column("counted", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("order", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("shard", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("counted", "label", "order", "shard", name="tallies_key"),
    )
    op.add_column("deliveries", sa.Column("moved_at", sa.DateTime(timezone=True)))
    op.add_column("deliveries", sa.Column("fault", sa.String))
