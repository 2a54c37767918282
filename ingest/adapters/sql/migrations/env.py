"""Alembic's way in: migrations run on the connection, and in the transaction, of whoever opens the catalogue."""

from alembic import context

from ingest.adapters.sql.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
