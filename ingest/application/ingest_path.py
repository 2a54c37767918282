"""The whole way for one local path, or one drop that lies elsewhere: hand over, drive to the end, give the receipt."""

from pathlib import Path
from typing import Any

from ingest.application.consult_archive import receipt_of
from ingest.application.handing_over import Terms
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.application.submit_drop import submit_drop
from ingest.domain.agreements import SubmissionAgreement
from ingest.drop_ports import RemoteDrop
from ingest.pipeline.step import Ports


def ingest_path(path: Path, agreement: SubmissionAgreement, owner: str, ports: Ports) -> dict[str, Any]:
    """Take one folder or container in and give its receipt: accepted, rejected, or the unsigned note of a held one.

    A repeat of an earlier delivery gets that one's receipt. Raises EarkivError for a fault of the machine; run again,
    the work goes on where it was.
    """
    delivery_id = submit(Handover(path=path, agreement=agreement, owner=owner), ports)
    return receipt_of(finish(delivery_id, owner, ports).id, ports)


def ingest_drop(drop: RemoteDrop, agreement: SubmissionAgreement, owner: str, ports: Ports) -> dict[str, Any]:
    """Do as `ingest_path` for a drop that lies elsewhere. Raises SourceUnreadable where it has changed."""
    delivery_id = submit_drop(drop, Terms(agreement=agreement, owner=owner), ports)
    return receipt_of(finish(delivery_id, owner, ports).id, ports)
