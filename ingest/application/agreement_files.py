"""Agreements of an embedded archive: one JSON file each in the home's `agreements/` folder."""

import json
from pathlib import Path

from cattrs.errors import BaseValidationError

from ingest.domain.agreements import SubmissionAgreement
from ingest.errors import ConfigurationError
from ingest.formats.wire import from_json


def read_agreements(folder: Path) -> tuple[SubmissionAgreement, ...]:
    """Read every `<id>.json`; the id is the file's name, the version is counted by the archive.

    Raises ConfigurationError that names the file when it is no agreement.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def _read(path: Path) -> SubmissionAgreement:
    try:
        terms = json.loads(path.read_text(encoding="utf-8"))
        return from_json({**terms, "id": path.stem, "version": 1}, SubmissionAgreement)
    except (OSError, ValueError, TypeError, BaseValidationError) as error:
        raise ConfigurationError(
            f"{path} är ingen leveransöverenskommelse: {error}", f"{path} is no submission agreement: {error}"
        ) from error
