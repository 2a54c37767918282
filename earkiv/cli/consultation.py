"""`earkiv list`, `show`, `receipt` and `timeline`: what the archive answers without changing anything."""

from pathlib import Path

from earkiv.cli import scan_texts, texts
from earkiv.cli.endings import FINE
from earkiv.cli.scan_state import ScanState
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.consult_archive import list_packages, receipt_of
from ingest.application.scan_standings import with_infections, with_unscanned
from ingest.application.told_packages import package_document, row, timeline_document
from ingest.bootstrap import reading

_CHOICES = {None: list_packages, ScanState.INFECTED: with_infections, ScanState.NOT_SCANNED: with_unscanned}
_NONE = {
    None: texts.NOTHING_ARCHIVED,
    ScanState.INFECTED: scan_texts.NONE_INFECTED,
    ScanState.NOT_SCANNED: scan_texts.ALL_SCANNED,
}


def print_list(session: Session, scan: ScanState | None = None) -> int:
    """Print every archived package, or those chosen by their virus scans, oldest first."""
    with reading(session.settings) as archive:
        rows = [row(package) for package in _CHOICES[scan](archive.ports)]
    if session.printing is Printing.JSON:
        print_json(rows)
        return FINE
    from earkiv.cli.package_view import print_packages  # noqa: PLC0415 - JSON needs no tables

    print_packages(rows, session, _NONE[scan])
    return FINE


def print_package(reference: str, session: Session) -> int:
    """Print a package, or a delivery that became none. Raises UnknownSubject."""
    with reading(session.settings) as archive:
        document = package_document(reference, archive.ports)
    if session.printing is Printing.JSON:
        print_json(document)
        return FINE
    from earkiv.cli.package_view import print_whole  # noqa: PLC0415 - JSON needs no tables

    print_whole(document, session)
    return FINE


def print_receipt(reference: str, session: Session, page: Path | None = None) -> int:
    """Print a receipt as it lies in the journal, and write it as a page where one is wanted. Raises UnknownSubject."""
    with reading(session.settings) as archive:
        receipt = receipt_of(reference, archive.ports)
        if page is not None:
            from earkiv.cli.receipt_file import write_receipt  # noqa: PLC0415 - needed for a page alone

            write_receipt(page, receipt, session.voice, archive.ports)
    if session.printing is Printing.JSON:
        print_json(receipt)
        return FINE
    from earkiv.cli import receipt_view  # noqa: PLC0415 - JSON needs no tables

    receipt_view.print_receipt(receipt, session)
    return FINE


def print_timeline(reference: str, session: Session) -> int:
    """Print what happened to a delivery and its package. Raises UnknownSubject."""
    with reading(session.settings) as archive:
        entries = timeline_document(reference, archive.ports)
    if session.printing is Printing.JSON:
        print_json(entries)
        return FINE
    from earkiv.cli.package_view import print_entries  # noqa: PLC0415 - JSON needs no tables

    print_entries(entries, session)
    return FINE
