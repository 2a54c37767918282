"""`earkiv rescan` and `earkiv quarantine`: later scans, and what is kept apart."""

from collections.abc import Sequence
from getpass import getuser
from typing import Any

from earkiv.cli import texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import size_text, visible
from ingest.application.quarantine import Quarantined, discard_quarantined, in_quarantine
from ingest.application.rescan_objects import Rescanned, rescan, unscanned
from ingest.bootstrap import reading, scanner_of, writing
from ingest.domain.findings import Text


def rescan_packages(references: Sequence[str], session: Session) -> int:
    """Scan what was archived unscanned, in the packages named or in all; 1 when something is found.

    Raises WrongUse where no scanner is configured, ToolFailed, UnknownSubject.
    """
    if session.settings.clamd is None:
        raise WrongUse(texts.NOTHING_SCANS.sv, texts.NOTHING_SCANS.en)
    scanner = scanner_of(session.settings)
    with writing(session.settings) as archive:
        ports = archive.ports
        named = references or [one.package for one in ports.catalogue.packages()]
        found = [(name, rescan(name, scanner, ports)) for name in named if unscanned(name, ports)]
    if session.printing is Printing.JSON:
        print_json([_rescanned(name, one) for name, one in found])
    else:
        _print_rescanned(found, session)
    return REFUSED if any(one is not None and one.infected for _, one in found) else FINE


def _rescanned(name: str, one: Rescanned | None) -> dict[str, Any]:
    if one is None:
        return {"package": name, "underWay": True, "clean": 0, "infected": [], "notScanned": []}
    return {
        "package": one.package,
        "underWay": False,
        "clean": one.clean,
        "infected": [{"path": path, "name": virus} for path, virus in one.infected],
        "notScanned": [{"path": path, "reason": reason} for path, reason in one.left],
    }


def _print_rescanned(found: Sequence[tuple[str, Rescanned | None]], session: Session) -> None:
    page, voice = session.page(), session.voice
    if not found:
        page.print(voice(texts.ALL_SCANNED))
    for name, one in found:
        if one is None:
            page.print(voice(texts.PACKAGE_UNDER_WAY).format(package=name))
            continue
        counts = {"clean": one.clean, "infected": len(one.infected), "left": len(one.left)}
        page.print(voice(texts.RESCANNED).format(package=one.package, **counts))
        for path, virus in one.infected:
            page.print(f"  {visible(virus)}  {visible(path)}", style="bold red")


def quarantine(discard: str | None, reason: str | None, session: Session) -> int:
    """List what lies in quarantine, or discard one delivery's bytes for a reason.

    Raises WrongUse when one is given without the other, UnknownSubject.
    """
    match discard, reason:
        case None, None:
            with reading(session.settings) as archive:
                _show(in_quarantine(archive.ports, archive.ports.clock.now()), texts.NOTHING_QUARANTINED, session)
        case str(), str():
            with writing(session.settings) as archive:
                discarded = discard_quarantined(discard, reason, getuser(), archive.ports)
            session.note(session.voice(texts.DISCARDED).format(id=discard))
            _show((discarded,), texts.NOTHING_QUARANTINED, session)
        case _:
            raise WrongUse(texts.DISCARD_WITH_REASON.sv, texts.DISCARD_WITH_REASON.en)
    return FINE


def _show(found: Sequence[Quarantined], none: Text, session: Session) -> None:
    if session.printing is Printing.JSON:
        print_json([_quarantined(one) for one in found])
        return
    page, voice = session.page(), session.voice
    if not found:
        page.print(voice(none))
    for one in found:
        facts = (one.id, _days(one, session), size_text(one.bytes, voice.language), visible(", ".join(one.found)))
        page.print("  ".join(fact for fact in facts if fact))


def _days(one: Quarantined, session: Session) -> str:
    return "" if one.age is None else session.voice(texts.DAYS_OLD).format(days=one.age.days)


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
