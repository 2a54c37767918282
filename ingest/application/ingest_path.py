"""The whole way for one local path: hand over, drive to the end, give the receipt."""

from pathlib import Path
from typing import Any

from ingest.application.consult_archive import receipt_of
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.domain.agreements import SubmissionAgreement
from ingest.pipeline.step import Ports


def ingest_path(path: Path, agreement: SubmissionAgreement, owner: str, ports: Ports) -> dict[str, Any]:
    """Take one folder or container in and give its receipt: accepted, rejected, or the unsigned note of a held one.

    A repeat of an earlier delivery gets that one's receipt. Raises EarkivError for a fault of the machine; run again,
    the work goes on where it was.
    """
    delivery_id = submit(Handover(path=path, agreement=agreement, owner=owner), ports)
    return receipt_of(finish(delivery_id, owner, ports).id, ports)
