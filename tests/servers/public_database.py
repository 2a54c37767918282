"""The database of the reading room's index, made as the how-to says: one user who writes, one who may only read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source_tree import REPOSITORY
from tests.features import documented
from tests.servers.postgres import USER, Postgres

_DATABASE = "earkiv_public"
_ROLES = ("earkiv_publisher", "earkiv_reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDatabase:
    """The addresses of the same database, as the archive and as the reading room are told."""

    writer: str
    reader: str


@contextmanager
def public_database(postgres: Postgres) -> Iterator[PublicDatabase]:
    """Make it in a server of tests within the `with` block; one at a time, since users are the server's."""
    writer, reader = (f"postgresql://{role}@/{_DATABASE}?host={postgres.folder}" for role in _ROLES)
    try:
        _make(postgres)
        yield PublicDatabase(writer=writer, reader=reader)
    finally:
        postgres.drop_database(_DATABASE)
        for role in _ROLES:
            postgres.say("DROP ROLE IF EXISTS {}", role)


def _make(postgres: Postgres) -> None:
    (block,) = documented.blocks("reading-room")
    administrator = {"PGHOST": str(postgres.folder), "PGUSER": USER, "PGDATABASE": "postgres"}
    with tempfile.TemporaryDirectory() as folder:
        documented.run(
            block,
            Path(folder),
            PATH=f"{postgres.programs}:{os.environ['PATH']}",
            SOURCE=str(REPOSITORY),
            ROOM_WRITER_PASSWORD="det ena",  # noqa: S106 - nothing is kept there
            ROOM_READER_PASSWORD="det 'andra'",  # noqa: S106 - nothing is kept there
            **administrator,
        )
