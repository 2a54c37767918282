"""`earkiv signing-key`: what signs receipts and journal, and what is known of the keys that did."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from earkiv.cli import serving_texts as texts
from earkiv.cli.endings import FINE, WrongUse
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.vocabulary import said as term
from ingest.adapters.home import Home
from ingest.adapters.signing import create_key, key_ids
from ingest.adapters.system import SystemClock
from ingest.application.journal_keys import signing_keys
from ingest.application.manage_signing_keys import report_compromise
from ingest.application.published_keys import key_times
from ingest.bootstrap import reading, signing
from ingest.bootstrap.signing import replace_lost_key, rotate_key, unused_key
from ingest.domain.findings import Text
from ingest.domain.signing_keys import SigningKey
from ingest.pipeline.step import Ports

__all__ = ["create", "list_all", "mark_compromised", "replace_lost_key", "rotate", "rotate_key"]

Change = Callable[[str, Home, Ports], None]


def create(session: Session) -> int:
    """Make a key that signs nothing yet, so that it can be copied first."""
    home = Home(root=session.settings.home)
    with signing(session.settings):
        key = create_key(home.keys)
    return _told(key, texts.SIGNING_KEY_CREATED, session)


def list_all(session: Session) -> int:
    """Print every key that ever signed, oldest first. Raises DamageFound."""
    held = key_ids(Home(root=session.settings.home).keys)
    with reading(session.settings) as archive:
        keys = signing_keys(archive.ports)
    if session.printing is Printing.JSON:
        print_json([{**_document(key), "held": key.id in held} for key in keys])
    else:
        _print_table([(key, key.id in held) for key in keys], session)
    return FINE


def rotate(key: str | None, change: Change, session: Session) -> int:
    """Let a key sign from now on: the one named, or in the embedded archive one that waits, or a new one.

    Raises ConfigurationError where a private key is not held, or on a server where none is named.
    """
    home = Home(root=session.settings.home)
    with signing(session.settings) as archive:
        if key is None and session.settings.database is not None:
            raise WrongUse(texts.WHICH_KEY.sv, texts.WHICH_KEY.en)
        chosen = key or unused_key(home, archive.ports) or create_key(home.keys)
        change(chosen, home, archive.ports)
    return _told(chosen, texts.SIGNING_KEY_ROTATED, session)


def mark_compromised(key: str, since: str, reason: str, session: Session) -> int:
    """Report that others may have had a key since then. Raises UnknownSubject, ConfigurationError."""
    at = _time(since, SystemClock().now())
    with signing(session.settings) as archive:
        reported = report_compromise(key, at, reason, archive.ports)
    if session.printing is Printing.JSON:
        print_json(_document(reported))
    else:
        session.page().print(session.voice(texts.SIGNING_KEY_REPORTED).format(key=key, since=since))
    return FINE


def _time(text: str, now: datetime) -> datetime:
    """Read a time that is one everywhere: doubt must not depend on where somebody reads it."""
    at: datetime | None = None
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
    if at is None or at.tzinfo is None:
        raise WrongUse(texts.NO_TIME.sv.format(since=text), texts.NO_TIME.en.format(since=text))
    if at > now:
        raise WrongUse(texts.FUTURE.sv.format(since=text), texts.FUTURE.en.format(since=text))
    return at


def _told(key: str, said: Text, session: Session) -> int:
    path = Home(root=session.settings.home).keys / f"{key}.pem"
    if session.printing is Printing.JSON:
        print_json({"key": key, "path": str(path)})
    else:
        session.page().print(session.voice(said).format(key=key, path=path))
    return FINE


def _document(key: SigningKey) -> dict[str, Any]:
    reason = {"reason": key.compromise.reason} if key.compromise else {}
    return {"key": key.id, "public": key.public, **key_times(key), **reason}


def _print_table(keys: list[tuple[SigningKey, bool]], session: Session) -> None:
    from rich.table import Table  # noqa: PLC0415 - JSON needs no tables

    table = Table(*(session.voice(column) for column in texts.SIGNING_KEY_COLUMNS), box=None)
    for key, is_held in keys:
        times = (key.added_at, key.retired_at, key.compromise.since if key.compromise else None)
        status, held = term(key.status.value, session.voice), session.voice(texts.YES if is_held else texts.NO)
        table.add_row(key.id, status, *("" if at is None else at.isoformat(" ", "minutes") for at in times), held)
    session.page().print(table)
