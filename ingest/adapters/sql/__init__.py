"""The catalogue in a relational database: SQLite embedded, PostgreSQL on a server, one schema for both."""
