"""The catalogue's tables, in types that SQLite and PostgreSQL share.

A column exists for what is asked for by value; the whole value lies beside it as JSON (`ingest.formats.wire`).
Rows without a foreign key to `deliveries` are those that `rebuild` may write in any order.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    text,
)

from ingest.adapters.sql.instants import Instant

REVISION = "0016"
"""The newest migration: what the code below expects to find."""

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_name)s",
        "pk": "%(table_name)s_key",
        "uq": "%(table_name)s_%(column_0_N_name)s_unique",
        "fk": "%(table_name)s_%(column_0_name)s_known",
    }
)


def _delivery() -> Column[Any]:
    return Column("delivery", String, ForeignKey("deliveries.id"), primary_key=True)


archive_facts = Table(
    "archive_facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

agreements = Table(
    "agreements",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

format_policies = Table(
    "format_policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("source", String, nullable=False),
    Column("producer", String),
    Column("delivery", String),
    Column("attempt", Integer, nullable=False),
    Column("repeat_of", String),
    Column("package", String),
    Column("generation", Integer, nullable=False),
    Column("sender", String),
    Column("stated", BigInteger, nullable=False, server_default="0"),
    Column("turn", BigInteger, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
    # By the database's own clock, which all processes share; null until it has moved for the first time.
    Column("moved_at", Instant),
    Column("fault", String),
    Column("trial", Boolean, nullable=False, server_default=false()),
)
# DESIGN §4: one delivery per identity and attempt; repeats come to nothing and do not count, and test deliveries have
# attempts of their own.
Index(
    "deliveries_identity",
    deliveries.c.producer,
    deliveries.c.delivery,
    deliveries.c.trial,
    deliveries.c.attempt,
    unique=True,
    sqlite_where=text("repeat_of IS NULL"),
    postgresql_where=text("repeat_of IS NULL"),
)
Index("deliveries_delivery", deliveries.c.delivery)


def _index_where(name: str, condition: str, *columns: Column[Any]) -> None:
    """Index some rows only; a query uses it whose condition says the same in the same words."""
    Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


QUEUED = "state IN ('received', 'checking', 'preserving')"
"""What waits for a worker, in its turn."""
UNDER_WAY = "state IN ('uploading', 'received', 'checking', 'held', 'preserving')"
"""What a producer has under way."""
DECIDED = "state IN ('archived', 'tested', 'rejected', 'quarantined', 'repeated')"
"""What is over."""
_index_where("deliveries_queue", QUEUED, deliveries.c.turn, deliveries.c.received_at, deliveries.c.id)
_index_where("deliveries_under_way", UNDER_WAY, deliveries.c.sender, deliveries.c.stated)
_index_where("deliveries_decided", DECIDED, deliveries.c.moved_at)
Index("deliveries_package", deliveries.c.package)
Index("deliveries_received", deliveries.c.received_at, deliveries.c.id)

objects = Table(
    "objects",
    metadata,
    _delivery(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("path", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("key", String, nullable=False),
    Column("examination", Text),
    UniqueConstraint("delivery", "path"),
)
# Without it, every batch of a large delivery would read past all the batches before it.
Index(
    "objects_unexamined",
    objects.c.delivery,
    objects.c.ordinal,
    sqlite_where=text("examination IS NULL"),
    postgresql_where=text("examination IS NULL"),
)

generated_files = Table(
    "generated_files",
    metadata,
    _delivery(),
    Column("aip_path", String, primary_key=True),
    Column("body", Text, nullable=False),
)

conversions = Table(
    "conversions",
    metadata,
    _delivery(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    _delivery(),
    Column("step", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),
    Column("delivery", String, ForeignKey("deliveries.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("seconds", Float),
    UniqueConstraint("delivery", "position"),
)

findings = Table(
    "findings",
    metadata,
    _delivery(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

packages = Table(
    "packages",
    metadata,
    Column("package", String, primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("delivery", String, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

Index("packages_stored", packages.c.stored_at, packages.c.package)

# Up to which generation a package can be found by its words.
indexed_packages = Table(
    "indexed_packages",
    metadata,
    Column("package", String, primary_key=True),
    Column("generation", Integer, nullable=False),
)

package_words = Table(
    "package_words",
    metadata,
    Column("package", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("word", String, primary_key=True),
)
# Found by how they begin, in any locale.
Index("package_words_word", package_words.c.word, postgresql_ops={"word": "text_pattern_ops"})

journal_records = Table(
    "journal_records",
    metadata,
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("header", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("delivery", String, ForeignKey("deliveries.id"), nullable=False, unique=True),
    sqlite_autoincrement=True,  # a number is never given twice: `sent` names rows by it
)

leases = Table(
    "leases",
    metadata,
    _delivery(),
    Column("owner", String, index=True),
    Column("fence", Integer, nullable=False),
    Column("turn", BigInteger, nullable=False, index=True, server_default="0"),
)

# How much each producer may have under way.
quotas = Table(
    "quotas",
    metadata,
    Column("producer", String, primary_key=True),
    Column("body", Text, nullable=False),
)

# The last turn that each producer was given; "" is whoever showed no key.
producer_turns = Table(
    "producer_turns",
    metadata,
    Column("producer", String, primary_key=True),
    Column("turn", BigInteger, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("owner", String, primary_key=True),
    Column("boot_id", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", String, nullable=False),
    Column("beats", BigInteger, nullable=False),
)

operations = Table(
    "operations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.current_timestamp()),
    Column("delivery", String, nullable=False, index=True),
    Column("owner", String, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("step", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("detail", Text, nullable=False),
)

# Sixteen rows for each kind, so that workers that end steps at the same time seldom wait for one another.
tallies = Table(
    "tallies",
    metadata,
    Column("counted", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("order", Integer, primary_key=True, autoincrement=False),
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

# Names that senders give their requests, and the content that each stands for.
requests = Table(
    "requests",
    metadata,
    Column("sender", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("content", String, nullable=False),
    Column("at", Instant, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", String, primary_key=True),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("sender", String, index=True),
    Column("length", BigInteger, nullable=False, server_default="0"),
    Column("left", BigInteger, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
)

OPEN = '"left" > 0'
"""Uploads that are not whole."""
_index_where("uploads_open", OPEN, uploads.c.sender, uploads.c.left, uploads.c.expires_at)

# A producer's feed: "" for the embedded archive's own key. Its row is locked until whoever numbered a notice commits,
# so that nobody can read a number before all those below it.
webhook_feeds = Table(
    "webhook_feeds",
    metadata,
    Column("producer", String, primary_key=True),
    Column("newest", Integer, nullable=False),
)

webhook_notices = Table(
    "webhook_notices",
    metadata,
    Column("producer", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, server_default=func.current_timestamp(), index=True),
    Column("body", Text, nullable=False),
)

webhook_subscriptions = Table(
    "webhook_subscriptions",
    metadata,
    Column("id", String, primary_key=True),
    Column("producer", String, nullable=False),
    Column("status", String, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("test", String),
    Column("body", Text, nullable=False),
)

# One without a sequence waits for its entry in the journal.
access_decisions = Table(
    "access_decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("package", String, nullable=False),
    Column("sequence", Integer),
    Column("body", Text, nullable=False),
    UniqueConstraint("package", "sequence"),
    sqlite_autoincrement=True,
)
_index_where("access_decisions_announced", "sequence IS NULL", access_decisions.c.number)
