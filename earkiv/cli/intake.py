"""`earkiv ingest`: the whole pipeline for each path, and its receipt."""

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

from earkiv.cli import texts
from earkiv.cli.endings import FINE, REFUSED, WrongUse, fault_texts
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Printing, Session, one_or_all, print_json, require_paths
from earkiv.cli.work_shown import shown
from ingest.application.collect_leftovers import collect_leftovers, unowned
from ingest.application.collect_trials import collect_trials
from ingest.application.ingest_path import ingest_drop, ingest_path
from ingest.application.run_deliveries import Parked, run_pending
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.findings import Text
from ingest.domain.receipts import Outcome
from ingest.drop_ports import RemoteDrop
from ingest.errors import EarkivError

Receipt = dict[str, Any]
_SHOWN = 3
_NAMED = 20


def ingest_paths(paths: Sequence[Path], agreement_id: str, session: Session) -> int:
    """Take each path in and print its receipt; 1 when any is rejected.

    Raises SourceUnreadable before anything is done when a path is absent, WrongUse for an unknown agreement,
    EarkivError for a fault of the machine: what was begun goes on at the next run.
    """
    require_paths(paths)
    require_schemas(session)
    receipts = []
    for receipt in taken_in(paths, agreement_id, session):
        receipts.append(receipt)
        if session.printing is Printing.TEXT:
            _print(receipt, session)
    if session.printing is Printing.JSON:
        print_json(one_or_all(receipts))
    return REFUSED if any(receipt["outcome"] == Outcome.REJECTED for receipt in receipts) else FINE


def taken_in(
    sources: Iterable[Path | RemoteDrop], agreement_id: str, session: Session
) -> Generator[Receipt, None, None]:
    """Take paths, and drops that lie elsewhere, in one after another, and give each one's receipt at once.

    Each is asked for when its turn comes, and the archive is tidied when there are no more.
    """
    with shown(session) as work, writing(session.settings, work.fit) as archive:
        agreement = _agreement(agreement_id, archive, session)
        for parked in run_pending(archive.owner, archive.ports):
            _note(parked, session)
        for source in sources:
            work.begin(source)
            receipt = _ingested(source, agreement, archive)
            work.end()
            yield receipt
        _tidy(archive, session)


def _ingested(source: Path | RemoteDrop, agreement: SubmissionAgreement, archive: Archive) -> Receipt:
    if isinstance(source, Path):
        return ingest_path(source, agreement, archive.owner, archive.ports)
    return ingest_drop(source, agreement, archive.owner, archive.ports)


def _tidy(archive: Archive, session: Session) -> None:
    """Remove what is left over in staging, and test deliveries whose time is up, and say so.

    A fault in doing that spoils no receipt.
    """
    voice, ports = session.voice, archive.ports
    try:
        removed = collect_leftovers(archive.owner, ports, ports.clock.now())
        expired = collect_trials(ports, ports.clock.now())
        forgotten = unowned(ports)
    except EarkivError as fault:
        reason, remedy = fault_texts(fault)
        session.note(voice(texts.NOT_TIDIED).format(reason=voice(reason), remedy=voice(remedy)))
        return
    _tell_removed(texts.LEFTOVERS, [(one.delivery.id, len(one.keys)) for one in removed], session)
    _tell_removed(texts.EXPIRED_TRIALS, [(one.delivery.id, len(one.keys)) for one in expired if one.delivery], session)
    note_unowned(tuple(found.id for found in forgotten), session)


def _tell_removed(what: Text, removed: Sequence[tuple[str, int]], session: Session) -> None:
    if removed:
        voice = session.voice
        said = [voice(texts.LEFTOVER).format(owner=owner, count=count) for owner, count in removed[:_SHOWN]]
        if len(removed) > _SHOWN:
            said.append(voice(texts.MORE_PLACES).format(count=len(removed) - _SHOWN))
        session.note(voice(what).format(names=", ".join(said)))


def note_unowned(ids: Sequence[str], session: Session) -> None:
    """Say that staging holds files of deliveries that the catalogue does not know, if it does."""
    if ids:
        shown = ", ".join(ids[:_NAMED])
        session.note(session.voice(texts.UNOWNED).format(count=len(ids), ids=shown))


def _note(parked: Parked, session: Session) -> None:
    """Say that an earlier delivery still waits; it does not stop the present ones."""
    reason, remedy = fault_texts(parked.error)
    said = session.voice(texts.PARKED)
    session.note(said.format(id=parked.delivery, reason=session.voice(reason), remedy=session.voice(remedy)))


def _agreement(agreement_id: str, archive: Archive, session: Session) -> SubmissionAgreement:
    found = archive.ports.catalogue.agreement(agreement_id)
    if found is None:
        folder = session.settings.home / "agreements"
        known = ", ".join(sorted({DEFAULT_AGREEMENT.id, *(path.stem for path in folder.glob("*.json"))}))
        said = texts.NO_AGREEMENT
        raise WrongUse(said.sv.format(id=agreement_id, known=known), said.en.format(id=agreement_id, known=known))
    return found


def _print(receipt: Receipt, session: Session) -> None:
    from earkiv.cli.receipt_view import print_receipt  # noqa: PLC0415 - JSON needs no tables

    print_receipt(receipt, session)
