"""What a database can answer, in the words of our own error tree, with texts that name the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from ingest.errors import (
    CatalogueUnavailable,
    ConfigurationError,
    DamageFound,
    EarkivError,
    ObjectExists,
    OutOfSpace,
    StoreReadOnly,
    UnknownSubject,
)


class _Meaning(NamedTuple):
    """A fragment of what the database says (lower case), what it means, and how a person is told."""

    fragment: str
    fault: type[EarkivError]
    sv: str
    en: str


_FULL = ("Det finns inget utrymme kvar för katalogen {}", "There is no space left for the catalogue {}")
_READ_ONLY = ("Katalogen {} får inte skrivas", "The catalogue {} may not be written")
_SHUT = ("Katalogen {} går inte att öppna", "The catalogue {} cannot be opened")
_DAMAGED = (
    "Katalogen {} är skadad: flytta undan filen och kör `earkiv rebuild`, arkivet självt är orört",
    "The catalogue {} is damaged: move the file away and run `earkiv rebuild`; the archive itself is untouched",
)
_UNKNOWN = (
    "Katalogen {} känner inte leveransen som uppgiften hör till",
    "The catalogue {} does not know the delivery that the entry belongs to",
)

_MEANINGS: Final = (
    _Meaning("database or disk is full", OutOfSpace, *_FULL),
    _Meaning("no space left", OutOfSpace, *_FULL),
    _Meaning("sqlite_ioerr_shmsize", OutOfSpace, *_FULL),
    _Meaning("readonly database", StoreReadOnly, *_READ_ONLY),
    _Meaning("read-only transaction", StoreReadOnly, *_READ_ONLY),
    _Meaning("unable to open database", StoreReadOnly, *_SHUT),
    _Meaning("malformed", DamageFound, *_DAMAGED),
    _Meaning("not a database", DamageFound, *_DAMAGED),
    _Meaning("no such table", DamageFound, *_DAMAGED),
    _Meaning("no such column", DamageFound, *_DAMAGED),
    _Meaning("foreign key", UnknownSubject, *_UNKNOWN),
)


def catalogue_fault(error: SQLAlchemyError, place: str) -> EarkivError:
    """Translate any fault of SQLAlchemy or the database beneath it; what is not known is worth another try."""
    said = _said(error)
    for meaning in _MEANINGS:
        if meaning.fragment in said.lower():
            return meaning.fault(f"{meaning.sv.format(place)} ({said}).", f"{meaning.en.format(place)} ({said}).")
    match error:
        case IntegrityError():
            return ObjectExists(
                f"Katalogen {place} har redan andra uppgifter om detta ({said}).",
                f"The catalogue {place} already holds other values for this ({said}).",
            )
        case ArgumentError() | NoSuchModuleError():
            return ConfigurationError(
                f"Katalogens adress {place} kan inte användas ({said}).",
                f"The catalogue's address {place} cannot be used ({said}).",
            )
        case _:
            return CatalogueUnavailable(
                f"Katalogen {place} svarar inte eller är upptagen ({said}).",
                f"The catalogue {place} does not answer or is busy ({said}).",
            )


def _said(error: SQLAlchemyError) -> str:
    """What the database said in its first line, never the statement or its values: those can be personal data."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return type(error).__name__
    name = getattr(error.orig, "sqlite_errorname", "")
    return ", ".join(part for part in (*str(error.orig).splitlines()[:1], name) if part)


@contextmanager
def faults_of(place: str) -> Iterator[None]:
    """Raise every SQLAlchemy error within as the EarkivError it stands for."""
    try:
        yield
    except SQLAlchemyError as error:
        raise catalogue_fault(error, place) from error
