"""`earkiv publish`: carries over to the reading room what was decided, and takes out what no longer is."""

from getpass import getuser
from typing import Any

from earkiv.cli import publishing_texts as texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import count_text, visible
from ingest.application.found_numbers import FoundNumbers
from ingest.application.publish_records import Published, Publisher, UnderWay, publish
from ingest.bootstrap import joining
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.people import ALL_ROLES, Person


def publish_package(reference: str, session: Session) -> int:
    """Publish, and print what is in the reading room then; 1 while something is under way. Raises EarkivError."""
    if session.settings.database is not None:
        raise WrongUse(texts.AT_THE_DESK.sv, texts.AT_THE_DESK.en)
    person = Person(name=getuser(), subject="keyboard", roles=ALL_ROLES)
    with joining(session.settings) as archive, reading_room(session.settings) as room:
        answer = publish(
            reference, Publisher(person=person, owner=archive.owner), FoundNumbers(archive.ports), room, archive.ports
        )
    match answer:
        case Published():
            _print(answer, session)
            return FINE
        case UnderWay():
            session.note(session.voice(texts.UNDER_WAY))
            if session.printing is Printing.JSON:
                print_json({"records": None})
            return REFUSED


def _print(answer: Published, session: Session) -> None:
    if session.printing is Printing.JSON:
        print_json(_document(answer))
        return
    page, voice = session.page(), session.voice
    if not answer.shown:
        page.print(voice(texts.NOTHING_SHOWN))
    for unit in answer.shown:
        page.print(f"  {voice(texts.LEVELS[unit.record['level']])}: {visible(unit.record['title'])} ({unit.id})")
    if answer.withdrawn:
        page.print(voice(texts.WITHDRAWN).format(count=count_text(len(answer.withdrawn), voice.language)))


def _document(answer: Published) -> dict[str, Any]:
    return {
        "package": answer.package,
        "generation": answer.generation,
        "records": [{"unit": list(unit.key), **unit.record} for unit in answer.shown],
        "withdrawn": sorted(answer.withdrawn),
    }
