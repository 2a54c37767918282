"""A correction as it is kept in the package that it corrects: who said what, when and why, in JSON."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ingest.formats.corrections import Correction, read_correction

CORRECTIONS: Final = re.compile(r"documentation/_*corrections/[0-9]{5,}\.json")
"""Where they lie in an AIP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDocument:
    """What is kept of a correction; `corrections` is its JSON, `generation` the one that it makes of the one before."""

    package: str
    generation: int
    by: str
    at: datetime
    reason: str
    corrections: Mapping[str, Any]


def write_document(document: CorrectionDocument) -> bytes:
    """Give the document's bytes: the same for the same values."""
    structure = {
        "package": document.package,
        "generation": document.generation,
        "by": document.by,
        "at": document.at.isoformat(),
        "reason": document.reason,
        "corrections": document.corrections,
    }
    return (json.dumps(structure, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_document(content: bytes) -> CorrectionDocument | None:
    """Read what `write_document` gave; None for anything else."""
    try:
        structure = json.loads(content)
        return CorrectionDocument(**{**structure, "at": datetime.fromisoformat(structure["at"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def correction_in(content: bytes) -> Correction | None:
    """Read the correction in a document; None where it is none."""
    document = read_document(content)
    if document is None:
        return None
    found = read_correction(json.dumps(document.corrections).encode())
    return found if isinstance(found, Correction) else None
