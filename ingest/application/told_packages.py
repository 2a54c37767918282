"""What is known of a package, as JSON documents: the same on the command line and over the API (DESIGN §7)."""

from typing import Any

from ingest.application.consult_archive import receipt_of, timeline_of
from ingest.application.decided_access import decided_access
from ingest.application.told_scans import scan_document
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.conversions import Conversion, Converted, NotConverted
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.holdings import ArchivedPackage
from ingest.errors import UnknownSubject
from ingest.formats.wire import to_json
from ingest.pipeline.step import Ports


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


def package_document(reference: str, ports: Ports) -> dict[str, Any]:
    """Give all that is known of a package: its row of the list, where it came from, its files, copies and findings.

    Raises UnknownSubject.
    """
    package_id, delivery_id = ports.catalogue.find(reference)
    delivery = ports.catalogue.delivery(delivery_id)
    receipt = _receipt(delivery_id, ports)
    kept = kept_of(package_id, delivery, ports)
    listed = {**row(kept), "status": delivery.state.value} if kept else _unarchived(delivery, receipt)
    return {
        **listed,
        "generation": kept.generation if kept else None,
        "test": delivery.is_trial,
        "deliveryId": delivery_id,
        "producer": delivery.identity.producer if delivery.identity else None,
        "recordStatus": delivery.record_status.value,
        "agreement": {"id": delivery.agreement, "version": delivery.agreement_version},
        "disposalDefault": to_json(_agreement(delivery, ports).disposal_default),
        "access": decided_access(package_id, ports) if package_id is not None else None,
        "received": delivery.received_at.isoformat(),
        "receipt": receipt.get("receipt"),
        "contents": receipt.get("files", []),
        "preservationCopies": copies_of(delivery_id, ports),
        "copies": receipt.get("copies", []),
        "virusScan": scan_document(package_id, delivery_id, ports),
        "findings": receipt.get("findings", []),
    }


def _agreement(delivery: Delivery, ports: Ports) -> SubmissionAgreement:
    return ports.catalogue.agreement_version(delivery.agreement, delivery.agreement_version)


def kept_of(package_id: str | None, delivery: Delivery, ports: Ports) -> ArchivedPackage | None:
    """Give the package that a delivery became: an archived one, or that of a test delivery, as long as it is kept."""
    if package_id is not None:
        return ports.catalogue.package(package_id)
    if delivery.state is not DeliveryState.TESTED or delivery.package is None:
        return None
    return ports.keeping(delivery).register.package(delivery.package)


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


def timeline_document(reference: str, ports: Ports) -> list[dict[str, Any]]:
    """Tell what happened to a delivery and its package, in order. Raises UnknownSubject."""
    return [
        {
            "at": entry.at.isoformat(),
            "step": entry.step,
            "type": str(entry.type),
            "outcome": str(entry.outcome),
            "detail": entry.detail,
            "agents": list(entry.agents),
        }
        for entry in timeline_of(reference, ports)
    ]
