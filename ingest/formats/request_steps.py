"""What is done about requests of the public as JSON: in the store that the reading room reads, and in the journal."""

from collections.abc import Mapping
from typing import Any, Final

from ingest.domain.information_requests import (
    AnsweredWithCopy,
    AnsweredWithMaskedCopy,
    AnswerFile,
    Claimed,
    Closed,
    Doing,
    Refused,
)
from schemas.public_requests import StepKind

KINDS: Final[Mapping[type[Doing], StepKind]] = {
    Claimed: StepKind.CLAIMED,
    AnsweredWithCopy: StepKind.COPY,
    AnsweredWithMaskedCopy: StepKind.MASKED_COPY,
    Refused: StepKind.REFUSED,
    Closed: StepKind.CLOSED,
}
"""What each step is called."""


def told_of(doing: Doing) -> dict[str, Any]:
    """Give what a step says, as the store of requests and the journal have it."""
    match doing:
        case Claimed():
            return {}
        case AnsweredWithCopy(text=said, files=files):
            return {"text": said, "files": [_file_told(one) for one in files]}
        case AnsweredWithMaskedCopy(text=said, files=files, ground=ground, appeal=appeal):
            return {"text": said, "files": [_file_told(one) for one in files], "ground": ground, "appeal": appeal}
        case Refused(text=said, ground=ground, appeal=appeal):
            return {"text": said, "ground": ground, "appeal": appeal}
        case Closed(text=said):
            return {"text": said}


def _file_told(file: AnswerFile) -> dict[str, Any]:
    return {"name": file.name, "mediaType": file.media_type, "size": file.size, "sha256": file.sha256}


def doing_of(kind: str, told: Mapping[str, Any]) -> Doing:
    """Read what was done. Raises KeyError, TypeError, ValueError."""
    match StepKind(kind):
        case StepKind.CLAIMED:
            return Claimed()
        case StepKind.COPY:
            return AnsweredWithCopy(text=told["text"], files=_files(told))
        case StepKind.MASKED_COPY:
            return AnsweredWithMaskedCopy(
                text=told["text"], files=_files(told), ground=told["ground"], appeal=told["appeal"]
            )
        case StepKind.REFUSED:
            return Refused(text=told["text"], ground=told["ground"], appeal=told["appeal"])
        case StepKind.CLOSED:
            return Closed(text=told["text"])


def _files(told: Mapping[str, Any]) -> tuple[AnswerFile, ...]:
    return tuple(
        AnswerFile(name=one["name"], media_type=one["mediaType"], size=one["size"], sha256=one["sha256"])
        for one in told["files"]
    )
