"""The server: PostgreSQL, shared stores, any number of processes on any number of machines (DESIGN §6).

EARKIV_HOME is a machine's own folder there: signing keys, agreements and the format policy to register, and a folder
for tools at work. One process establishes the archive; all others join it.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ingest.adapters.heartbeat import alive, new_owner
from ingest.adapters.home import Home, create_machine_home, writer_lock
from ingest.adapters.scratch import own_scratch
from ingest.adapters.sql.catalogue import SqlCatalogue, join_catalogue, open_catalogue
from ingest.adapters.sql.processes import worker_here
from ingest.adapters.store_settings import StorePlace, open_direct, open_store
from ingest.adapters.system import SystemClock
from ingest.application.agreement_files import read_agreements
from ingest.application.establish_archive import establish, register_agreement, register_format_policy
from ingest.bootstrap.archive import Archive, Fitting, as_is
from ingest.bootstrap.parts import Places, assembled
from ingest.bootstrap.signing import first_key, signer_of
from ingest.config import Settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import ConfigurationError
from ingest.formats.format_policy import read_policy
from ingest.ports import Catalogue, ObjectStore, Signer


@contextmanager
def establishing(settings: Settings) -> Iterator[Archive]:
    """Make the archive, or bring it up to date: tables, OCFL root, signing key, agreements, format policy.

    Other processes may be at work meanwhile; two that establish at once, on two machines, are a fault of one of them
    that is mended by trying again. Raises ConfigurationError, StoreUnavailable, CatalogueUnavailable, ObjectExists.
    """
    home = create_machine_home(settings.home)
    agreements = read_agreements(home.agreements)
    _require_no_default(agreement.id for agreement in agreements)
    with writer_lock(home, SystemClock().now(), settings.lock_wait_seconds), ExitStack() as closing:
        stores = _stores(settings, home, closing)
        catalogue = closing.enter_context(open_catalogue(_address(settings)))
        ports = assembled(settings, stores.places(catalogue, signer_of(home, catalogue, stores.replicas)), closing)
        establish(ports)
        first_key(home, ports)
        _require_key(ports.signer, home)
        for agreement in agreements:
            register_agreement(ports, agreement)
        register_format_policy(ports, read_policy(home.format_policy))
        yield Archive(ports=ports, owner="")


@contextmanager
def working(settings: Settings, fit: Fitting = as_is) -> Iterator[Archive]:
    """Join the archive as one of its workers.

    Raises ConfigurationError for an archive that is not established, or has the default agreement, which is for
    embedded use alone; StoreUnavailable, CatalogueUnavailable.
    """
    home = create_machine_home(settings.home)
    with ExitStack() as closing:
        stores = _stores(settings, home, closing)
        catalogue = closing.enter_context(join_catalogue(_address(settings)))
        if catalogue.agreement(DEFAULT_AGREEMENT.id) is not None:
            _require_no_default((DEFAULT_AGREEMENT.id,))
        signer = signer_of(home, catalogue, stores.replicas)
        _require_key(signer, home)
        worker = worker_here(new_owner())
        closing.enter_context(alive(catalogue, worker))
        yield Archive(ports=fit(assembled(settings, stores.places(catalogue, signer), closing)), owner=worker.owner)


@contextmanager
def reading(settings: Settings) -> Iterator[Archive]:
    """Open the archive for reading only; no private key is needed.

    Raises ConfigurationError, StoreUnavailable, CatalogueUnavailable.
    """
    home = create_machine_home(settings.home)
    with ExitStack() as closing:
        catalogue = closing.enter_context(open_catalogue(_address(settings), read_only=True))
        yield _verifying(settings, home, catalogue, closing)


@contextmanager
def signing(settings: Settings) -> Iterator[Archive]:
    """Open the archive to change its keys, also while others work; the one that signs now may be lost.

    Raises ConfigurationError, StoreUnavailable, CatalogueUnavailable.
    """
    home = create_machine_home(settings.home)
    with ExitStack() as closing:
        catalogue = closing.enter_context(join_catalogue(_address(settings)))
        yield _verifying(settings, home, catalogue, closing)


@contextmanager
def rebuilding(settings: Settings) -> Iterator[Archive]:
    """Open the archive with an empty database, made up to date first; no private key is needed.

    Raises ConfigurationError for a database that holds anything of an archive.
    """
    home = create_machine_home(settings.home)
    with writer_lock(home, SystemClock().now(), settings.lock_wait_seconds), ExitStack() as closing:
        catalogue = closing.enter_context(open_catalogue(_address(settings)))
        if catalogue.journal_records() or catalogue.unfinished():
            raise ConfigurationError(
                "Databasen är inte tom. Skapa en ny databas, ange den med EARKIV_DATABASE och kör om.",
                "The database is not empty. Create a new database, name it by EARKIV_DATABASE and run again.",
            )
        yield _verifying(settings, home, catalogue, closing)


def _verifying(settings: Settings, home: Home, catalogue: SqlCatalogue, closing: ExitStack) -> Archive:
    stores = _stores(settings, home, closing)
    signer = signer_of(home, catalogue, stores.replicas)
    return Archive(ports=assembled(settings, stores.places(catalogue, signer), closing), owner="")


class _Stores:
    """The stores that all machines share, opened."""

    def __init__(self, settings: Settings, scratch: Path) -> None:
        self.scratch = scratch
        opened = {name: _opened(place, name, scratch) for name, place in settings.stores.named() if name != "public"}
        self.staging, self.quarantine = opened.pop("staging"), opened.pop("quarantine")
        self.trials = opened.pop("test")
        self.replicas = tuple(opened.values())
        self.direct = open_direct(settings.stores.staging)

    def places(self, catalogue: Catalogue, signer: Signer) -> Places:
        """Put catalogue and keys beside them."""
        return Places(
            catalogue=catalogue,
            signer=signer,
            staging=self.staging,
            quarantine=self.quarantine,
            replicas=self.replicas,
            trials=self.trials,
            scratch=self.scratch,
            direct=self.direct,
        )


def _stores(settings: Settings, home: Home, closing: ExitStack) -> _Stores:
    return _Stores(settings, closing.enter_context(own_scratch(home.scratch, new_owner())))


def _opened(place: StorePlace | None, name: str, scratch: Path) -> ObjectStore:
    if place is None:
        variable = f"EARKIV_STORE_{name.upper().replace('-', '_')}"
        raise ConfigurationError(
            f"{variable} saknas: med EARKIV_DATABASE måste varje lager ligga där alla maskiner når det.",
            f"{variable} is missing: with EARKIV_DATABASE every store must lie where all machines reach it.",
        )
    return open_store(place, name, scratch)


def _address(settings: Settings) -> str:
    if settings.database is None:
        message = "this is not the server"
        raise AssertionError(message)
    return settings.database.reveal()


def _require_key(signer: Signer, home: Home) -> None:
    """Refuse a machine that does not hold the key that signs now: it must never make one of its own."""
    try:
        _ = signer.key_id
    except ConfigurationError as error:
        raise ConfigurationError(
            f"Arkivets signeringsnyckel går inte att använda: {error.sv} Kör `earkiv establish` på en maskin, en gång, "
            f"och kopiera nycklarna därifrån till {home.keys}. Är nyckeln borta för alltid: "
            "`earkiv signing-key rotate --current-is-lost`.",
            f"The archive's signing key cannot be used: {error.en} Run `earkiv establish` on one machine, once, and "
            f"copy the keys from there to {home.keys}. Where the key is lost for good: "
            "`earkiv signing-key rotate --current-is-lost`.",
        ) from error


def _require_no_default(agreements: Iterator[str] | tuple[str, ...]) -> None:
    if DEFAULT_AGREEMENT.id in agreements:
        raise ConfigurationError(
            f"Överenskommelsen {DEFAULT_AGREEMENT.id} tar emot från vem som helst och finns bara i inbäddad drift. "
            "Skriv en egen.",
            f"The agreement {DEFAULT_AGREEMENT.id} takes from anybody and is for embedded use alone. Write your own.",
        )
