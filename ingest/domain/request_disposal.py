"""What of a request of the public is disposed of (gallras), and when: contact details, copies, and what got no answer.

What was asked for and what was decided is kept. A request that waits is never disposed of: somebody has to answer it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.domain.information_requests import InformationRequest, Part, RequestState, files_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingTimes:
    """For how many days after the answer contact details, and the files of the answer, are kept.

    What was closed without an answer is kept as long as contact details are.
    """

    contact_days: int
    file_days: int


def due_parts(request: InformationRequest, times: KeepingTimes, now: datetime) -> tuple[Part, ...]:
    """Name what of a request is to be disposed of now, and has not been."""
    return tuple(part for part in _over(request, times, now) if request.disposed_at(part) is None)


def _over(request: InformationRequest, times: KeepingTimes, now: datetime) -> Iterator[Part]:
    contact_is_over = timedelta(days=times.contact_days)
    answered = request.answered_at
    if answered is None:
        if request.state is RequestState.CLOSED and now - request.steps[-1].at >= contact_is_over:
            yield Part.REQUEST
        return
    if request.contact and now - answered >= contact_is_over:
        yield Part.CONTACT
    has_files = any(files_of(step.doing) for step in request.steps)
    if has_files and now - answered >= timedelta(days=times.file_days):
        yield Part.FILES
