"""An archive that was founded once, of which every simulation gets a copy: its database, its store, its signing key."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from ingest.adapters.key_files import key_id_of
from ingest.adapters.signing import Ed25519Signer, load
from ingest.adapters.sql.catalogue import SqlCatalogue
from ingest.adapters.sql.engine import Database
from ingest.adapters.sql.leases import PATIENCE_SECONDS, Watch
from ingest.adapters.sql.schema import bring_up_to_date
from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.application.establish_archive import establish, register_agreement
from ingest.application.manage_signing_keys import NewKey, add_signing_key
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.provenance import Agent, AgentKind
from ingest.domain.receivers import Receivers
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue, Clock, Ids
from tests.fakes.memory_store import MemoryStore
from tests.fakes.plain_tools import NoContentChecker, NoTextExtractor, NothingNested, PlainExaminer
from tests.fakes.steady import CountingIds, SteadyClock
from tests.fakes.steady_converter import SteadyConverter
from tests.simulation.statements import Direct

BATCH: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """The connection that all simulations of this process use in turn, and what it is set back to."""

    connection: sqlite3.Connection
    template: sqlite3.Connection
    empty: sqlite3.Connection
    database: Database
    objects: dict[str, bytes]
    signer: Ed25519Signer

    def restore(self) -> None:
        """Set the database back to what it was when the archive was founded."""
        self.template.backup(self.connection)

    def another(self) -> Database:
        """Give a database of its own that holds nothing: it takes long to make one."""
        return _database(_copy(self.empty))

    def store(self, name: str) -> MemoryStore:
        """Give a store that holds what was written when the archive was founded."""
        return MemoryStore(name, self.objects)


@cache
def founded() -> Founded:
    """Found the archive, once for this process."""
    connection = _memory()
    _brought_up_to_date(connection)
    database = _database(connection)
    empty = _copy(connection)
    store, signer = MemoryStore("archive"), _signer()
    catalogue = SqlCatalogue(database, Watch(lambda: 0.0, PATIENCE_SECONDS))
    ports = ports_of(catalogue, (store,), signer, SteadyClock(), CountingIds(lambda _: False))
    establish(ports)
    add_signing_key(NewKey(id=signer.key_id, public=signer.public_key, introduced_by=signer.key_id), ports)
    register_agreement(ports, DEFAULT_AGREEMENT)
    return Founded(
        connection=connection,
        template=_copy(connection),
        empty=empty,
        database=database,
        objects=store.contents,
        signer=signer,
    )


class OpenDatabase(Database):
    """A database whose connection stays open from one transaction to the next: to open one costs as much as it does."""

    def __init__(self, engine: Engine, driver: sqlite3.Connection) -> None:
        super().__init__(engine, "simulated catalogue")
        self._driver = driver

    @cached_property
    def _lent(self) -> Connection:
        return cast("Connection", Direct(self._reader.connect(), self._driver))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection."""
        with self._faults(self.place):
            yield self._lent

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the connection for one transaction."""
        with self._faults(self.place):
            self._driver.execute("BEGIN IMMEDIATE")
            try:
                yield self._lent
            except BaseException:
                self._driver.rollback()
                raise
            self._driver.commit()


def _database(connection: sqlite3.Connection) -> Database:
    return OpenDatabase(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool), connection)


def _brought_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, which takes a `Connection` that is one."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    bring_up_to_date(Database(engine, "simulated catalogue"))


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = _memory()
    connection.backup(copy)
    return copy


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _signer() -> Ed25519Signer:
    """Load a key that is the same in every run: what is signed enters into what is compared."""
    folder = Path(mkdtemp(prefix="earkiv-simulation-"))
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key_id = key_id_of(private.public_key())
    file = folder / f"{key_id}.pem"
    file.touch(mode=0o600)
    file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return load(folder, key_id, {})


def ports_of(
    catalogue: Catalogue, replicas: tuple[MemoryStore, ...], signer: Ed25519Signer, clock: Clock, ids: Ids
) -> Ports:
    """Give the ports of an archive whose stores lie in memory and whose tools answer at once."""
    return Ports(
        catalogue=catalogue,
        staging=MemoryStore("staging"),
        quarantine=MemoryStore("quarantine"),
        replicas=replicas,
        trials=MemoryStore("test"),
        trial_age=timedelta(days=30),
        examiner=PlainExaminer(),
        nested_opener=NothingNested(),
        content_checker=NoContentChecker(),
        text_extractor=NoTextExtractor(),
        converter=SteadyConverter(),
        signer=signer,
        messenger=HttpWebhookSender(Receivers(), "earkiv"),
        clock=clock,
        ids=ids,
        readings=Readings(),
        take_out=lambda _: None,  # nothing is public in the simulation
        archive=Agent(kind=AgentKind.ORGANIZATION, name="Arkivet"),
        software=Agent(kind=AgentKind.SOFTWARE, name="earkiv", version="1.0"),
        batch=BATCH,
    )
