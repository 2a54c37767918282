"""Every fault of SQLAlchemy and of the database has its place in our own error tree."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import exc

from ingest.adapters.sql.faults import catalogue_fault, faults_of
from ingest.errors import (
    CatalogueUnavailable,
    ConfigurationError,
    DamageFound,
    EarkivError,
    ObjectExists,
    OutOfSpace,
    ProgramFault,
    StoreReadOnly,
    UnknownSubject,
)

PLACE = "arkiv/catalogue.sqlite"
NAMED = "Anna Andersson"
SPECIAL: dict[type[exc.SQLAlchemyError], type[EarkivError]] = {
    exc.IntegrityError: ObjectExists,
    exc.ArgumentError: ConfigurationError,
}
SAID = (
    ("database is locked", CatalogueUnavailable),
    ("database table is locked", CatalogueUnavailable),
    ("disk I/O error", CatalogueUnavailable),
    ("database or disk is full", OutOfSpace),
    ('could not extend file "base/1": No space left on device', OutOfSpace),
    ("attempt to write a readonly database", StoreReadOnly),
    ("cannot execute INSERT in a read-only transaction", StoreReadOnly),
    ("unable to open database file", StoreReadOnly),
    ("database disk image is malformed", DamageFound),
    ("file is not a database", DamageFound),
    ("no such table: deliveries", DamageFound),
    ("FOREIGN KEY constraint failed", UnknownSubject),
    ("UNIQUE constraint failed: objects.path", CatalogueUnavailable),
)


STATES = (
    ("53100", OutOfSpace),
    ("25006", StoreReadOnly),
    ("28P01", ConfigurationError),
    ("42501", ConfigurationError),
    ("3D000", ConfigurationError),
    ("42P01", DamageFound),
    ("XX001", DamageFound),
    ("22P02", ProgramFault),
    ("23503", UnknownSubject),
    ("23505", ObjectExists),
    ("40001", CatalogueUnavailable),
    ("40P01", CatalogueUnavailable),
    ("53300", CatalogueUnavailable),
    ("55P03", CatalogueUnavailable),
    ("57014", CatalogueUnavailable),
    ("57P01", CatalogueUnavailable),
    ("57P03", CatalogueUnavailable),
)


def every_class(root: type[exc.SQLAlchemyError]) -> Iterator[type[exc.SQLAlchemyError]]:
    yield root
    for kind in root.__subclasses__():
        if kind.__module__ == exc.__name__:
            yield from every_class(kind)


def raised(kind: type[exc.SQLAlchemyError]) -> exc.SQLAlchemyError:
    """An error of that class, made as SQLAlchemy makes it, about a statement that holds somebody's name."""
    if issubclass(kind, exc.DBAPIError):
        return kind("INSERT", {"title": NAMED}, sqlite3.OperationalError("gone"))
    return kind.__new__(kind)


@pytest.mark.parametrize("kind", sorted(set(every_class(exc.SQLAlchemyError)), key=str))
def test_every_class_is_mapped(kind: type[exc.SQLAlchemyError]) -> None:
    expected = next((fault for base, fault in SPECIAL.items() if issubclass(kind, base)), CatalogueUnavailable)
    fault = catalogue_fault(raised(kind), PLACE)
    assert type(fault) is expected
    for text in (fault.sv, fault.en):
        assert PLACE in text
        assert NAMED not in text


@pytest.mark.parametrize(("said", "expected"), SAID)
def test_what_the_database_says_decides(said: str, expected: type[EarkivError]) -> None:
    error = exc.OperationalError("INSERT", {"title": NAMED}, sqlite3.OperationalError(said))
    fault = catalogue_fault(error, PLACE)
    assert type(fault) is expected
    assert said in fault.sv
    assert fault.sv != fault.en


@pytest.mark.parametrize(("state", "expected"), STATES)
def test_the_sqlstate_of_a_server_decides_whatever_language_it_speaks(state: str, expected: type[EarkivError]) -> None:
    said = psycopg.errors.lookup(state)(f"no space left, {NAMED}" if state == "22P02" else "servern säger nej")
    wrapper = exc.IntegrityError if state.startswith("23") else exc.OperationalError
    fault = catalogue_fault(wrapper("INSERT", {"title": NAMED}, said), PLACE)
    assert type(fault) is expected
    for text in (fault.sv, fault.en):
        assert state in text
        assert NAMED not in text


def test_our_own_errors_pass_untouched() -> None:
    with pytest.raises(UnknownSubject, match="en"), faults_of(PLACE):
        raise UnknownSubject("sv", "en")


def test_the_cause_is_kept_for_whoever_debugs() -> None:
    with pytest.raises(CatalogueUnavailable) as fault, faults_of(PLACE):
        raise exc.TimeoutError
    assert isinstance(fault.value.__cause__, exc.TimeoutError)
