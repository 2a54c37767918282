"""PREMIS events of conversions: one for each copy and each failure, one for all not tried for the same reason.

The virus checks of the copies are told as those of the originals are: one event per outcome.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ingest.domain.conformance import Conformance
from ingest.domain.conversions import Conversion, ConversionFault, Converted, NotConverted
from ingest.domain.deliveries import Delivery
from ingest.domain.packages import DigitalObject, ScanResult
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.pipeline.events import event, scan_event
from ingest.pipeline.names import NORMALISE_FORMATS
from ingest.pipeline.observed import conversion_event_id


def conversion_events(
    delivery: Delivery,
    at: datetime,
    software: Agent,
    objects: tuple[DigitalObject, ...],
    conversions: tuple[Conversion, ...],
) -> tuple[PreservationEvent, ...]:
    """Tell what became of every conversion, in the order of the sources, of what was never tried, and the scans."""
    paths = {one.ordinal: one.path for one in objects}
    tried = tuple(one for one in conversions if not _untried_because(one))
    return (
        *(_told(delivery, at, paths[one.ordinal], one) for one in tried),
        *_untried(delivery, at, software, paths, tuple(one for one in conversions if _untried_because(one))),
        *_scans(delivery, at, software, conversions),
    )


def _untried_because(conversion: Conversion) -> str:
    """Say why no tool was asked; "" where one was."""
    match conversion.outcome:
        case NotConverted(reason=ConversionFault.TOOL_MISSING):
            return f"{conversion.tool} is not installed"
        case NotConverted(reason=ConversionFault.NOT_TRIED as reason):
            return str(reason)
        case _:
            return ""


def _told(delivery: Delivery, at: datetime, source: PackagePath, conversion: Conversion) -> PreservationEvent:
    made, outcome, came_of_it = _outcome(conversion)
    return PreservationEvent(
        id=conversion_event_id(delivery.id, conversion.ordinal),
        type=EventType.NORMALIZATION,
        at=at,
        step=NORMALISE_FORMATS,
        outcome=outcome,
        detail=f"{source} to {conversion.target} under format policy version {conversion.policy}: {came_of_it}",
        agents=(Agent(kind=AgentKind.SOFTWARE, name=conversion.tool),),
        objects=(source,),
        derived=made,
    )


def _outcome(conversion: Conversion) -> tuple[tuple[PackagePath, ...], EventOutcome, str]:
    match conversion.outcome:
        case Converted() as made:
            said = "; ".join(_verdict(one) for one in made.conformances)
            return (conversion.aip_path,), EventOutcome.SUCCESS, said or f"identified as {made.format.puid}"
        case NotConverted() as failed:
            said = "; ".join((failed.detail, *(_verdict(one) for one in failed.conformances)))
            return (), EventOutcome.FAIL, f"{failed.reason}: {said}".rstrip(": ")


def _scans(
    delivery: Delivery, at: datetime, software: Agent, conversions: tuple[Conversion, ...]
) -> Iterator[PreservationEvent]:
    scans: dict[ScanResult, list[PackagePath]] = defaultdict(list)
    for conversion in conversions:
        if isinstance(conversion.outcome, Converted):
            scans[conversion.outcome.scan].append(conversion.aip_path)
    for result, copies in scans.items():
        yield replace(scan_event(delivery, NORMALISE_FORMATS, at, result, software), derived=tuple(copies))


def _verdict(conformance: Conformance) -> str:
    reasons = f" ({'; '.join(conformance.reasons)})" if conformance.reasons else ""
    return f"{conformance.verdict} {conformance.profile} by {conformance.tool}{reasons}"


def _untried(
    delivery: Delivery,
    at: datetime,
    software: Agent,
    paths: dict[int, PackagePath],
    lacking: tuple[Conversion, ...],
) -> tuple[PreservationEvent, ...]:
    kinds = sorted({(one.target, one.policy, _untried_because(one)) for one in lacking})
    return tuple(
        event(
            delivery=delivery,
            step=NORMALISE_FORMATS,
            type=EventType.NORMALIZATION,
            at=at,
            detail=f"no copy as {target}, wanted by format policy version {policy}: {reason}",
            agents=(software,),
            outcome=EventOutcome.WARNING,
            objects=tuple(
                paths[one.ordinal]
                for one in lacking
                if (one.target, one.policy, _untried_because(one)) == (target, policy, reason)
            ),
        )
        for target, policy, reason in kinds
    )
