"""`earkiv list`, `show`, `receipt` and `timeline`: what the archive answers without changing anything."""

from typing import Any

from earkiv.cli import scan_texts, texts
from earkiv.cli.endings import FINE
from earkiv.cli.scan_state import ScanState
from earkiv.cli.scan_view import scan_document
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.consult_archive import list_packages, receipt_of, timeline_of
from ingest.application.scan_standings import with_infections, with_unscanned
from ingest.bootstrap import reading
from ingest.domain.conversions import Conversion, Converted, NotConverted
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.holdings import ArchivedPackage
from ingest.errors import UnknownSubject
from ingest.formats.wire import to_json
from ingest.pipeline.step import Ports

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


def row(package: ArchivedPackage) -> dict[str, Any]:
    """Give a row of `list --json` (DESIGN §7)."""
    return {
        "package": package.package,
        "delivery": package.delivery,
        "dialect": package.dialect,
        "title": package.title,
        "status": DeliveryState.ARCHIVED.value,
        "files": package.files,
        "bytes": package.bytes,
        "stored_at": package.stored_at.isoformat(),
    }


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


def package_document(reference: str, ports: Ports) -> dict[str, Any]:
    """Give all that is known of a package: its row of the list, where it came from, its files, copies and findings.

    Raises UnknownSubject.
    """
    package_id, delivery_id = ports.catalogue.find(reference)
    delivery = ports.catalogue.delivery(delivery_id)
    receipt = _receipt(delivery_id, ports)
    packages = [package for package in list_packages(ports) if package.package == package_id]
    listed = row(packages[0]) if packages else _unarchived(delivery, receipt)
    return {
        **listed,
        "generation": packages[0].generation if packages else None,
        "deliveryId": delivery_id,
        "producer": delivery.identity.producer if delivery.identity else None,
        "recordStatus": delivery.record_status.value,
        "agreement": {"id": delivery.agreement, "version": delivery.agreement_version},
        "received": delivery.received_at.isoformat(),
        "receipt": receipt.get("receipt"),
        "contents": receipt.get("files", []),
        "preservationCopies": copies_of(delivery_id, ports),
        "copies": receipt.get("copies", []),
        "virusScan": scan_document(package_id, delivery_id, ports),
        "findings": receipt.get("findings", []),
    }


def copies_of(delivery_id: str, ports: Ports) -> list[dict[str, Any]]:
    """Give every preservation copy with its source, and every one that could not be made (`path` None) with why."""
    paths = {one.ordinal: one.path for one in ports.catalogue.staged(delivery_id)}
    return [
        {
            "source": paths[one.ordinal],
            "target": one.target,
            "tool": one.tool,
            "formatPolicy": one.policy,
            **_copy(one),
            "conformance": to_json(one.outcome.conformances),
        }
        for one in ports.catalogue.conversions(delivery_id)
    ]


def _copy(conversion: Conversion) -> dict[str, Any]:
    match conversion.outcome:
        case Converted() as made:
            return {
                "path": conversion.aip_path,
                "size": made.size,
                "sha256": made.sha256,
                "format": to_json(made.format),
                "fault": None,
            }
        case NotConverted() as failed:
            fault = {"reason": failed.reason.value, "detail": failed.detail}
            return {"path": None, "size": None, "sha256": None, "format": None, "fault": fault}


def _receipt(delivery_id: str, ports: Ports) -> dict[str, Any]:
    """Give the receipt or note; nothing for a delivery that is still being worked on."""
    try:
        return receipt_of(delivery_id, ports)
    except UnknownSubject:
        return {}


def _unarchived(delivery: Delivery, receipt: dict[str, Any]) -> dict[str, Any]:
    files = receipt.get("files", [])
    return {
        "package": None,
        "delivery": delivery.identity.delivery if delivery.identity else receipt.get("delivery"),
        "dialect": delivery.dialect.value if delivery.dialect else None,
        "title": delivery.title,
        "status": delivery.state.value,
        "files": len(files),
        "bytes": sum(file["size"] for file in files),
        "stored_at": None,
    }


def print_receipt(reference: str, session: Session) -> int:
    """Print a receipt as it lies in the journal. Raises UnknownSubject."""
    with reading(session.settings) as archive:
        receipt = receipt_of(reference, archive.ports)
    if session.printing is Printing.JSON:
        print_json(receipt)
        return FINE
    from earkiv.cli import receipt_view  # noqa: PLC0415 - JSON needs no tables

    receipt_view.print_receipt(receipt, session)
    return FINE


def print_timeline(reference: str, session: Session) -> int:
    """Print what happened to a delivery and its package. Raises UnknownSubject."""
    with reading(session.settings) as archive:
        told = timeline_of(reference, archive.ports)
    entries = [
        {
            "at": entry.at.isoformat(),
            "step": entry.step,
            "type": str(entry.type),
            "outcome": str(entry.outcome),
            "detail": entry.detail,
            "agents": list(entry.agents),
        }
        for entry in told
    ]
    if session.printing is Printing.JSON:
        print_json(entries)
        return FINE
    from earkiv.cli.package_view import print_entries  # noqa: PLC0415 - JSON needs no tables

    print_entries(entries, session)
    return FINE
