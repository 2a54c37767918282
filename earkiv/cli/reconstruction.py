"""`earkiv rebuild`: the catalogue anew, from storage alone."""

from earkiv.cli import texts
from earkiv.cli.endings import FINE, REFUSED, fault_texts
from earkiv.cli.session import Session
from earkiv.cli.verification import print_damages
from earkiv.cli.wording import count_text
from earkiv.cli.work_shown import counted
from ingest.application.carried_deliveries import Undecided, undecided_in
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import reading, rebuilding
from ingest.errors import EarkivError


def rebuild_catalogue(session: Session) -> int:
    """Build the catalogue beside the old one and put it in its place; 1 when damage is met on the way.

    Raises EarkivError; the old one then stays.
    """
    journal = session.settings.home / "archive" / "journal"
    with rebuilding(session.settings) as archive, counted(session, texts.REBUILDING, journal) as report:
        rebuilt = rebuild(archive.ports, report, _undecided(session))
    page, voice = session.page(), session.voice
    packages, deliveries = (count_text(n, voice.language) for n in (rebuilt.packages, rebuilt.deliveries))
    page.print(voice(texts.REBUILT).format(packages=packages, deliveries=deliveries))
    if rebuilt.carried:
        page.print(voice(texts.CARRIED).format(count=count_text(rebuilt.carried, voice.language)))
    if rebuilt.unowned:
        session.note(voice(texts.UNOWNED).format(ids=", ".join(rebuilt.unowned)))
    former = session.settings.home / "catalogue.sqlite.before-rebuild"
    if former.exists():
        page.print(voice(texts.KEPT_BEFORE).format(path=former))
    print_damages(rebuilt.damages, page, voice)
    return REFUSED if rebuilt.damages else FINE


def _undecided(session: Session) -> tuple[Undecided, ...]:
    """Read what the former catalogue holds of deliveries under way, if it can be read; nobody else writes meanwhile."""
    if not (session.settings.home / "catalogue.sqlite").exists():
        return ()
    try:
        with reading(session.settings) as former:
            return undecided_in(former.ports.catalogue)
    except EarkivError as fault:
        session.note(session.voice(texts.NOT_CARRIED).format(reason=session.voice(fault_texts(fault)[0])))
        return ()
