"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _create_holdings()
    _create_deliveries()
    _create_objects()
    _create_evidence()
    _create_work()


def _create_holdings() -> None:
    op.create_table(
        "archive_facts",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="archive_facts_key"),
    )
    op.create_table(
        "agreements",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="agreements_key"),
    )
    op.create_table(
        "packages",
        sa.Column("package", sa.String, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("package", "generation", name="packages_key"),
    )
    op.create_table(
        "journal_records",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("header", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "sequence", name="journal_records_key"),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("producer", sa.String),
        sa.Column("delivery", sa.String),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("repeat_of", sa.String),
        sa.Column("package", sa.String),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="deliveries_key"),
    )
    no_repeat = sa.text("repeat_of IS NULL")
    op.create_index(
        "deliveries_identity",
        "deliveries",
        ["producer", "delivery", "attempt"],
        unique=True,
        sqlite_where=no_repeat,
        postgresql_where=no_repeat,
    )
    op.create_index("deliveries_state", "deliveries", ["state", "received_at"])
    op.create_index("deliveries_delivery", "deliveries", ["delivery"])
    op.create_index("deliveries_package", "deliveries", ["package"])


def _create_objects() -> None:
    op.create_table(
        "objects",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("examination", sa.Text),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="objects_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", "ordinal", name="objects_key"),
        sa.UniqueConstraint("delivery", "path", name="objects_delivery_path_unique"),
    )
    unexamined = sa.text("examination IS NULL")
    op.create_index(
        "objects_unexamined",
        "objects",
        ["delivery", "ordinal"],
        sqlite_where=unexamined,
        postgresql_where=unexamined,
    )
    op.create_table(
        "generated_files",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("aip_path", sa.String, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="generated_files_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", "aip_path", name="generated_files_key"),
    )


def _create_evidence() -> None:
    op.create_table(
        "decisions",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="decisions_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", "step", "version", name="decisions_key"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="events_delivery_known"),
        sa.PrimaryKeyConstraint("id", name="events_key"),
        sa.UniqueConstraint("delivery", "position", name="events_delivery_position_unique"),
    )
    op.create_table(
        "findings",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="findings_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", "position", name="findings_key"),
    )


def _create_work() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("delivery", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="outbox_delivery_known"),
        sa.PrimaryKeyConstraint("number", name="outbox_key"),
        sa.UniqueConstraint("delivery", name="outbox_delivery_unique"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "leases",
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="leases_delivery_known"),
        sa.PrimaryKeyConstraint("delivery", name="leases_key"),
    )
    op.create_index("leases_owner", "leases", ["owner"])
    op.create_table(
        "workers",
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("boot_id", sa.String, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("started", sa.String, nullable=False),
        sa.Column("beats", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="workers_key"),
    )
    op.create_table(
        "operations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.current_timestamp()),
        sa.Column("delivery", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="operations_key"),
    )
    op.create_index("operations_delivery", "operations", ["delivery"])
