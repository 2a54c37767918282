"""How `earkiv serve` opens the archivist's desk: by a link in the terminal, or by the organisation's sign-in."""

import getpass
import logging
import sys

from audit.desk.desk import MOUNTED_AT, ByLink, ByProvider, Desk, WayIn, print_link
from audit.desk.flows import Flows
from audit.desk.links import OneTimeLinks
from audit.desk.sessions import Sessions
from earkiv.cli import serving_texts as texts
from earkiv.cli.keyboard import keyboard_subject
from earkiv.cli.session import Session
from ingest.adapters.desk_settings import DeskOidc
from ingest.application.desk_record import DeskRecord
from ingest.application.found_numbers import FoundNumbers
from ingest.bootstrap import Archive
from ingest.bootstrap.information_requests import request_ledger
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.people import ALL_ROLES, Person

logger = logging.getLogger(__name__)
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - nothing listens there: it is how to get there


def address_of(host: str, port: int) -> str:
    """Give where a browser on this machine finds the server."""
    known = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{known}:{port}"


def desk_of(archive: Archive, session: Session, here: str, record: DeskRecord) -> Desk:
    """Give the desk of a served archive, and print the one-time link where that is the way in.

    `here` is the address that browsers know the server by; `record` is the one that the API beside it writes too.
    """
    settings, ports = session.settings, archive.ports
    desk = Desk(
        ports=ports,
        sessions=Sessions(ports.ids.secret),
        finder=FoundNumbers(ports),
        record=record,
        owner=archive.owner,
        room=lambda: reading_room(settings),
        requests=lambda: request_ledger(settings),
        way_in=_way_in(archive, session, here),
        stuck_seconds=60.0 * settings.stuck_minutes,
        is_secure=here.startswith("https:"),
    )
    match desk.way_in:
        case ByLink() as way:
            print_link(way, desk.now())
        case ByProvider():
            logger.info("people sign in at the desk by the identity provider")
        case None:
            logger.warning("the desk lets nobody in: there is no EARKIV_DESK_OIDC_ISSUER")
    return desk


def _way_in(archive: Archive, session: Session, here: str) -> WayIn | None:
    """An identity provider where one is named, a link in an embedded archive, and nothing on a server without one."""
    oidc, secret = session.settings.desk.oidc, archive.ports.ids.secret
    if oidc is not None:
        return _by_provider(oidc, here, Flows(secret))
    if session.settings.database is not None:
        return None

    def show(path: str) -> None:
        # The result of the command, beside its log: a link that lets somebody in belongs in no log.
        sys.stdout.write(session.voice(texts.DESK_LINK).format(address=f"{here}{path}") + "\n")
        sys.stdout.flush()

    person = Person(name=_name(), subject=keyboard_subject(), roles=ALL_ROLES)
    return ByLink(person=person, show=show, links=OneTimeLinks(secret))


def _by_provider(oidc: DeskOidc, here: str, flows: Flows) -> ByProvider:
    from ingest.adapters.people_provider import OidcSignIn  # noqa: PLC0415 - where one is named alone

    return ByProvider(
        provider=OidcSignIn(issuer=oidc.issuer, client_id=oidc.client_id, secret=oidc.secret, scope=oidc.scope),
        redirect=f"{here}{MOUNTED_AT}/sign-in/back",
        names=oidc.names,
        flows=flows,
    )


def _name() -> str:
    """Give the name that the system knows whoever started the program by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "EARKIV_HOME"
