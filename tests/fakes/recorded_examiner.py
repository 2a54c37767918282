"""An examiner that answers what the real one answered before, so that a thousand runs need not ask it anew."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.domain.packages import Examination, ExaminationRequest
from ingest.ports import ObjectStore
from ingest.tool_ports import Examiner

Recording = dict[tuple[str, str], Examination]


class RecordingExaminer:
    """The real examiner, remembering what it says by object key and delivered name."""

    def __init__(self, examiner: Examiner, recording: Recording) -> None:
        """Ask this one, remember there."""
        self._examiner = examiner
        self._recording = recording

    @property
    def tool(self) -> str:
        """The real one's tool."""
        return self._examiner.tool

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Ask and remember."""
        answers = self._examiner.examine(staging, requests)
        self._recording.update({_asked(r): a for r, a in zip(requests, answers, strict=True)})
        return answers

    def prove_scanner(self) -> None:
        """Ask the real one."""
        self._examiner.prove_scanner()


class RecordedExaminer:
    """Answers from a recording; an object that is not in it is a fault of the test (KeyError)."""

    def __init__(self, recording: Recording, tool: str) -> None:
        """Answer from this recording in the name of that tool."""
        self._recording = recording
        self.tool = tool

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        """Give what was said of the same name before."""
        _ = staging
        return tuple(replace(self._recording[_asked(r)], ordinal=r.ordinal) for r in requests)

    def prove_scanner(self) -> None:
        """Scan nothing."""


def _asked(request: ExaminationRequest) -> tuple[str, str]:
    return (request.name, ",".join(request.algorithms))
