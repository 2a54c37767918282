"""How long the step took that an event is the first of, and packages found by status: words are gathered anew."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for seconds beside events; let every package be indexed again."""
    op.add_column("events", sa.Column("seconds", sa.Float, nullable=True))
    op.execute("DELETE FROM indexed_packages")
