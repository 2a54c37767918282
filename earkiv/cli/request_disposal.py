"""`earkiv dispose-requests`: disposes of contact details and copies of requests whose time is over."""

from earkiv.cli import operator_texts as texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.dispose_requests import DisposedRequest, dispose_requests
from ingest.bootstrap import joining
from ingest.bootstrap.information_requests import keeping_times, requests_if_any


def dispose(session: Session) -> int:
    """Dispose of what is due now and say what it was; of nothing where there are no requests. Raises EarkivError."""
    with joining(session.settings) as archive, requests_if_any(session.settings) as ledger:
        times = keeping_times(session.settings)
        disposed = () if ledger is None else dispose_requests(times, ledger, archive.ports)
    if session.printing is Printing.JSON:
        print_json([_told(one) for one in disposed])
        return FINE
    page, voice = session.page(), session.voice
    if not disposed:
        page.print(voice(texts.NOTHING_DISPOSED))
    for one in disposed:
        page.print(voice(texts.DISPOSED[one.part]).format(id=one.request))
    return FINE


def _told(one: DisposedRequest) -> dict[str, str]:
    return {"request": one.request, "part": one.part.value, "at": one.at.isoformat()}
