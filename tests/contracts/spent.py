"""What a piece of work asks of a database, counted and not timed: statements, and the work inside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any

from sqlalchemy import Engine, event

from ingest.adapters.sql.engine import Database


@dataclass(slots=True)
class Spent:
    """Statements with what they were given, in their order; `steps` are those of SQLite's virtual machine."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    steps: int = 0


@contextmanager
def spending() -> Iterator[Spent]:
    """Count all that this thread asks of any database within the `with` block: heartbeats are others' work."""
    spent = Spent()
    ours = get_ident()
    connections: list[Any] = []

    def step() -> None:
        spent.steps += get_ident() == ours

    def asked(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if get_ident() != ours:
            return
        spent.statements.append((statement, parameters))
        if hasattr(cursor.connection, "set_progress_handler"):
            connections.append(cursor.connection)
            cursor.connection.set_progress_handler(step, 1)

    event.listen(Engine, "before_cursor_execute", asked)
    try:
        yield spent
    finally:
        event.remove(Engine, "before_cursor_execute", asked)
        for connection in connections:
            connection.set_progress_handler(None, 1)


def rows_looked_at(database: Database, spent: Spent) -> int:
    """Let PostgreSQL answer the same questions again, and count the rows that it touches for them."""
    looked = 0
    with database.reading() as connection:
        for statement, parameters in spent.statements:
            if statement.startswith("SELECT"):
                explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
                told = connection.exec_driver_sql(explained, parameters).scalar_one()
                (plan,) = told if isinstance(told, list) else json.loads(told)
                looked += _touched(plan["Plan"])
    return looked


def _touched(node: dict[str, Any]) -> int:
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return int(own if "Relation Name" in node else 0) + sum(map(_touched, node.get("Plans", ())))
