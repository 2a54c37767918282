"""`earkiv leftovers`: what lies in staging and belongs to no delivery that the catalogue knows."""

from collections.abc import Sequence

from earkiv.cli import texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.collect_leftovers import Unowned, discard_unowned, unowned
from ingest.bootstrap import keeping, reading


def leftovers(discard: str | None, session: Session) -> int:
    """List what belongs to nobody, or discard what lies below one id. Raises UnknownSubject."""
    if discard is None:
        with reading(session.settings) as archive:
            _show(unowned(archive.ports), session)
    else:
        with keeping(session.settings) as archive:
            discarded = discard_unowned(discard, archive.ports)
        session.note(session.voice(texts.UNOWNED_DISCARDED).format(id=discard))
        _show((discarded,), session)
    return FINE


def _show(found: Sequence[Unowned], session: Session) -> None:
    if session.printing is Printing.JSON:
        print_json([{"id": one.id, "files": len(one.keys)} for one in found])
        return
    page, voice = session.page(), session.voice
    if not found:
        page.print(voice(texts.NOTHING_UNOWNED))
    for one in found:
        page.print(voice(texts.LEFTOVER).format(owner=one.id, count=len(one.keys)))
