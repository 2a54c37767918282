"""`earkiv publish`: carries over to the reading room what was decided, and takes out what no longer is."""

from getpass import getuser
from typing import Any

from earkiv.cli import publishing_texts as texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse, fault_texts
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import count_text, visible
from ingest.application.found_numbers import FoundNumbers
from ingest.application.publish_anew import publish_anew
from ingest.application.publish_records import PublishAnswer, Published, Publisher, UnderWay, publish
from ingest.bootstrap import joining
from ingest.bootstrap.reading_room import reading_room
from ingest.domain.people import ALL_ROLES, Person, PersonRole
from ingest.errors import EarkivError


def publish_chosen(reference: str | None, every: bool, session: Session) -> int:
    """Publish one package, or all anew. Raises WrongUse for neither or both, and EarkivError."""
    if every == (reference is not None):
        raise WrongUse(texts.ID_OR_ALL.sv, texts.ID_OR_ALL.en)
    return publish_every(session) if reference is None else publish_package(reference, session)


def publish_every(session: Session) -> int:
    """Publish anew what is decided of every package; 1 when any is not done. Raises EarkivError.

    It decides nothing, so whoever operates the machine may do it on a server as well.
    """
    operator = Person(name=getuser(), subject="keyboard", roles=frozenset({PersonRole.OPERATOR}))
    told: list[dict[str, Any]] = []
    with joining(session.settings) as archive, reading_room(session.settings) as room:
        finder = FoundNumbers(archive.ports)
        for package, answer in publish_anew(operator, archive.owner, finder, room, archive.ports):
            told.append(_summary(package, answer, session))
            if session.printing is not Printing.JSON:
                session.page().print(visible(_line(package, answer, session)))
    left = [one for one in told if one["records"] is None]
    if session.printing is Printing.JSON:
        print_json({"packages": told})
    if left:
        session.note(session.voice(texts.LEFT).format(count=len(left), all=len(told)))
    return REFUSED if left else FINE


def _line(package: str, answer: PublishAnswer | EarkivError, session: Session) -> str:
    voice = session.voice
    match answer:
        case Published():
            count = count_text(len(answer.shown), voice.language)
            return voice(texts.SHOWN_ANEW).format(package=package, count=count)
        case UnderWay():
            return f"{package}: {voice(texts.UNDER_WAY)}"
        case EarkivError():
            wrong, _ = fault_texts(answer)
            return voice(texts.FAILED).format(package=package, wrong=voice(wrong))


def _summary(package: str, answer: PublishAnswer | EarkivError, session: Session) -> dict[str, Any]:
    """Tell what came of a package; without titles, since whoever operates the machine reads no content."""
    if isinstance(answer, Published):
        return {"package": package, "records": len(answer.shown), "withdrawn": len(answer.withdrawn)}
    fault = _line(package, answer, session).removeprefix(f"{package}: ")
    return {"package": package, "records": None, "fault": fault}


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
