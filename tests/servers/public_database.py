"""The databases of the reading room's index and of requests, made as the how-to says, each with its two users."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source_tree import REPOSITORY
from tests.features import documented
from tests.servers.postgres import USER, Postgres

_DATABASE, _REQUESTS = "earkiv_public", "earkiv_requests"
_ROLES = ("earkiv_publisher", "earkiv_reader", "earkiv_desk", "earkiv_asker")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDatabase:
    """The addresses of the same databases, as the archive and as the reading room are told."""

    writer: str
    reader: str
    desk: str
    asker: str


@contextmanager
def public_database(postgres: Postgres) -> Iterator[PublicDatabase]:
    """Make it in a server of tests within the `with` block; one at a time, since users are the server's."""
    places = zip(_ROLES, (_DATABASE, _DATABASE, _REQUESTS, _REQUESTS), strict=True)
    writer, reader, desk, asker = (f"postgresql://{role}@/{name}?host={postgres.folder}" for role, name in places)
    try:
        _make(postgres)
        yield PublicDatabase(writer=writer, reader=reader, desk=desk, asker=asker)
    finally:
        for name in (_DATABASE, _REQUESTS):
            postgres.drop_database(name)
        for role in _ROLES:
            postgres.say("DROP ROLE IF EXISTS {}", role)


def rewrite(postgres: Postgres, address: str) -> None:
    """Rewrite the tables of the index, as the how-to says, so that nothing is left of removed rows."""
    _, block = documented.blocks("reading-room")
    programs = f"{postgres.programs}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        documented.run(block, Path(folder), PATH=programs, EARKIV_PUBLIC_DATABASE=address)


def _make(postgres: Postgres) -> None:
    block, _ = documented.blocks("reading-room")
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
