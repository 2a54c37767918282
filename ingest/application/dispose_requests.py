"""Disposal of what belongs to requests of the public: first it stands in the journal what goes, then it is erased.

Killed in between, the next round finds the entry, writes no other, and erases. What was asked for and what was decided,
by whom and on what ground, is in the entry: without contact details it is the archive's own record from then on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.application.genuine_entries import entries_backwards
from ingest.domain.information_requests import Disposal, InformationRequest, Part
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.request_disposal import KeepingTimes, due_parts
from ingest.errors import ObjectExists
from ingest.formats.request_steps import KINDS, told_of
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports
from ingest.public_ports import RequestLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposedRequest:
    """A part of a request that was disposed of now; `at` is the time in the journal."""

    request: str
    part: Part
    at: datetime


def dispose_requests(times: KeepingTimes, ledger: RequestLedger, ports: Ports) -> tuple[DisposedRequest, ...]:
    """Dispose of all whose time is over, and give it. Raises EarkivError; what was done until then stays done."""
    return tuple(_disposed(times, ledger, ports))


def _disposed(times: KeepingTimes, ledger: RequestLedger, ports: Ports) -> Iterator[DisposedRequest]:
    now = ports.clock.now()
    for request in ledger.requests():
        for part in due_parts(request, times, now):
            at = _journalled(request, part, now, ports)
            ledger.dispose(request.id, Disposal(part=part, at=at))
            yield DisposedRequest(request=request.id, part=part, at=at)


def chain_of_request(request_id: str) -> Subject:
    """Give the chain of a request."""
    return Subject(kind=SubjectKind.REQUEST, id=request_id)


def _journalled(request: InformationRequest, part: Part, now: datetime, ports: Ports) -> datetime:
    """Give when the journal says that a part goes, after an entry that says so if there is none yet."""
    subject = chain_of_request(request.id)
    while True:
        catch_up(ports, subject)
        before = ports.catalogue.chain_head(subject)
        for entry in entries_backwards(subject, ports):
            if isinstance(entry.body, dict) and entry.body["part"] == part:
                return entry.header.at
        try:
            append(ports, next_slot(ports, subject, now), EntryType.REQUEST_DISPOSED, _record(request, part))
        except ObjectExists:
            catch_up(ports, subject)
            if ports.catalogue.chain_head(subject) == before:
                raise


def _record(request: InformationRequest, part: Part) -> dict[str, Any]:
    """Tell of a request without contact details; of one that got no answer, not what it said either."""
    told: dict[str, Any] = {
        "request": request.id,
        "part": part.value,
        "receivedAt": request.received_at.isoformat(),
        "language": request.language,
        "steps": [
            {"kind": KINDS[type(one.doing)].value, "at": one.at.isoformat(), "by": one.by, **told_of(one.doing)}
            for one in request.steps
        ],
    }
    return told if part is Part.REQUEST else {**told, "about": request.about, "question": request.question}
