"""Containers that were delivered as content: opened where the agreement asks for it, one by one, each recorded.

The budgets are those of one delivery: what earlier containers have used is read from the record, so that a run that was
killed goes on where it was and ends alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import Delivery
from ingest.domain.nested import (
    NestedBounds,
    NestedFault,
    NestedFaultKind,
    NestedListing,
    NestedRequest,
    budget_for,
    may_be_container,
    use_of,
)
from ingest.domain.packages import Examination, StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent
from ingest.errors import KilledFromOutside
from ingest.formats.containers import limits_of
from ingest.pipeline.events import event
from ingest.pipeline.kills import KILLS_OF_OPENERS, MOST_KILLS, TOO_OFTEN, note_kill, times
from ingest.pipeline.names import EXAMINE_OBJECTS
from ingest.pipeline.step import Work

MOST_LISTED: Final = 20_000
"""Files in nested containers that are listed for one delivery; more are read and counted."""
SECONDS: Final = 6.0
"""Of the processor, for all nested containers of a delivery beside what their sizes grant them."""


def open_nested_containers(work: Work) -> None:
    """Open what may be a container and is not opened yet; nothing is asked where the agreement says nothing of it."""
    catalogue, delivery = work.ports.catalogue, work.delivery
    agreement = catalogue.agreement_version(delivery.agreement, delivery.agreement_version)
    if not agreement.nested_depth:
        return
    staged = catalogue.staged(delivery.id)
    sizes = {each.ordinal: each.size for each in staged}
    examinations = catalogue.examinations(delivery.id)
    used = [use_of(sizes[one.ordinal], one.nested) for one in examinations if one.nested is not None]
    bounds = bounds_under(agreement, staged)
    for each, examination in _waiting(staged, examinations):
        work.pause()
        request = NestedRequest(key=each.key, size=each.size, budget=budget_for(bounds, each.size, used))
        listing = _opened(work, each, request)
        if listing is not None:
            catalogue.record_examinations(work.lease, (replace(examination, nested=listing),))
            used.append(use_of(each.size, listing))


def _opened(work: Work, each: StagedObject, request: NestedRequest) -> NestedListing | None:
    """Open a container; one over which processes are killed again and again is told as one that was not opened."""
    try:
        return work.ports.nested_opener.listing(work.ports.staging, request)
    except KilledFromOutside as fault:
        note_kill(work, KILLS_OF_OPENERS, each.ordinal, fault.en)
        if times(work, KILLS_OF_OPENERS)[each.ordinal] < MOST_KILLS:
            raise
        told = NestedFault(kind=NestedFaultKind.UNFINISHED, detail=TOO_OFTEN)
        return NestedListing(faults=(told,), seconds=request.budget.seconds)


def bounds_under(agreement: SubmissionAgreement, staged: Sequence[StagedObject]) -> NestedBounds:
    """Give the budgets of a delivery's nested containers: the archive's own, or the agreement's where they are less."""
    limits = limits_of(agreement)
    files = min(limits.entries, _or(limits.agreed_files, limits.entries))
    unpacked = min(limits.unpacked_bytes, _or(limits.agreed_bytes, limits.unpacked_bytes))
    return NestedBounds(
        depth=agreement.nested_depth,
        files=max(0, files - len(staged)),
        unpacked=max(0, unpacked - sum(each.size for each in staged)),
        ratio=limits.ratio,
        floor=limits.ratio_floor,
        listed=MOST_LISTED,
        seconds=SECONDS,
    )


def nested_events(
    delivery: Delivery,
    at: datetime,
    software: Agent,
    examinations: Sequence[Examination],
    paths: Mapping[int, PackagePath],
) -> tuple[PreservationEvent, ...]:
    """Give one event for the containers that were sound, and one for those that were not."""
    listed = [(paths[one.ordinal], one.nested) for one in examinations if one.nested is not None]
    sound = [(path, listing) for path, listing in listed if not listing.faults]
    others = [(path, listing) for path, listing in listed if listing.faults]
    outcomes = ((EventOutcome.SUCCESS, sound), (EventOutcome.WARNING, others))
    return tuple(
        event(
            delivery=delivery,
            step=EXAMINE_OBJECTS,
            type=EventType.VALIDATION,
            at=at,
            detail=_told(found),
            agents=(software,),
            outcome=outcome,
            objects=tuple(path for path, _ in found),
        )
        for outcome, found in outcomes
        if found
    )


def _or(agreed: int | None, own: int) -> int:
    return own if agreed is None else agreed


def _told(found: Sequence[tuple[PackagePath, NestedListing]]) -> str:
    files = sum(listing.count for _, listing in found)
    faults = sum(fault.times for _, listing in found for fault in listing.faults)
    said = f"containers opened and checked, nothing of them stored: {len(found)} containers, {files} files"
    return f"{said}, {faults} faults" if faults else said


def _waiting(
    staged: Sequence[StagedObject], examinations: Sequence[Examination]
) -> Iterator[tuple[StagedObject, Examination]]:
    found = {one.ordinal: one for one in examinations}
    for each in staged:
        examination = found[each.ordinal]
        if each.size and examination.nested is None and may_be_container(examination.format.puid):
            yield each, examination
