"""`earkiv push`: hand deliveries over to an archive, and print its receipts."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from earkiv.cli.endings import FINE, REFUSED
from earkiv.cli.session import Printing, Session, one_or_all, print_json, require_paths
from earkiv.pushing import texts
from earkiv.pushing.client import Client, NotTaken, Target, conversation
from earkiv.pushing.packed import Packed, packed
from ingest.adapters.secrets import Secret
from ingest.errors import ConfigurationError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be pushed where; `wait` is how many seconds to wait for each receipt."""

    address: str
    paths: Sequence[Path]
    agreement: str | None
    wait: float


def push(errand: Errand, session: Session) -> int:
    """Send each path and print its receipt; 1 when any is refused.

    Raises SourceUnreadable before anything is sent when a path is absent, ConfigurationError for a key or address that
    is wrong, StoreUnavailable when the archive does not answer: run again, nothing is doubled.
    """
    require_paths(errand.paths)
    target = Target(
        address=errand.address,
        key=_key(session),
        language=session.voice.language.value,
        agreement=errand.agreement,
    )
    answers = []
    with conversation(target) as http:
        for path in errand.paths:
            answers.append(_pushed(path, Client(target=target, http=http), errand, session))
            if session.printing is Printing.TEXT:
                _print(answers[-1], path, session)
    if session.printing is Printing.JSON:
        print_json(one_or_all(answers))
    return REFUSED if any(answer["outcome"] == "rejected" for answer in answers) else FINE


def _key(session: Session) -> Secret:
    """Give the archive's key. Raises ConfigurationError where none is set."""
    if session.settings.api_key is None:
        raise ConfigurationError(texts.NO_KEY.sv, texts.NO_KEY.en)
    return session.settings.api_key


def _pushed(path: Path, client: Client, errand: Errand, session: Session) -> Json:
    with packed(path) as package, _shown(package, session) as told:
        client.told = told
        client.retrying = lambda why: session.note(session.voice(texts.AGAIN).format(why=why))
        sent = client.send(package)
    if isinstance(sent, NotTaken):
        return _refusal(sent.problem)
    return client.receipt(sent.location, errand.wait) or _undecided(sent.location)


def _refusal(problem: Json) -> Json:
    return {**_unsigned(), "outcome": "rejected", "findings": problem.get("findings", []), "problem": problem}


def _undecided(location: str) -> Json:
    return {**_unsigned(), "deliveryId": location.rpartition("/")[2], "outcome": "undecided", "findings": []}


def _unsigned() -> Json:
    return {
        "receipt": None,
        "delivery": None,
        "deliveryId": None,
        "package": None,
        "files": [],
        "copies": [],
        "at": None,
        "signature": None,
    }


@contextmanager
def _shown(package: Packed, session: Session) -> Iterator[Callable[[int], None]]:
    """Show how far the sending has come, on a terminal alone."""
    if not sys.stderr.isatty() or session.printing is Printing.JSON:
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - for a terminal alone
    from rich.progress import Progress  # noqa: PLC0415 - for a terminal alone

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(session.voice(texts.SENDING).format(name=package.name), total=package.size)
        yield lambda sent: progress.advance(task, sent)


def _print(answer: Json, path: Path, session: Session) -> None:
    from earkiv.cli.finding_view import print_findings  # noqa: PLC0415 - JSON needs no tables
    from earkiv.cli.receipt_view import print_receipt  # noqa: PLC0415 - JSON needs no tables

    if answer["outcome"] == "undecided":
        session.note(session.voice(texts.WAITING).format(name=path.name))
    elif problem := answer.get("problem"):
        page = session.page()
        page.print(session.voice(texts.REFUSED).format(title=problem["title"], detail=problem["detail"]))
        print_findings(answer["findings"], page, session.voice)
    else:
        print_receipt(answer, session)
