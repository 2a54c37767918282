"""Hold a pushed case that was read until all of it has landed, in a file: what is in memory is small."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import IO, Final

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Violation
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.case_push import DESCRIPTOR, read_held
from ingest.formats.pushed_case import Inline, Push, PushedDocument
from ingest.rules.judgement import Judged, violations

_CHUNK: Final = 1 << 20
_EMPTY: Final = Inline(content=b"")
_CALENDAR: Final = frozenset({"EARKIV-CASE-3", "EARKIV-CASE-4"})
"""Rules on dates: what breaks them is seen at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPush:
    """A push that was read, and nothing large of it is in memory any more.

    `documents` are without their inline bytes: these lie in `file`, as the descriptor does, by path at `places` (start
    and size). `dates` is what is wrong with dates under its agreement.
    """

    agreement: SubmissionAgreement
    documents: tuple[PushedDocument, ...]
    dates: tuple[Violation, ...]
    places: Mapping[str, tuple[int, int]]
    file: IO[bytes]

    @property
    def descriptor_size(self) -> int:
        """How many bytes the `case.json` has that is kept."""
        return self.places[DESCRIPTOR][1]

    def chunks(self, path: str) -> Iterator[bytes]:
        """Give what lies in the file by that path."""
        start, left = self.places[path]
        self.file.seek(start)
        while chunk := self.file.read(min(left, _CHUNK)):
            left -= len(chunk)
            yield chunk


def hold(push: Push, agreement: SubmissionAgreement, keep: Callable[[Iterator[bytes]], IO[bytes]]) -> HeldPush:
    """Judge a push's dates, and put its bytes where they take no memory: `keep` writes them to a file. Raises its."""
    inline = [(str(d.path), d.bytes.content) for d in push.documents if isinstance(d.bytes, Inline)]
    contents = [(DESCRIPTOR, push.descriptor), *inline]
    starts = accumulate((len(content) for _, content in contents), initial=0)
    return HeldPush(
        agreement=agreement,
        documents=tuple(replace(d, bytes=_EMPTY) if isinstance(d.bytes, Inline) else d for d in push.documents),
        dates=tuple(_impossible_dates(push, agreement)),
        places={path: (start, len(content)) for (path, content), start in zip(contents, starts, strict=False)},
        file=keep(content for _, content in contents),
    )


def _impossible_dates(push: Push, agreement: SubmissionAgreement) -> list[Violation]:
    names = {document.path: document.size or 0 for document in push.documents}
    match read_held(push.descriptor, DESCRIPTOR, names):
        case Unreadable(violations=found):
            return list(found)
        case Reading() as reading:
            judged = Judged(reading=reading, files=None, agreement=agreement, producer="")
            return [violation for violation in violations(judged) if violation.rule in _CALENDAR]
