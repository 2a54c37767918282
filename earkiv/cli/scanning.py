"""`earkiv rescan` and `earkiv quarantine`: later scans, and what is kept apart."""

from collections.abc import Iterable, Iterator, Sequence
from getpass import getuser
from typing import Any

from rich.console import Console

from earkiv.cli import scan_texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.language import Voice
from earkiv.cli.scan_view import print_unscanned
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import size_text, visible
from ingest.application.quarantine import Quarantined, discard_quarantined, in_quarantine
from ingest.application.rescan_objects import Answer, LeftAlone, Rescanned, Unreadable, rescan
from ingest.application.scan_standings import with_infections
from ingest.application.told_scans import named
from ingest.bootstrap import reading, scanner_of, writing


def rescan_packages(references: Sequence[str], session: Session) -> int:
    """Scan what was archived unscanned, in the packages named or in all; 1 when a virus or damage is found.

    What is known is printed as it comes: the scanner may fail in the middle. Raises WrongUse where no scanner is
    configured, ToolFailed, UnknownSubject.
    """
    if session.settings.clamd is None:
        raise WrongUse(scan_texts.NOTHING_SCANS.sv, scan_texts.NOTHING_SCANS.en)
    scanner = scanner_of(session.settings)
    with writing(session.settings) as archive:
        named = references or [one.package for one in archive.ports.catalogue.packages()]
        found = rescan(named, scanner, archive.owner, archive.ports)
        all_found = tuple(found) if session.printing is Printing.JSON else tuple(_printed(found, session))
    if session.printing is Printing.JSON:
        print_json([_rescanned(one) for one in all_found])
    elif not all_found:
        session.page().print(session.voice(scan_texts.ALL_SCANNED))
    return REFUSED if any(map(_is_bad, all_found)) else FINE


def _is_bad(one: Answer) -> bool:
    match one:
        case Rescanned(infected=infected):
            return bool(infected)
        case LeftAlone():
            return False
        case Unreadable():
            return True


def _rescanned(one: Answer) -> dict[str, Any]:
    nothing = {"package": one.package, "underWay": False, "clean": 0, "infected": [], "notScanned": [], "damage": None}
    match one:
        case Rescanned():
            return {
                **nothing,
                "clean": one.clean,
                "infected": [{**named(file), "name": virus} for file, virus in one.infected],
                "notScanned": [{**named(file), "reason": reason} for file, reason in one.left],
            }
        case LeftAlone():
            return {**nothing, "underWay": True}
        case Unreadable(damage=damage):
            return {**nothing, "damage": {"sv": damage.sv, "en": damage.en}}


def _printed(found: Iterable[Answer], session: Session) -> Iterator[Answer]:
    for one in found:
        _print_answer(one, session.page(), session.voice)
        yield one


def _print_answer(one: Answer, page: Console, voice: Voice) -> None:
    match one:
        case Rescanned():
            counts = {"clean": one.clean, "infected": len(one.infected), "left": len(one.left)}
            page.print(voice(scan_texts.RESCANNED).format(package=one.package, **counts))
            for file, virus in one.infected:
                page.print(f"  {visible(virus)}  {visible(file.path)}", style="bold red")
            print_unscanned([(file.path, reason) for file, reason in one.left], page, voice)
        case LeftAlone():
            page.print(voice(scan_texts.PACKAGE_UNDER_WAY).format(package=one.package))
        case Unreadable(damage=damage):
            text = voice(scan_texts.PACKAGE_UNREADABLE).format(package=one.package, damage=visible(voice(damage)))
            page.print(text, style="bold red")


def quarantine(discard: str | None, reason: str | None, session: Session) -> int:
    """List what lies in quarantine, or discard one delivery's bytes for a reason.

    Raises WrongUse when one is given without the other, UnknownSubject.
    """
    match discard, reason:
        case None, None:
            with reading(session.settings) as archive:
                _show(in_quarantine(archive.ports, archive.ports.clock.now()), session)
                archived = len(with_infections(archive.ports))
            if archived and session.printing is Printing.TEXT:
                session.page().print(session.voice(scan_texts.INFECTED_ARCHIVED).format(count=archived))
        case str(), str():
            with writing(session.settings) as archive:
                discarded = discard_quarantined(discard, reason, getuser(), archive.ports)
            session.note(session.voice(scan_texts.DISCARDED).format(id=discard))
            _show((discarded,), session)
        case _:
            raise WrongUse(scan_texts.DISCARD_WITH_REASON.sv, scan_texts.DISCARD_WITH_REASON.en)
    return FINE


def _show(found: Sequence[Quarantined], session: Session) -> None:
    if session.printing is Printing.JSON:
        print_json([_quarantined(one) for one in found])
        return
    page, voice = session.page(), session.voice
    if not found:
        page.print(voice(scan_texts.NOTHING_QUARANTINED))
    for one in found:
        facts = (one.id, _days(one, session), size_text(one.bytes, voice.language), visible(", ".join(one.found)))
        page.print("  ".join(fact for fact in facts if fact))


def _days(one: Quarantined, session: Session) -> str:
    return "" if one.age is None else session.voice(scan_texts.DAYS_OLD).format(days=one.age.days)


def _quarantined(one: Quarantined) -> dict[str, Any]:
    delivery = one.delivery
    return {
        "deliveryId": one.id,
        "delivery": delivery.identity.delivery if delivery and delivery.identity else None,
        "producer": delivery.identity.producer if delivery and delivery.identity else None,
        "title": delivery.title if delivery else "",
        "received": delivery.received_at.isoformat() if delivery else None,
        "days": None if one.age is None else one.age.days,
        "bytes": one.bytes,
        "found": list(one.found),
    }
