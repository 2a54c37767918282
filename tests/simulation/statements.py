"""Statements of SQLAlchemy carried out without SQLAlchemy: what it works out anew at each execution, worked out once.

A statement is compiled by SQLAlchemy, to the same SQL and with the same types; what comes back is its own `Result`.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Delete, Executable, Insert, Select, Update
from sqlalchemy.engine import Dialect, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any] | None
Given = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
_NONE: dict[str, Any] = {}


class Counted:
    """What a statement without rows answers: how many rows it touched."""

    def __init__(self, rowcount: int) -> None:
        self.rowcount = rowcount


class Statement:
    """A statement of which nothing is left to find out but the values."""

    def __init__(self, compiled: SQLCompiler, types: Sequence[Any], dialect: Dialect) -> None:
        fixed = compiled.params
        self.sql = str(compiled)
        self._binds = tuple(
            (name, None if compiled.binds[name].required else fixed[name], compiled.binds[name].required, convert)
            for name in compiled.positiontup or ()
            for convert in [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)]
        )
        self._results: list[Any] = [one.dialect_impl(dialect).result_processor(dialect, None) for one in types]
        self._metadata: SimpleResultMetaData | None = None

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Give what stands in each place, as the driver takes it. Raises KeyError where there is nothing."""
        return [
            value if convert is None else convert(value)
            for name, otherwise, required, convert in self._binds
            for value in [given[name] if required or name in given else otherwise]
        ]

    def answer(self, cursor: sqlite3.Cursor) -> Any:
        """Give what came of it."""
        if cursor.description is None:
            return Counted(cursor.rowcount)
        if self._metadata is None:
            names = [column[0] for column in cursor.description]
            assert len(names) == len(self._results), self.sql
            self._metadata = SimpleResultMetaData(names, _processors=self._results if any(self._results) else None)
        return IteratorResult(self._metadata, iter(cursor.fetchall()))

    def first_value(self, cursor: sqlite3.Cursor) -> Any:
        """Give the first column of the first row, None when there is none."""
        row = cursor.fetchone()
        cursor.close()
        convert = self._results[0]
        return None if row is None else row[0] if convert is None else convert(row[0])


class Statements:
    """Statements by what they are and which values are given; those seen for the first time are not known yet."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Executable, dict[tuple[str, ...], Statement | None]] = WeakKeyDictionary()

    def known(self, executable: Executable, names: tuple[str, ...]) -> Statement | None:
        """Give a statement; None for one that SQLAlchemy must carry out itself."""
        of = self._known.get(executable)
        if of is None:
            # Most that are built anew for each execution are never seen again: they would be compiled for nothing.
            self._known[executable] = {}
            return None
        if names not in of:
            of[names] = self._worked_out(executable, names)
        return of[names]

    def _worked_out(self, executable: Executable, names: tuple[str, ...]) -> Statement | None:
        if isinstance(executable, Select):
            types = [column.type for column in executable.selected_columns]
        elif isinstance(executable, Insert | Update | Delete):
            types = [column.type for column in executable.exported_columns]
        else:
            return None
        compiled = executable.compile(dialect=self._dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        if compiled.prefetch or compiled.post_compile_params or compiled.literal_execute_params:
            return None
        return Statement(compiled, types, self._dialect)


class Direct:
    """Lends itself as the `Connection` that it stands for; what it does not know, that one does."""

    def __init__(self, connection: Connection, driver: sqlite3.Connection) -> None:
        self._connection = connection
        self._driver = driver
        self._statements = Statements(connection.dialect)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, executable: Executable, given: Given = None) -> Any:
        """Execute a statement."""
        one, many = _sorted_out(given)
        statement = self._statements.known(executable, tuple(one))
        if statement is None:
            return self._connection.execute(executable, given)
        try:
            if many is None:
                return statement.answer(self._driver.execute(statement.sql, statement.values(one)))
            return statement.answer(self._driver.executemany(statement.sql, map(statement.values, many)))
        except sqlite3.Error:
            # It fails again, as SQLAlchemy tells it.
            return self._connection.execute(executable, given)

    def scalars(self, executable: Executable, given: Given = None) -> Any:
        """Execute a statement and give the first column."""
        return self.execute(executable, given).scalars()

    def scalar(self, executable: Executable, given: Mapping[str, Any] | None = None) -> Any:
        """Execute a statement and give the first value."""
        statement = self._statements.known(executable, tuple(given or ()))
        if statement is None:
            return self._connection.scalar(executable, given)
        try:
            return statement.first_value(self._driver.execute(statement.sql, statement.values(given or _NONE)))
        except sqlite3.Error:
            return self._connection.scalar(executable, given)


def _sorted_out(given: Given) -> tuple[Mapping[str, Any], Sequence[Mapping[str, Any]] | None]:
    """Give the values of one execution, and those of all when there are several."""
    if given is None:
        return _NONE, None
    if isinstance(given, Mapping):
        return given, None
    return given[0], given if len(given) > 1 else None
