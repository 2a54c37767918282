"""Give the archive a small test delivery of its own, by the same way as any other's (`earkiv canary`)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from ingest.application.submit_delivery import Handover, submit
from ingest.domain.canaries import CANARY
from ingest.errors import ConfigurationError
from ingest.pipeline.step import Ports

_CREATOR: Final = {"name": "earkiv", "identifier": "earkiv-canary"}
_DOCUMENT: Final = "documents/canary.txt"


def send_canary(agreement_id: str, owner: str, ports: Ports) -> str:
    """Hand a canary over under an agreement, and give the delivery's id; workers take it from there.

    Raises ConfigurationError for an agreement that is not registered, EarkivError.
    """
    agreement = ports.catalogue.agreement(agreement_id)
    if agreement is None:
        raise ConfigurationError(
            f"Överenskommelsen {agreement_id} är inte registrerad; ange en med EARKIV_CANARY_AGREEMENT.",
            f"The agreement {agreement_id} is not registered; name one by EARKIV_CANARY_AGREEMENT.",
        )
    with TemporaryDirectory(prefix="earkiv-canary-") as folder:
        written = Path(folder) / "canary"
        for path, content in canary_files(ports.clock.now(), ports.ids.new()).items():
            (written / path).parent.mkdir(parents=True, exist_ok=True)
            (written / path).write_bytes(content)
        return submit(Handover(path=written, agreement=agreement, owner=owner), ports)


def canary_files(at: datetime, run: str) -> Mapping[str, bytes]:
    """Give a closed case with one document, a test delivery; no two runs are the same."""
    content = f"The canary of {at.isoformat()}, run {run}.\n".encode()
    document = {
        "name": "canary.txt",
        "path": _DOCUMENT,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    day = at.date().isoformat()
    pushed: dict[str, Any] = {
        "delivery": CANARY,
        "recordStatus": "TEST",
        "archivalCreator": _CREATOR,
        "producer": _CREATOR,
        "case": {
            "id": run,
            "title": "Canary",
            "status": "closed",
            "opened": day,
            "closed": day,
            "records": [{"id": f"{run}:1", "title": "Canary", "date": day, "documents": [document]}],
        },
    }
    return {"case.json": json.dumps(pushed).encode(), _DOCUMENT: content}
