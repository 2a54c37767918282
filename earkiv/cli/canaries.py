"""`earkiv canary`: a small test delivery the whole way, by workers where there are any, else by this process."""

import time
from typing import Final

from earkiv.cli import operator_texts as texts
from earkiv.cli.endings import FAULT, FINE, REFUSED
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.run_deliveries import finish
from ingest.application.send_canary import send_canary
from ingest.bootstrap import Archive, writing
from ingest.domain.decisions import is_over
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Severity, Text

_PAUSE_SECONDS: Final = 0.2


def run_canary(wait_seconds: float, session: Session) -> int:
    """Send a canary and say how it went: 1 when it was refused or held, 2 when it did not come through in time.

    Raises ConfigurationError for an agreement that is not registered, HomeLocked while `serve` has the embedded
    archive (set EARKIV_CANARY_HOURS there), EarkivError.
    """
    require_schemas(session)
    settings = session.settings
    with writing(settings) as archive:
        began = time.monotonic()
        sent = send_canary(settings.canary_agreement, archive.owner, archive.ports)
        if settings.database is None:
            finish(sent, archive.owner, archive.ports)
        ended = _awaited(sent, archive, began + wait_seconds)
        return _told(ended, time.monotonic() - began, archive, session)


def _awaited(sent: str, archive: Archive, deadline: float) -> Delivery:
    """Give the delivery as it is when it is over, or when there is no more time."""
    while True:
        delivery = archive.ports.catalogue.delivery(sent)
        if is_over(delivery) or time.monotonic() >= deadline:
            return delivery
        time.sleep(_PAUSE_SECONDS)


def _told(delivery: Delivery, seconds: float, archive: Archive, session: Session) -> int:
    found = archive.ports.catalogue.findings(delivery.id)
    rules = sorted({finding.rule for finding in found if finding.severity is Severity.ERROR})
    code, said = _outcome(delivery)
    if session.printing is Printing.JSON:
        outcome = {"delivery": delivery.id, "state": delivery.state.value, "seconds": round(seconds, 3), "rules": rules}
        print_json(outcome)
        return code
    told = {"id": delivery.id, "state": delivery.state.value, "seconds": round(seconds, 1), "rules": ", ".join(rules)}
    session.page().print(session.voice(said).format(**told))
    return code


def _outcome(delivery: Delivery) -> tuple[int, Text]:
    if delivery.state is DeliveryState.TESTED:
        return FINE, texts.THROUGH
    return (REFUSED, texts.REFUSED) if is_over(delivery) else (FAULT, texts.NOT_YET)
