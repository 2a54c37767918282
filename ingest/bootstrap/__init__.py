"""The composition root: settings in, an archive with all its ports out (DESIGN §6).

EARKIV_DATABASE decides which of the two deployments it is; nothing above this module asks.
"""

from contextlib import AbstractContextManager

from ingest.bootstrap import embedded, server
from ingest.bootstrap.archive import Archive, Fitting, as_is
from ingest.bootstrap.former import former_catalogue
from ingest.bootstrap.parts import bounds_of, scanner_of
from ingest.config import Settings

__all__ = [
    "Archive",
    "Fitting",
    "as_is",
    "bounds_of",
    "establishing",
    "former_catalogue",
    "joining",
    "keeping",
    "reading",
    "rebuilding",
    "scanner_of",
    "signing",
    "writing",
]


def writing(settings: Settings, fit: Fitting = as_is) -> AbstractContextManager[Archive]:
    """Open the archive to work on it: the embedded one as its only writer, the server's as one of its workers.

    Raises HomeLocked, StoreReadOnly, ConfigurationError, StoreUnavailable, CatalogueUnavailable.
    """
    return embedded.writing(settings, fit) if settings.database is None else server.working(settings, fit)


def reading(settings: Settings) -> AbstractContextManager[Archive]:
    """Open the archive for reading only, also while others write; no private key is needed.

    Raises ConfigurationError when there is no archive, or its catalogue is gone; StoreUnavailable,
    CatalogueUnavailable.
    """
    return embedded.reading(settings) if settings.database is None else server.reading(settings)


def keeping(settings: Settings) -> AbstractContextManager[Archive]:
    """Open the archive to change what storage does not hold (keys of the API), also while others work.

    Raises ConfigurationError when there is no archive; StoreUnavailable, CatalogueUnavailable.
    """
    return embedded.keeping(settings) if settings.database is None else server.working(settings)


def joining(settings: Settings) -> AbstractContextManager[Archive]:
    """Open the archive to decide on what it holds, also while others work.

    Raises ConfigurationError when there is no archive; StoreUnavailable, CatalogueUnavailable.
    """
    return embedded.joining(settings) if settings.database is None else server.working(settings)


def signing(settings: Settings) -> AbstractContextManager[Archive]:
    """Open the archive to change what signs, also while others work and where the key that signs now is lost.

    Raises ConfigurationError when there is no archive; StoreUnavailable, CatalogueUnavailable.
    """
    return embedded.keeping(settings) if settings.database is None else server.signing(settings)


def establishing(settings: Settings) -> AbstractContextManager[Archive]:
    """Make the archive, or bring it up to date, and register what its folders say.

    Raises ConfigurationError, HomeLocked, StoreUnavailable, CatalogueUnavailable.
    """
    return embedded.writing(settings) if settings.database is None else server.establishing(settings)


def rebuilding(settings: Settings) -> AbstractContextManager[Archive]:
    """Open the archive with an empty catalogue, to be filled from storage.

    Raises ConfigurationError when there is no archive, HomeLocked, StoreReadOnly.
    """
    return embedded.rebuilding(settings) if settings.database is None else server.rebuilding(settings)
