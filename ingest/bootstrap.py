"""The composition root: settings in, an archive with all its ports out (DESIGN §6, embedded)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from ingest.adapters.clamd import ClamdScanner
from ingest.adapters.content import PooledContentChecker
from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.heartbeat import alive, new_owner
from ingest.adapters.home import Home, clear_scratch, create_home, open_home, writer_lock
from ingest.adapters.pdfa import VeraPdf
from ingest.adapters.signing import Ed25519Signer, create_key, key_ids, load
from ingest.adapters.sql.catalogue import SqlCatalogue, open_catalogue
from ingest.adapters.sql.catalogue_file import move_catalogue, remove_catalogue
from ingest.adapters.sql.processes import worker_here
from ingest.adapters.store_settings import require_at_home
from ingest.adapters.system import RandomIds, SystemClock
from ingest.adapters.tools.bounds import MIB, Bounds
from ingest.adapters.tools.toolbox import open_toolbox
from ingest.adapters.unscanned import Unscanned
from ingest.application.agreement_files import read_agreements
from ingest.application.establish_archive import establish, register_agreement, register_format_policy
from ingest.application.journal_keys import public_keys
from ingest.config import Settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.provenance import Agent, AgentKind
from ingest.errors import ConfigurationError
from ingest.formats.format_policy import read_policy
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import Ports
from ingest.ports import VirusScanner

_MOST_PROCESSES, _MOST_FILES = 32, 10_000

Fitting = Callable[[Ports], Ports]
"""Puts something between the core and its ports: tests count and break calls with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open archive: its ports, and the name under which this process takes leases ("" when only reading)."""

    ports: Ports
    owner: str


def as_is(ports: Ports) -> Ports:
    """Fit nothing."""
    return ports


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
        known = public_keys((_store(home),))
        signer = _signing(home, known)
        ports = fit(_ports(settings, home, catalogue, signer, closing))
        establish(ports, signer.public_key, known)
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
        verifier = load(home.keys, "", public_keys((_store(home),)))
        yield Archive(ports=_ports(settings, home, catalogue, verifier, closing), owner="")


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
            verifier = load(home.keys, "", public_keys((_store(home),)))
            yield Archive(ports=_ports(settings, home, catalogue, verifier, closing), owner="")
        if home.catalogue.exists():
            former = home.root / f"{home.catalogue.name}.before-rebuild"
            remove_catalogue(former)
            move_catalogue(home.catalogue, former)
        move_catalogue(fresh, home.catalogue)


def _store(home: Home) -> DirectoryStore:
    return DirectoryStore(home.archive, "archive")


def _signing(home: Home, known: Mapping[str, str]) -> Ed25519Signer:
    """Sign with the newest key of the journal that this archive holds; an archive that holds none gets a new one."""
    held = key_ids(home.keys)
    usable = [key for key in known if key in held] or list(held) or [create_key(home.keys)]
    return load(home.keys, usable[-1], known)


def _ports(settings: Settings, home: Home, catalogue: SqlCatalogue, signer: Ed25519Signer, closing: ExitStack) -> Ports:
    require_at_home(settings.stores)
    examiner = PooledExaminer(
        workers=settings.workers,
        scanner=scanner_of(settings),
        patience_seconds=settings.tool_patience_seconds,
        memory_bytes=settings.tool_memory_mib << 20,
        verapdf=VeraPdf(program=settings.verapdf, scratch=home.scratch) if settings.verapdf else None,
    )
    closing.callback(examiner.close)
    converter = ConfinedConverter(
        open_toolbox(settings.tools, home.scratch, bounds_of(settings)), examiner, settings.workers, examiner.rest
    )
    closing.callback(converter.close)
    content_checker = PooledContentChecker(workers=settings.workers, patience_seconds=settings.tool_patience_seconds)
    closing.callback(content_checker.close)
    return Ports(
        catalogue=catalogue,
        staging=DirectoryStore(home.staging, "staging"),
        quarantine=DirectoryStore(home.quarantine, "quarantine"),
        replicas=(_store(home),),
        examiner=examiner,
        content_checker=content_checker,
        converter=converter,
        signer=signer,
        clock=SystemClock(),
        ids=RandomIds(),
        readings=Readings(),
        archive=Agent(kind=AgentKind.ORGANIZATION, name=settings.archive_name),
        software=Agent(kind=AgentKind.SOFTWARE, name="earkiv", version=version("earkiv")),
        batch=settings.batch_size,
    )


def scanner_of(settings: Settings) -> VirusScanner:
    """Give the virus scanner that is configured, or an honest "not scanned"."""
    if settings.clamd is None:
        return Unscanned()
    return ClamdScanner(
        address=settings.clamd,
        most_bytes=settings.clamd_max_bytes,
        timeout_seconds=settings.clamd_timeout_seconds,
        patience=timedelta(days=settings.clamd_max_age_days),
    )


def bounds_of(settings: Settings) -> Bounds:
    """Give the bounds of one conversion, by the settings."""
    return Bounds(
        seconds=settings.conversion_seconds,
        cpu_seconds=settings.conversion_seconds,
        memory=settings.conversion_memory * MIB,
        processes=_MOST_PROCESSES,
        files=_MOST_FILES,
        bytes=settings.conversion_bytes * MIB,
    )


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
