"""Put back the test deliveries that the test store still knows: no archived package depends on any of them."""

from cattrs.errors import BaseValidationError

from ingest.application.inspect_journal import ReadEntry, read_chain, signatures
from ingest.application.inspect_storage import Inspector, Progress
from ingest.application.restored_entries import decided_in
from ingest.domain.journal import EntryType, SubjectKind
from ingest.errors import ObjectExists
from ingest.pipeline.step import Ports


def restore_trials(ports: Ports) -> int:
    """Put back every decided test delivery whose receipt is whole, and say how many.

    What is damaged in the test store is no damage of the archive: it is passed over. Raises StoreUnavailable,
    CatalogueUnavailable.
    """
    inspector = Inspector(ports.trials, Progress(report=lambda _objects, _bytes: None))
    judged = signatures(ports)
    keys = tuple(inspector.keys(f"journal/{SubjectKind.DELIVERY}/"))
    folders = sorted({key.rpartition("/")[0] + "/" for key in keys})
    entries = (
        read
        for folder in folders
        for read in read_chain(inspector, folder, (key for key in keys if key.startswith(folder)), judged)
    )
    return sum(_is_restored(read, ports) for read in entries)


def _is_restored(read: ReadEntry, ports: Ports) -> bool:
    if not (read.signed and read.sound and read.entry.header.type is EntryType.DELIVERY_DECIDED):
        return False
    try:
        decided = decided_in(read.entry.body)
    except (BaseValidationError, KeyError, TypeError, ValueError):
        return False
    if not decided.delivery.is_trial:  # nothing that lies here may count as archived, however it came here
        return False
    try:
        ports.catalogue.restore(decided.delivery, decided.events, decided.findings, decided.staged, decided.conversions)
    except ObjectExists:  # another receipt here is of the same attempt
        return False
    return True
