"""`earkiv decide`: a decision on who may see what, by the person at the keyboard of an embedded archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from getpass import getuser
from typing import Any

from earkiv.cli import access_texts as texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import count_text, visible
from ingest.application.access_standing import Stood, stood
from ingest.application.decide_access import (
    AccessAnswer,
    ClosedAtOnce,
    InForce,
    InOtherHands,
    OpensNothing,
    UnknownUnits,
    WantedAccess,
    decide_access,
)
from ingest.application.found_numbers import FoundNumbers
from ingest.application.hide_at_once import HidingAnswer, Unexplained, WantedHiding, hide_at_once, opened_units
from ingest.application.holdings import package_of
from ingest.application.told_access import is_called, named, path_text, unmarked
from ingest.bootstrap import Archive, joining
from ingest.domain.access.decisions import UnitInView
from ingest.domain.access.levels import Level
from ingest.domain.findings import Text
from ingest.domain.people import ALL_ROLES, Person
from ingest.errors import EarkivError, UnknownSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What was asked for: on which units of which package (none named = all unmarked ones), which level, and why."""

    package: str
    names: tuple[str, ...]
    level: Level
    reason: str
    stub_text: str = texts.STUB


def errand_of(package: str, names: Sequence[str], levels: Sequence[Level], everything: bool, reason: str) -> Errand:
    """Put a command line together. Raises WrongUse for one that says too little or too much."""
    if not reason.strip():
        raise _wrong(texts.NO_REASON)
    if bool(names) == everything:
        raise _wrong(texts.SOME_UNITS)
    if len(levels) > 1 or not (levels or everything):
        raise _wrong(texts.ONE_LEVEL)
    return Errand(package=package, names=tuple(names), level=levels[0] if levels else Level.PUBLIC, reason=reason)


def decide(errand: Errand, session: Session) -> int:
    """Decide, and print what is in force then; 1 when nothing was decided. Raises WrongUse, EarkivError."""
    if session.settings.database is not None:
        raise _wrong(texts.AT_THE_DESK)
    person = Person(name=getuser(), subject="keyboard", roles=ALL_ROLES)
    with joining(session.settings) as archive:
        finder = FoundNumbers(archive.ports)
        try:
            before = stood(package_of(errand.package, archive.ports), finder, archive.ports)
        except UnknownSubject:
            raise
        except EarkivError as fault:
            if errand.level is not Level.HIDDEN:
                raise
            return _told(_hidden_unread(errand, person, archive, fault), session)
        units = _units(errand, before)
        if not units:
            return _undecided(texts.NOTHING_UNMARKED, session)
        answer = decide_access(_wanted(errand, units), person, finder, archive.owner, archive.ports)
    return _told(answer, session)


def _hidden_unread(errand: Errand, person: Person, archive: Archive, fault: EarkivError) -> HidingAnswer:
    """Hide what of a package that cannot be read may be on show. Raises the fault where none of it is named."""
    opened = opened_units(errand.package, person, archive.ports)
    units = [key for key in opened.units if any(is_called(key, name) for name in errand.names)]
    if not units:
        raise fault
    wanted = WantedHiding(package=opened.package.package, units=tuple(units), reason=errand.reason)
    return hide_at_once(wanted, person, archive.owner, archive.ports)


def _wanted(errand: Errand, units: tuple[UnitInView, ...]) -> WantedAccess:
    """The reason states the ground and the assessment too (DESIGN §7)."""
    return WantedAccess(
        package=errand.package,
        units=units,
        level=errand.level,
        reason=errand.reason,
        ground=errand.reason,
        personal_data=errand.reason,
        stub_text=errand.stub_text if errand.level is Level.ON_REQUEST else "",
    )


def _units(errand: Errand, before: Stood) -> tuple[UnitInView, ...]:
    if not errand.names:
        return unmarked(before)
    return tuple(dict.fromkeys(_unit(name, before) for name in errand.names))


def _unit(name: str, before: Stood) -> UnitInView:
    found = named(before, name)
    if not found:
        raise _wrong(texts.NO_SUCH_UNIT, name=visible(name))
    if len(found) > 1:
        raise _wrong(
            texts.SEVERAL_UNITS, name=visible(name), paths="; ".join(visible(path_text(unit.key)) for unit in found)
        )
    return found[0]


def _told(answer: AccessAnswer | HidingAnswer, session: Session) -> int:
    match answer:
        case InForce() | ClosedAtOnce():
            _print(answer, session)
            return FINE
        case InOtherHands():
            return _undecided(texts.IN_OTHER_HANDS, session)
        case OpensNothing() | UnknownUnits() | Unexplained():
            return _undecided(texts.CHANGED_MEANWHILE, session)


def _undecided(why: Text, session: Session) -> int:
    session.note(session.voice(why))
    if session.printing is Printing.JSON:
        print_json({"decision": None})
    return REFUSED


def _print(answer: InForce | ClosedAtOnce, session: Session) -> None:
    decision = answer.decision
    if session.printing is Printing.JSON:
        print_json(_document(answer))
        return
    page, voice = session.page(), session.voice
    count = len(decision.units)
    text, levels = (texts.ONE_UNIT, texts.LEVELS) if count == 1 else (texts.UNITS, texts.LEVELS_OF_SEVERAL)
    said = voice(text).format(count=count_text(count, voice.language), level=voice(levels[decision.level]))
    page.print(voice(texts.DECIDED).format(decision=decision.id, count=said))
    for unit in decision.units:
        page.print(f"  {visible(path_text(unit.key))}")
    if isinstance(answer, ClosedAtOnce):
        page.print(voice(texts.NOT_WRITTEN_YET))


def _document(answer: InForce | ClosedAtOnce) -> dict[str, Any]:
    decision = answer.decision
    return {
        "decision": decision.id,
        "package": decision.package,
        "generation": decision.generation,
        "level": decision.level.value,
        "units": [list(unit.key) for unit in decision.units],
        "by": decision.by,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
        "inJournal": isinstance(answer, InForce),
    }


def _wrong(text: Text, **words: str) -> WrongUse:
    return WrongUse(text.sv.format(**words), text.en.format(**words))
