"""The embedded archive: everything in one folder, one writer at a time (DESIGN §6)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.heartbeat import alive, new_owner
from ingest.adapters.home import Home, clear_scratch, create_home, open_home, writer_lock
from ingest.adapters.sql.catalogue import SqlCatalogue, join_catalogue, open_catalogue
from ingest.adapters.sql.catalogue_file import move_catalogue, remove_catalogue
from ingest.adapters.sql.processes import worker_here
from ingest.adapters.store_settings import require_at_home
from ingest.adapters.system import SystemClock
from ingest.application.agreement_files import read_agreements
from ingest.application.establish_archive import establish, register_agreement, register_format_policy
from ingest.bootstrap.archive import Archive, Fitting, as_is
from ingest.bootstrap.parts import Places, assembled
from ingest.bootstrap.signing import renewed_key, signer_of
from ingest.config import Settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.errors import ConfigurationError
from ingest.formats.format_policy import read_policy
from ingest.pipeline.step import Ports


@contextmanager
def writing(settings: Settings, fit: Fitting = as_is) -> Iterator[Archive]:
    """Open the embedded archive as its only writer, made first if need be.

    Raises HomeLocked, StoreReadOnly, ConfigurationError (also when the catalogue is gone: `rebuild` is needed).
    """
    home = create_home(settings.home)
    with writer_lock(home, SystemClock().now(), settings.lock_wait_seconds), ExitStack() as closing:
        _require_catalogue(home)
        clear_scratch(home)
        catalogue = closing.enter_context(open_catalogue(home.catalogue))
        worker = worker_here(new_owner())
        closing.enter_context(alive(catalogue, worker))
        ports = fit(_ports(settings, home, catalogue, closing))
        establish(ports)
        renewed_key(home, ports)
        register_agreement(ports, DEFAULT_AGREEMENT)
        for agreement in read_agreements(home.agreements):
            register_agreement(ports, agreement)
        register_format_policy(ports, read_policy(home.format_policy))
        yield Archive(ports=ports, owner=worker.owner)


@contextmanager
def reading(settings: Settings) -> Iterator[Archive]:
    """Open the embedded archive for reading only, also while another process writes; no private key is needed.

    Raises ConfigurationError when there is no archive, or its catalogue is gone.
    """
    home = open_home(settings.home)
    with ExitStack() as closing:
        _require_catalogue(home)
        catalogue = closing.enter_context(open_catalogue(home.catalogue, read_only=True))
        yield Archive(ports=_ports(settings, home, catalogue, closing), owner="")


@contextmanager
def keeping(settings: Settings) -> Iterator[Archive]:
    """Open the embedded archive to change what storage does not hold, also while another process writes.

    Raises ConfigurationError when there is no archive, or its catalogue is gone.
    """
    home = open_home(settings.home)
    with ExitStack() as closing:
        _require_catalogue(home)
        catalogue = closing.enter_context(join_catalogue(home.catalogue))
        yield Archive(ports=_ports(settings, home, catalogue, closing), owner="")


@contextmanager
def joining(settings: Settings) -> Iterator[Archive]:
    """Open the embedded archive to take leases and write its journal, also while another process is its writer.

    For decisions of people, which must not wait until `serve` is stopped; whatever arrives is the writer's to take in.
    Raises ConfigurationError when there is no archive, or its catalogue is gone.
    """
    home = open_home(settings.home)
    with ExitStack() as closing:
        _require_catalogue(home)
        catalogue = closing.enter_context(join_catalogue(home.catalogue))
        worker = worker_here(new_owner())
        closing.enter_context(alive(catalogue, worker))
        # A writer that begins clears the archive's own folder for tools at work.
        scratch = Path(closing.enter_context(TemporaryDirectory(prefix="earkiv-")))
        yield Archive(ports=_ports(settings, home, catalogue, closing, scratch), owner=worker.owner)


@contextmanager
def rebuilding(settings: Settings) -> Iterator[Archive]:
    """Open the archive with an empty catalogue, which takes the old one's place when the `with` block ends well.

    The old one, if there is any, is kept as `catalogue.sqlite.before-rebuild`; after a fault it stays in force. No
    private key is needed. Raises ConfigurationError when there is no archive, HomeLocked, StoreReadOnly.
    """
    home = create_home(open_home(settings.home).root)
    fresh = home.root / f"{home.catalogue.name}.new"
    with writer_lock(home, SystemClock().now(), settings.lock_wait_seconds):
        remove_catalogue(fresh)
        with ExitStack() as closing:
            catalogue = closing.enter_context(open_catalogue(fresh))
            yield Archive(ports=_ports(settings, home, catalogue, closing), owner="")
        if home.catalogue.exists():
            former = home.root / f"{home.catalogue.name}.before-rebuild"
            remove_catalogue(former)
            move_catalogue(home.catalogue, former)
        move_catalogue(fresh, home.catalogue)


def _ports(
    settings: Settings, home: Home, catalogue: SqlCatalogue, closing: ExitStack, scratch: Path | None = None
) -> Ports:
    require_at_home(settings.stores)
    store = DirectoryStore(home.archive, "archive")
    places = Places(
        catalogue=catalogue,
        signer=signer_of(home, catalogue, (store,)),
        staging=DirectoryStore(home.staging, "staging"),
        quarantine=DirectoryStore(home.quarantine, "quarantine"),
        replicas=(store,),
        trials=DirectoryStore(home.test, "test"),
        scratch=scratch or home.scratch,
    )
    return assembled(settings, places, closing)


def _require_catalogue(home: Home) -> None:
    """Refuse to start an empty catalogue beside an archive that has contents: that one must be rebuilt."""
    log = home.catalogue.with_name(f"{home.catalogue.name}-wal")
    empty = not home.catalogue.exists() or (home.catalogue.stat().st_size == 0 and not log.exists())
    if empty and (home.archive / "journal").is_dir():
        raise ConfigurationError(
            f"Katalogen {home.catalogue.name} saknas i {home.root}. Kör `earkiv rebuild`: den återskapas ur arkivet.",
            f"The catalogue {home.catalogue.name} is missing in {home.root}. Run `earkiv rebuild`: it is recreated "
            "from the archive.",
        )
