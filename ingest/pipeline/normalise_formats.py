"""Which objects need a preservation copy: decided per format, and recorded; originals always stay (DESIGN §3)."""

from dataclasses import dataclass

from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.pipeline.names import BUILD_AIP, NORMALISE_FORMATS
from ingest.pipeline.step import Decision, NoPlan, Step, Work, nothing_to_do


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The delivery; no format has a conversion in the format policy yet, so every object is kept as delivered."""

    delivery: Delivery


def observe(work: Work) -> Facts:
    """Look at the delivery."""
    return Facts(delivery=work.delivery)


def decide(facts: Facts) -> Decision[NoPlan]:
    """Keep every object as it was delivered."""
    return Advanced(plan=NoPlan(), after=moved(facts.delivery, DeliveryState.PRESERVING, BUILD_AIP))


STEP = Step(name=NORMALISE_FORMATS, plan_type=NoPlan, observe=observe, decide=decide, act=nothing_to_do)
