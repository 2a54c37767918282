"""What the desk works with: an open archive, the ways in, and who is in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

import anyio

from audit.desk.flows import Flows
from audit.desk.links import OneTimeLinks
from audit.desk.sessions import Sessions
from ingest.access_ports import HitFinder
from ingest.application.desk_record import DeskRecord
from ingest.application.reading_room import ReadingRoom
from ingest.domain.people import Person
from ingest.domain.sign_in import ClaimNames
from ingest.network_ports import PeopleProvider
from ingest.pipeline.step import Ports
from ingest.public_ports import RequestLedger

MOUNTED_AT = "/desk"
"""Where the desk lies on the API's port."""
_AT_A_TIME = 8
_WAITING = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLink:
    """The way in of an embedded archive: a link, which `show` prints where only `person` sees it; it gets the path."""

    person: Person
    show: Callable[[str], None]
    links: OneTimeLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class ByProvider:
    """The way in of a server: an identity provider, which comes back to `redirect`, tells roles in these claims."""

    provider: PeopleProvider
    redirect: str
    names: ClaimNames
    flows: Flows


WayIn = ByLink | ByProvider


def _threads() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_AT_A_TIME)


def _turned_away() -> anyio.CapacityLimiter:
    """Threads of their own for whoever is not let in: however many try, they make nobody wait who is."""
    return anyio.CapacityLimiter(_AT_A_TIME)


def _recorders() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk of one process; `way_in` None lets nobody in.

    `finder` looks for personal numbers, `owner` takes leases, `room` opens the reading room for writing,
    `record` holds what is done and read, `requests` opens what the public has asked for.
    What nobody has moved for `stuck_seconds` is told as stuck. `is_secure` says whether browsers come by https alone.
    """

    ports: Ports
    sessions: Sessions
    finder: HitFinder
    owner: str
    room: Callable[[], AbstractContextManager[ReadingRoom]]
    record: DeskRecord
    requests: Callable[[], AbstractContextManager[RequestLedger]]
    way_in: WayIn | None = None
    stuck_seconds: float = 3600.0
    is_secure: bool = False
    threads: anyio.CapacityLimiter = field(default_factory=_threads)
    recorders: anyio.CapacityLimiter = field(default_factory=_recorders)
    turned_away: anyio.CapacityLimiter = field(default_factory=_turned_away)

    def now(self) -> datetime:
        """Give the time by the archive's clock."""
        return self.ports.clock.now()


def print_link(way: ByLink, now: datetime) -> bool:
    """Show a new link where only its holder sees it; False where one was shown a moment ago."""
    token = way.links.make(now)
    if token is None:
        return False
    way.show(f"{MOUNTED_AT}/enter/{token}")
    return True
