"""Verification: storage is read again, every byte, against inventories, METS, PREMIS, receipts, journal and catalogue.

Damage is a value: reading never stops at it, and a damaged file never raises. Only a store or a catalogue that does
not answer raises.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.stored_journal import verify_journal
from audit.stored_packages import verify_storage
from audit.subjects import Scope, everything, scope_of
from ingest.application.inspect_storage import Inspector, Progress, Report
from ingest.domain.damages import Damage, DamageKind
from ingest.pipeline.step import Ports

__all__ = ["Damage", "DamageKind", "Report", "Verification", "verify_packages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Every damage found, and how many objects and bytes were read, in all replicas together.

    `doubts` are no damage: signatures that hold, by a key that others may have had when they were made.
    """

    damages: tuple[Damage, ...]
    doubts: tuple[Damage, ...] = ()
    objects: int
    bytes: int


def verify_packages(ports: Ports, packages: Sequence[str] | None, report: Report) -> Verification:
    """Verify the named packages (also by delivery) with their receipts, or with None the whole archive.

    `report` is told the number of objects and bytes read so far. Raises UnknownSubject, StoreUnavailable,
    CatalogueUnavailable.
    """
    progress = Progress(report=report)
    scope = everything(ports) if packages is None else scope_of(ports, packages)
    found: list[Damage] = []
    for store in ports.replicas:
        inspector = Inspector(store, progress)
        _verify_store(inspector, scope, ports)
        found += inspector.damages
    return Verification(
        damages=tuple(one for one in found if one.kind is not DamageKind.DOUBTFUL_SIGNATURE),
        doubts=tuple(one for one in found if one.kind is DamageKind.DOUBTFUL_SIGNATURE),
        objects=progress.objects,
        bytes=progress.bytes,
    )


def _verify_store(inspector: Inspector, scope: Scope, ports: Ports) -> None:
    claimed = verify_journal(inspector, scope, ports)
    verify_storage(inspector, scope, claimed, ports)
