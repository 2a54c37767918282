"""What PREMIS remembers of electronic signatures, which will not outlive their algorithms."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ingest.domain.characteristics import Signature, SignatureVerdict
from ingest.domain.deliveries import Delivery
from ingest.domain.packages import Examination
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import Agent, EventOutcome, EventType, PreservationEvent
from ingest.pipeline.events import event
from ingest.pipeline.names import EXAMINE_OBJECTS

_OUTCOMES = {
    SignatureVerdict.HOLDS: EventOutcome.SUCCESS,
    SignatureVerdict.BROKEN: EventOutcome.FAIL,
    SignatureVerdict.UNDECIDED: EventOutcome.WARNING,
    SignatureVerdict.NOT_CHECKED: EventOutcome.WARNING,
}


def signature_events(
    delivery: Delivery,
    at: datetime,
    software: Agent,
    examinations: Sequence[Examination],
    paths: Mapping[int, PackagePath],
) -> tuple[PreservationEvent, ...]:
    """Give one event per signature: who signed what is seldom the same twice."""
    return tuple(
        event(
            delivery=delivery,
            step=EXAMINE_OBJECTS,
            type=EventType.SIGNATURE_VALIDATION,
            at=at,
            detail=f"{paths[examination.ordinal]}, signature {number}: {_told(signature)}",
            agents=(software,),
            outcome=_OUTCOMES[signature.verdict],
            objects=(paths[examination.ordinal],),
        )
        for examination in examinations
        for number, signature in enumerate(examination.inside.signatures, 1)
    )


def _told(signature: Signature) -> str:
    stated = (
        f"{signature.kind} signature {signature.verdict}",
        f"signer {signature.signer}" if signature.signer else "",
        f"stated time {signature.signed_at}" if signature.signed_at else "",
        signature.detail,
    )
    return "; ".join(part for part in stated if part)
