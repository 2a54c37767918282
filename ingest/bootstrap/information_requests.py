"""What the public has asked for, as the desk has it: a file beside an embedded reading room, a database of a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.adapters.home import open_home
from ingest.adapters.public_requests import open_request_ledger
from ingest.adapters.secrets import Secret
from ingest.config import Settings
from ingest.domain.request_disposal import KeepingTimes
from ingest.errors import ConfigurationError
from ingest.public_ports import RequestLedger


@contextmanager
def request_ledger(settings: Settings) -> Iterator[RequestLedger]:
    """Open the store of requests, made first if need be.

    Raises ConfigurationError where a server has not been told where it is, DamageFound, CatalogueUnavailable.
    """
    with open_request_ledger(_place(settings), keeping_times(settings)) as ledger:
        yield ledger


@contextmanager
def requests_if_any(settings: Settings) -> Iterator[RequestLedger | None]:
    """Open the store of requests, None where nobody has made one, or a server has not been told of one.

    Raises as `request_ledger`.
    """
    if settings.public_requests is None and not _is_made(settings):
        yield None
        return
    with request_ledger(settings) as ledger:
        yield ledger


def _is_made(settings: Settings) -> bool:
    return settings.database is None and open_home(settings.home).requests.exists()


def keeping_times(settings: Settings) -> KeepingTimes:
    """Give for how long what belongs to requests is kept."""
    return KeepingTimes(contact_days=settings.request_contact_days, file_days=settings.request_file_days)


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
