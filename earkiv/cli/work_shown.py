"""Work under way, for a person who watches: what is being done, how fast, how long it will take."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from earkiv.cli.session import Session
from ingest.domain.findings import Text
from ingest.pipeline.step import Ports


class Unwatched:
    """Nobody watches: nothing is shown."""

    def fit(self, ports: Ports) -> Ports:
        """Fit nothing before the ports."""
        return ports

    def begin(self, path: Path) -> None:
        """Begin with a path, silently."""

    def end(self) -> None:
        """End it, silently."""


@contextmanager
def shown(_session: Session) -> Iterator[Unwatched]:
    """Show the work of one command."""
    yield Unwatched()


@contextmanager
def counted(_session: Session, _title: Text) -> Iterator[Callable[[int, int], None]]:
    """Show how many objects and bytes have been read."""
    yield lambda _objects, _bytes: None
