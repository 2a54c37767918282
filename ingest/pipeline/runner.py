"""The runner: takes a delivery under lease and drives it, one committed decision after the other, until it is over.

1. load the delivery; over → stop (a doubled message is harmless);
2. a decision for this step and version is committed already → use it; else observe, decide, commit it;
3. carry the plan out (each act may be repeated);
4. commit the new state, events, findings and the next outbox row in one transaction.

Killed anywhere, the next run starts at 1 and ends alike. Machine faults pass through to the caller, who retries.
"""

import json
import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ingest.domain.decisions import Advanced, Held, Rejected, Repeated, Transition, is_over
from ingest.domain.deliveries import Delivery, IdentityTaken
from ingest.errors import EarkivError, LeaseLost, PermanentError, SlotTaken
from ingest.formats.wire import from_json, to_json
from ingest.pipeline.faults import told
from ingest.pipeline.letting_go import let_go
from ingest.pipeline.plan import STEPS
from ingest.pipeline.step import Decision, Done, Ports, Step, Work
from ingest.ports import Lease

logger = logging.getLogger(__name__)

_KINDS: dict[str, type] = {"Rejected": Rejected, "Held": Held, "Repeated": Repeated}


def advance(delivery_id: str, owner: str, ports: Ports) -> Delivery | None:
    """Drive a delivery until it is final or held; None when another living worker has it.

    Raises EarkivError for a machine fault; the lease is given back, and the next run goes on where this one stopped.
    """
    lease = ports.catalogue.acquire(delivery_id, owner)
    return None if lease is None else advance_under(lease, ports)


def advance_under(lease: Lease, ports: Ports) -> Delivery:
    """Drive a delivery whose lease is taken until it is final or held, and give the lease back. Raises EarkivError."""
    try:
        with told(lease.delivery):
            return _drive(lease, ports)
    except EarkivError as fault:
        lost = _lost(lease, fault, ports)
        _log(lease, lost or fault, ports)
        if lost:
            raise lost from fault
        raise
    finally:
        ports.catalogue.release(lease)


def _lost(lease: Lease, fault: EarkivError, ports: Ports) -> LeaseLost | None:
    """Give what a permanent fault really is in a worker that was taken for dead and woke: what it misses is not gone.

    Whoever took the work over may have ended it, and has cleared staging away.
    """
    if not isinstance(fault, PermanentError):
        return None
    with suppress(EarkivError):
        if not ports.catalogue.holds(lease):
            return LeaseLost(
                f"Leverans {lease.delivery} har övertagits av en annan arbetare: {fault.sv}",
                f"Delivery {lease.delivery} has been taken over by another worker: {fault.en}",
            )
    return None


def _log(lease: Lease, fault: EarkivError, ports: Ports) -> None:
    """Write the fault to the operations log, where that still can be written: the fault itself is what counts."""
    with suppress(EarkivError):
        step = ports.catalogue.delivery(lease.delivery).step
        ports.catalogue.log_attempt(lease, step, type(fault).__name__, fault.en)


def _drive(lease: Lease, ports: Ports) -> Delivery:
    while not is_over(delivery := ports.catalogue.delivery(lease.delivery)):
        work = Work(delivery=delivery, lease=lease, ports=ports.keeping(delivery))
        work.pause()
        with ports.around_step(work):
            _run_step(work)
    return delivery


def _run_step(work: Work) -> None:
    step = STEPS[work.delivery.step]
    began = work.ports.clock.seconds()
    decision = _decided(step, work)
    try:
        transition = _transition(step, decision, work)
        seconds = work.ports.clock.seconds() - began
        work.ports.catalogue.commit(work.lease, replace(transition, seconds=seconds))
        _say(step, transition.after, work, seconds)
    except (IdentityTaken, SlotTaken):
        # Another upload of the same delivery was first, or another wrote into our place in the journal: nothing has
        # been done yet, so look and decide anew.
        work.ports.catalogue.revoke_decision(work.lease, step.name, work.delivery.version)


def _say(step: Step[Any, Any], after: Delivery, work: Work, seconds: float) -> None:
    told = {
        "delivery": after.id,
        "package": after.package,
        "step": step.name,
        "owner": work.lease.owner,
        "outcome": after.state.value,
        "seconds": round(seconds, 3),
    }
    logger.info("a step is done", extra=told)


def _decided(step: Step[Any, Any], work: Work) -> Decision[Any]:
    catalogue, delivery = work.ports.catalogue, work.delivery
    committed = catalogue.decision(delivery.id, step.name, delivery.version)
    if committed is None:
        decision = step.decide(step.observe(work))
        committed = catalogue.commit_decision(work.lease, step.name, delivery.version, _encode(step, decision))
    return _decode(step, committed)


def _transition(step: Step[Any, Any], decision: Decision[Any], work: Work) -> Transition:
    before = work.delivery
    match decision:
        case Advanced():
            done = step.act(work, decision)
            return _recorded(before, decision, done)
        case Rejected() | Held():
            return _recorded(before, decision, Done())
        case Repeated():
            let_go(work.ports, before)
            return Transition(before=before, after=decision.after)


def _recorded(before: Delivery, decision: Advanced[Any] | Rejected | Held, done: Done) -> Transition:
    return Transition(
        before=before,
        after=decision.after,
        events=decision.events,
        findings=decision.findings,
        generated=done.generated,
    )


def _encode(step: Step[Any, Any], decision: Decision[Any]) -> str:
    kind = type(decision).__name__
    value = to_json(decision, Advanced[step.plan_type] if isinstance(decision, Advanced) else None)  # type: ignore[name-defined]
    return json.dumps({"kind": kind, "value": value}, ensure_ascii=False)


def _decode(step: Step[Any, Any], text: str) -> Decision[Any]:
    envelope = json.loads(text)
    as_type = Advanced[step.plan_type] if envelope["kind"] == "Advanced" else _KINDS[envelope["kind"]]  # type: ignore[name-defined]
    decision: Decision[Any] = from_json(envelope["value"], as_type)
    return decision
