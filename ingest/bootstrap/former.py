"""The catalogue before the one that is being rebuilt: it alone knows deliveries under way, and the keys of the API."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ingest.adapters.heartbeat import BEAT_SECONDS
from ingest.adapters.home import open_home
from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.config import Settings
from ingest.errors import ConfigurationError
from ingest.ports import Catalogue

STILL_SECONDS: Final = 2 * BEAT_SECONDS + 1
"""Who gives no sign of life for so long has been stopped, or is no process any more."""
LOOK_SECONDS: Final = 0.5


@contextmanager
def former_catalogue(settings: Settings) -> Iterator[Catalogue | None]:
    """Open the former catalogue for reading: the embedded archive's own, or the server's EARKIV_FORMER_DATABASE.

    None where there is none. Raises ConfigurationError while processes of the server still work with it: what they
    decide after it was read would be decided twice. CatalogueUnavailable, DamageFound when it cannot be read.
    """
    place = _place(settings)
    if place is None:
        yield None
        return
    with open_catalogue(place, read_only=True, patience_seconds=STILL_SECONDS) as catalogue:
        if settings.database is not None:
            _require_still(catalogue)
        yield catalogue


def _place(settings: Settings) -> Path | str | None:
    if settings.database is not None:
        return None if settings.former_database is None else settings.former_database.reveal()
    catalogue = open_home(settings.home).catalogue
    return catalogue if catalogue.exists() else None


def _require_still(catalogue: SqlCatalogue) -> None:
    until = time.monotonic() + STILL_SECONDS + 1
    while living := catalogue.living():
        if time.monotonic() > until:
            raise ConfigurationError(
                f"Processer arbetar fortfarande med den tidigare katalogen ({len(living)}). Stoppa alla arbetare och "
                "alla `earkiv serve`, och kör om.",
                f"Processes still work with the former catalogue ({len(living)}). Stop all workers and every "
                "`earkiv serve`, and run again.",
            )
        time.sleep(LOOK_SECONDS)
