"""What the desk lists by time, and the words that packages are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index deliveries and packages by time, and make room for words."""
    op.create_index("deliveries_received", "deliveries", ["received_at", "id"])
    op.create_index("packages_stored", "packages", ["stored_at", "package"])
    op.create_table(
        "indexed_packages",
        sa.Column("package", sa.String, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("package", name="indexed_packages_key"),
    )
    op.create_table(
        "package_words",
        sa.Column("package", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("word", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("package", "kind", "word", name="package_words_key"),
    )
    op.create_index("package_words_word", "package_words", ["word"], postgresql_ops={"word": "text_pattern_ops"})
