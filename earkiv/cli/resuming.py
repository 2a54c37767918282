"""`earkiv resume`: lets deliveries be tried anew that are tried no more by themselves."""

from collections.abc import Sequence

from earkiv.cli import operator_texts as texts
from earkiv.cli.endings import FINE, REFUSED
from earkiv.cli.session import Session
from ingest.adapters.heartbeat import new_owner
from ingest.application.attempts import resume
from ingest.bootstrap import keeping


def resume_deliveries(deliveries: Sequence[str], session: Session) -> int:
    """Let each be tried anew and say so; 1 when any is over, waits for a decision, or is under way.

    Raises UnknownSubject, EarkivError.
    """
    with keeping(session.settings) as archive:
        resumed = {delivery: resume(delivery, new_owner(), archive.ports) for delivery in deliveries}
    page = session.page()
    for delivery, is_resumed in resumed.items():
        page.print(session.voice(texts.RESUMED if is_resumed else texts.NOT_RESUMED).format(id=delivery))
    return FINE if all(resumed.values()) else REFUSED
