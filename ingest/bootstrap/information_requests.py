"""What the public has asked for, as the desk has it: a file beside an embedded reading room, a database of a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.adapters.home import open_home
from ingest.adapters.public_requests import open_request_ledger
from ingest.adapters.secrets import Secret
from ingest.config import Settings
from ingest.errors import ConfigurationError
from ingest.public_ports import RequestLedger


@contextmanager
def request_ledger(settings: Settings) -> Iterator[RequestLedger]:
    """Open the store of requests, made first if need be.

    Raises ConfigurationError where a server has not been told where it is, DamageFound, CatalogueUnavailable.
    """
    with open_request_ledger(_place(settings)) as ledger:
        yield ledger


def _place(settings: Settings) -> Path | str:
    told = settings.public_requests
    if isinstance(told, Secret):
        return told.reveal()
    if told is None and settings.database is not None:
        raise ConfigurationError(
            "Ange var det som allmänheten begär finns, med EARKIV_PUBLIC_REQUESTS.",
            "Say where what the public asks for is, by EARKIV_PUBLIC_REQUESTS.",
        )
    place = open_home(settings.home).requests if told is None else told
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
