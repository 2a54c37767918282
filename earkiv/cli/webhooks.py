"""`earkiv webhooks`: who is told of deliveries, and where, whoever holds keys today."""

from collections.abc import Sequence
from typing import Any

from earkiv.cli import webhook_texts as texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.manage_webhooks import operators_document
from ingest.bootstrap import keeping, reading


def list_all(session: Session) -> int:
    """Print every webhook, without its secrets."""
    with reading(session.settings) as archive:
        ports = archive.ports
        documents = [operators_document(one, ports) for one in ports.catalogue.subscriptions()]
    if session.printing is Printing.JSON:
        print_json(documents)
    elif documents:
        _print_table(documents, session)
    else:
        session.page().print(session.voice(texts.NONE))
    return FINE


def remove(webhook_id: str, session: Session) -> int:
    """Let nothing more be sent there. Raises UnknownSubject."""
    with keeping(session.settings) as archive:
        catalogue = archive.ports.catalogue
        catalogue.remove_subscription(catalogue.subscription(webhook_id).id)
    session.page().print(session.voice(texts.REMOVED).format(id=webhook_id))
    return FINE


def _print_table(documents: Sequence[dict[str, Any]], session: Session) -> None:
    from rich.table import Table  # noqa: PLC0415 - JSON needs no tables

    table = Table(box=None)
    for number, column in enumerate(texts.COLUMNS):
        # An id that is cut, or broken in two, cannot be copied.
        table.add_column(session.voice(column), no_wrap=number == 0, overflow="fold")
    for one in documents:
        last = one["lastAttempt"]["outcome"] if one["lastAttempt"] else ""
        producer = one["producer"] or session.voice(texts.OWN_KEY)
        table.add_row(one["id"], producer, one["url"], one["status"], f"{one['cursor']}/{one['newest']}", last)
    session.page().print(table)
