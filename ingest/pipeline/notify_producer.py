"""The signed receipt, in the journal; once it is durable the delivery is archived, or refused: custody is settled."""

from dataclasses import dataclass
from datetime import datetime

from ingest.domain.decisions import Advanced
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.findings import Finding
from ingest.domain.journal import EntryType, Subject, SubjectKind
from ingest.domain.packages import Examination, Infected, StagedObject
from ingest.domain.provenance import Agent, EventType, PreservationEvent, derived_id
from ingest.domain.receipts import Outcome, Receipt, ReceiptFile
from ingest.formats.receipts import derived_salt, receipt_document, receipt_statement
from ingest.formats.wire import Json, to_json
from ingest.pipeline.events import event
from ingest.pipeline.evidence import Slot, append, next_slot
from ingest.pipeline.letting_go import let_go, set_apart
from ingest.pipeline.names import NOTHING_MORE, NOTIFY_PRODUCER
from ingest.pipeline.step import Decision, Done, Step, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The delivery, what the scans said, and the next place in its chain."""

    delivery: Delivery
    at: datetime
    software: Agent
    seed: str
    slot: Slot
    infected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Time, salts and place of the receipt; `final` is the delivery as it will then be."""

    at: datetime
    seed: str
    slot: Slot
    final: Delivery


def observe(work: Work) -> Facts:
    """Look at how the delivery ended."""
    ports, delivery = work.ports, work.delivery
    at = ports.clock.now()
    examinations = ports.catalogue.examinations(delivery.id)
    return Facts(
        delivery=delivery,
        at=at,
        software=ports.software,
        seed=ports.ids.secret(),
        slot=next_slot(ports, Subject(kind=SubjectKind.DELIVERY, id=delivery.id), at),
        infected=sum(isinstance(e.scan, Infected) for e in examinations),
    )


def decide(facts: Facts) -> Decision[Plan]:
    """Accepted when nothing refused it; what is infected is refused and kept apart."""
    final = moved(facts.delivery, _final_state(facts), NOTHING_MORE)
    ended = event(
        delivery=facts.delivery,
        step=NOTIFY_PRODUCER,
        type=EventType.INGESTION_END,
        at=facts.at,
        detail=f"receipt: {_outcome(facts.delivery)}",
        agents=(facts.software,),
    )
    plan = Plan(at=facts.at, seed=facts.seed, slot=facts.slot, final=final)
    return Advanced(plan=plan, after=final, events=(*_kept_apart(facts, final), ended))


def _kept_apart(facts: Facts, final: Delivery) -> tuple[PreservationEvent, ...]:
    if final.state is not DeliveryState.QUARANTINED:
        return ()
    detail = f"{facts.infected} infected; the whole delivery is kept apart until a person discards it"
    apart = event(
        delivery=facts.delivery,
        step=NOTIFY_PRODUCER,
        type=EventType.QUARANTINE,
        at=facts.at,
        detail=detail,
        agents=(facts.software,),
    )
    return (apart,)


def _final_state(facts: Facts) -> DeliveryState:
    if not facts.delivery.refused:
        return DeliveryState.TESTED if facts.delivery.is_trial else DeliveryState.ARCHIVED
    return DeliveryState.QUARANTINED if facts.infected else DeliveryState.REJECTED


def _outcome(delivery: Delivery) -> Outcome:
    return Outcome.REJECTED if delivery.refused else Outcome.ACCEPTED


def act(work: Work, decision: Advanced[Plan]) -> Done:
    """Sign, write to the journal, and then let go of what is still in staging."""
    ports, plan = work.ports, decision.plan
    receipt = _receipt(work, plan)
    signature = ports.signer.sign(plan.slot.key, receipt_statement(receipt, plan.slot.key))
    body: Json = {
        "delivery": to_json(plan.final),
        "conversions": to_json(ports.catalogue.conversions(work.delivery.id)),
        "events": to_json((*ports.catalogue.events(work.delivery.id), *decision.events)),
        "receipt": receipt_document(receipt, plan.slot.key, signature),
    }
    append(ports, plan.slot, EntryType.DELIVERY_DECIDED, body)
    leave = set_apart if plan.final.state is DeliveryState.QUARANTINED else let_go
    leave(ports, work.delivery)
    return Done()


def _receipt(work: Work, plan: Plan) -> Receipt:
    catalogue, delivery = work.ports.catalogue, work.delivery
    accepted = not delivery.refused
    examinations = {e.ordinal: e for e in catalogue.examinations(delivery.id)}
    return Receipt(
        id=derived_id(delivery.id, "receipt"),
        delivery=delivery.identity.delivery if delivery.identity else "",
        producer=delivery.identity.producer if delivery.identity else "",
        delivery_id=delivery.id,
        package=delivery.package if accepted else None,
        generation=delivery.generation if accepted else None,
        outcome=_outcome(delivery),
        test=delivery.is_trial,
        dialect=delivery.dialect,
        agreement=delivery.agreement,
        agreement_version=delivery.agreement_version,
        title=delivery.title,
        received_at=delivery.received_at,
        at=plan.at,
        custody_passed_at=plan.at if plan.final.state is DeliveryState.ARCHIVED else None,
        files=tuple(_file(o, examinations, plan.seed) for o in catalogue.staged(delivery.id)),
        copies=delivery.copies if accepted else (),
        findings=_findings(work),
        findings_salt=derived_salt(plan.seed, "findings"),
    )


def _file(staged: StagedObject, examinations: dict[int, Examination], seed: str) -> ReceiptFile:
    examined = examinations.get(staged.ordinal)
    return ReceiptFile(
        path=staged.path,
        size=staged.size,
        sha256=staged.sha256,
        format=examined.format if examined else None,
        salt=derived_salt(seed, str(staged.ordinal)),
    )


def _findings(work: Work) -> tuple[Finding, ...]:
    return work.ports.catalogue.findings(work.delivery.id)


STEP = Step(name=NOTIFY_PRODUCER, plan_type=Plan, observe=observe, decide=decide, act=act)
