"""Tables of what is approved beforehand, and of what time proposes; a part of `tables`, whose metadata they share."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from ingest.adapters.sql.tables import metadata

pre_approvals = Table(
    "pre_approvals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("stage", Integer, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_autoincrement=True,
)

restriction_ends = Table(
    "restriction_ends",
    metadata,
    Column("package", String, primary_key=True),
    Column("unit", String, primary_key=True),
    Column("ends", String, nullable=False),
)
Index("restriction_ends_ends", restriction_ends.c.ends, restriction_ends.c.package, restriction_ends.c.unit)
