"""What a database can answer, in the words of our own error tree, with texts that name the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from ingest.adapters.sql.meanings import BAD_ADDRESS, FRAGMENTS, STATES, UNAVAILABLE, UNHOLDABLE, Meaning
from ingest.errors import EarkivError, ObjectExists


def catalogue_fault(error: SQLAlchemyError, place: str) -> EarkivError:
    """Translate any fault of SQLAlchemy or the database beneath it; what is not known is worth another try."""
    said, state = _said(error), _sqlstate(error)
    meaning = _by_state(state) if state else _by_text(said)
    match error:
        case _ if meaning is not None:
            pass
        case IntegrityError():
            return ObjectExists(
                f"Katalogen {place} har redan andra uppgifter om detta ({said}).",
                f"The catalogue {place} already holds other values for this ({said}).",
            )
        case ArgumentError() | NoSuchModuleError():
            meaning = BAD_ADDRESS
        case _:
            meaning = UNAVAILABLE
    if meaning is UNHOLDABLE:
        said = f"SQLSTATE {state}" if state else type(error).__name__  # the text would quote the value
    return meaning.fault(f"{meaning.sv.format(place)} ({said}).", f"{meaning.en.format(place)} ({said}).")


def sqlstate_of(error: BaseException) -> str:
    """Give the SQLSTATE that a PostgreSQL server answered with, "" where it gave none."""
    return getattr(error, "sqlstate", None) or ""


def _sqlstate(error: SQLAlchemyError) -> str:
    return sqlstate_of(error.orig) if isinstance(error, DBAPIError) and error.orig is not None else ""


def _by_state(state: str) -> Meaning | None:
    return next((meaning for prefix, meaning in STATES if state.startswith(prefix)), None)


def _by_text(said: str) -> Meaning | None:
    return next((meaning for fragment, meaning in FRAGMENTS if fragment in said.lower()), None)


def _said(error: SQLAlchemyError) -> str:
    """What the database said in its first line, never the statement or its values: those can be personal data."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return type(error).__name__
    name = getattr(error.orig, "sqlite_errorname", "") or sqlstate_of(error.orig)
    return ", ".join(part for part in (*str(error.orig).splitlines()[:1], name) if part)


@contextmanager
def faults_of(place: str) -> Iterator[None]:
    """Raise every SQLAlchemy error within as the EarkivError it stands for."""
    try:
        yield
    except SQLAlchemyError as error:
        raise catalogue_fault(error, place) from error
