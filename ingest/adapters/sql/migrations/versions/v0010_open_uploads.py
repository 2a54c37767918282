"""What of uploads is to come, without a look at those that are whole."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = '"left" > 0'


def upgrade() -> None:
    """Index the uploads that are not whole."""
    op.create_index(
        "uploads_open",
        "uploads",
        ["sender", "left", "expires_at"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
