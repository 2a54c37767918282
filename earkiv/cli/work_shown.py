"""Work under way, for a person who watches: what is being done, how fast, how long it will take.

Where nobody watches (output is piped, or JSON is wanted) nothing is shown and nothing is counted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from earkiv.cli.session import Session
from earkiv.cli.sizes import size_of
from ingest.domain.findings import Text
from ingest.drop_ports import RemoteDrop
from ingest.pipeline.step import Ports


class Work(Protocol):
    """What is shown of deliveries being taken in."""

    def fit(self, ports: Ports) -> Ports:
        """Put what counts before the ports."""

    def begin(self, source: Path | RemoteDrop) -> None:
        """Begin with a path, or with a drop that lies elsewhere."""

    def end(self) -> None:
        """Take the display away: the receipt comes next."""


class Unwatched:
    """Nobody watches."""

    def fit(self, ports: Ports) -> Ports:
        """Fit nothing."""
        return ports

    def begin(self, source: Path | RemoteDrop) -> None:
        """Show nothing."""

    def end(self) -> None:
        """Show nothing."""


@contextmanager
def shown(session: Session) -> Iterator[Work]:
    """Show deliveries being taken in."""
    if not session.is_watched:
        yield Unwatched()
        return
    from earkiv.cli.progress import Intake  # noqa: PLC0415 - piped output needs no progress

    work = Intake(session.voice)
    try:
        yield work
    finally:
        work.end()


@contextmanager
def counted(session: Session, title: Text, folder: Path | None) -> Iterator[Callable[[int, int], None]]:
    """Show how many objects and bytes have been read, of what lies in the folder when that is all that is read."""
    if not session.is_watched:
        yield lambda _objects, _bytes: None
        return
    from earkiv.cli.progress import reading_shown  # noqa: PLC0415 - piped output needs no progress

    total = None if folder is None else size_of(folder)
    with reading_shown(title, total, session.voice) as report:
        yield report
