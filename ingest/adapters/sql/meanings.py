"""What the databases say, and what it means: fragments of SQLite's texts, PostgreSQL's SQLSTATEs (its appendix A)."""

from typing import Final, NamedTuple

from ingest.errors import (
    CatalogueUnavailable,
    ConfigurationError,
    DamageFound,
    EarkivError,
    OutOfSpace,
    ProgramFault,
    StoreReadOnly,
    UnknownSubject,
)


class Meaning(NamedTuple):
    """The fault that something stands for, and how a person is told; `{}` is the catalogue's name."""

    fault: type[EarkivError]
    sv: str
    en: str


FULL: Final = Meaning(
    OutOfSpace, "Det finns inget utrymme kvar för katalogen {}", "There is no space left for the catalogue {}"
)
READ_ONLY: Final = Meaning(StoreReadOnly, "Katalogen {} får inte skrivas", "The catalogue {} may not be written")
SHUT: Final = Meaning(StoreReadOnly, "Katalogen {} går inte att öppna", "The catalogue {} cannot be opened")
DAMAGED: Final = Meaning(
    DamageFound,
    "Katalogen {} är skadad: flytta undan filen och kör `earkiv rebuild`, arkivet självt är orört",
    "The catalogue {} is damaged: move the file away and run `earkiv rebuild`; the archive itself is untouched",
)
DAMAGED_ON_SERVER: Final = Meaning(
    DamageFound,
    "Katalogen {} är skadad: skapa en ny, tom databas och kör `earkiv rebuild`, arkivet självt är orört",
    "The catalogue {} is damaged: make a new, empty database and run `earkiv rebuild`; the archive itself is untouched",
)
UNKNOWN: Final = Meaning(
    UnknownSubject,
    "Katalogen {} känner inte leveransen som uppgiften hör till",
    "The catalogue {} does not know the delivery that the entry belongs to",
)
REFUSED: Final = Meaning(
    ConfigurationError,
    "Databasservern släpper inte in oss i {}: kontrollera namn, lösenord och rättigheter i EARKIV_DATABASE",
    "The database server does not let us into {}: check name, password and rights in EARKIV_DATABASE",
)
NO_DATABASE: Final = Meaning(
    ConfigurationError,
    "Databasen i {} finns inte: skapa den, eller rätta EARKIV_DATABASE",
    "The database in {} does not exist: create it, or correct EARKIV_DATABASE",
)
BAD_ADDRESS: Final = Meaning(
    ConfigurationError,
    "Katalogens adress {} kan inte användas",
    "The catalogue's address {} cannot be used",
)
UNHOLDABLE: Final = Meaning(
    ProgramFault,
    "Katalogen {} kan inte hålla ett av värdena",
    "The catalogue {} cannot hold one of the values",
)
UNAVAILABLE: Final = Meaning(
    CatalogueUnavailable,
    "Katalogen {} svarar inte eller är upptagen",
    "The catalogue {} does not answer or is busy",
)

FRAGMENTS: Final = (
    ("database or disk is full", FULL),
    ("no space left", FULL),
    ("sqlite_ioerr_shmsize", FULL),
    ("readonly database", READ_ONLY),
    ("read-only transaction", READ_ONLY),
    ("unable to open database", SHUT),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("no such table", DAMAGED),
    ("no such column", DAMAGED),
    ("foreign key", UNKNOWN),
    # libpq gives no SQLSTATE for what went wrong while it connected.
    ("authentication failed", REFUSED),
    ("no pg_hba.conf entry", REFUSED),
    ("no password supplied", REFUSED),
    ("permission denied for database", REFUSED),
    ("is not permitted to log in", REFUSED),
    ('role "', REFUSED),
    ('database "', NO_DATABASE),
    ("invalid connection option", BAD_ADDRESS),
    ("invalid port number", BAD_ADDRESS),
    ("invalid integer value", BAD_ADDRESS),
    ("invalid sslmode value", BAD_ADDRESS),
    ("unrecognized configuration parameter", BAD_ADDRESS),
    ("cannot contain nul", UNHOLDABLE),
)
"""Looked for in lower case, the first that fits holds; only where the server gave no SQLSTATE."""

STATES: Final = (
    ("53100", FULL),
    ("53000", FULL),
    ("25006", READ_ONLY),
    ("28", REFUSED),
    ("42501", REFUSED),
    ("3D000", NO_DATABASE),
    ("3F000", NO_DATABASE),
    ("42P01", DAMAGED_ON_SERVER),
    ("42703", DAMAGED_ON_SERVER),
    ("XX001", DAMAGED_ON_SERVER),
    ("XX002", DAMAGED_ON_SERVER),
    ("23503", UNKNOWN),
    ("22", UNHOLDABLE),
)
"""SQLSTATEs, or classes of them; all others are worth another try: lost connections (08), a server that starts or
stops (57P), serialization failures and deadlocks (40), locks and time that ran out (55P03, 57014), no room for another
connection (53300)."""

GOES_AWAY: Final = frozenset({"25006", "57P01", "57P02", "57P03", "57P05"})
"""The server is a standby now, or shuts down, or has ended the session: its connections are of no more use."""
