"""How decisions on access come into the journal: what closes at once in a chain of its own, then all in the package's.

The package's chain is shared with deliveries and later scans: it is written under the package's lease, and never while
a delivery may have decided on its next place. A decision waits for that, and closes meanwhile.
"""

from ingest.application.access_chains import decision_in, decisions_in, package_chain, withdrawal_chain
from ingest.application.pre_approval_chains import known_approval
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.journal import EntryType
from ingest.errors import SlotTaken
from ingest.formats.wire import to_json
from ingest.pipeline.evidence import append, append_next, catch_up, next_slot
from ingest.pipeline.public_records import take_out
from ingest.pipeline.step import Ports
from ingest.ports import Lease


def close_at_once(decision: AccessDecision, ports: Ports) -> None:
    """Let a decision close from now on, and make that durable in the chain of withdrawals. Raises EarkivError.

    Whatever is raised, the decision closes as long as the catalogue lives; it is durable on return.
    """
    ports.catalogue.announce_access(decision)
    subject = withdrawal_chain(decision.package)
    append_next(ports, subject, decision.at, EntryType.ACCESS_WITHDRAWN, to_json(decision))


def close_everywhere(decision: AccessDecision, ports: Ports) -> None:
    """Close at once and take out of the reading room; where one of them does not answer, the other is done still.

    Raises EarkivError: the decision closes then, and `finish` does what is left.
    """
    try:
        close_at_once(decision, ports)
    finally:
        take_out(decision, ports)


def journal_decision(decision: AccessDecision, owner: str, ports: Ports) -> bool:
    """Give a decision its place in its package's chain; False while others have the package in hand.

    One that has its place already is left there. Raises EarkivError.
    """
    package = ports.catalogue.package(decision.package)
    lease = None if package is None else ports.catalogue.acquire(package.delivery_id, owner)
    if lease is None:
        return False
    try:
        return _journalled(decision, lease, ports)
    except SlotTaken:
        return False
    finally:
        ports.catalogue.release(lease)


def finish(decision: AccessDecision, owner: str, ports: Ports) -> bool:
    """Do all that is left of a decision that waits, whatever it met before; False while others have the package.

    What it closes leaves the reading room, and it gets its entries, each once. Raises EarkivError.
    """
    try:
        if not _is_withdrawal(decision, ports):
            close_at_once(decision, ports)
    finally:
        take_out(decision, ports)
    return journal_decision(decision, owner, ports)


def _is_withdrawal(decision: AccessDecision, ports: Ports) -> bool:
    """Whether the chain of withdrawals has the decision."""
    subject = withdrawal_chain(decision.package)
    catch_up(ports, subject)
    entries = (decision_in(record, ports) for record in ports.catalogue.chain(subject))
    return any(entry is not None and entry.id == decision.id for entry in entries)


def learn_later(package: str, ports: Ports) -> None:
    """Let the catalogue know of all entries on access that the stores have beyond those it remembers.

    A catalogue put back from a copy has forgotten what was closed since: that closes from now on. Raises EarkivError.
    """
    catch_up(ports, package_chain(package))
    subject = withdrawal_chain(package)
    before = ports.catalogue.chain_head(subject).sequence
    catch_up(ports, subject)
    later = [one for one in ports.catalogue.chain(subject) if one.header.sequence > before]
    settle_known(package, ports)
    _learn_of_approvals(package, ports)
    placed = {one.decision.id for one in ports.catalogue.access_decisions(package)} if later else set[str]()
    for record in later:
        decision = decision_in(record, ports)
        if decision is not None and decision.id not in placed:
            ports.catalogue.announce_access(decision)


def _learn_of_approvals(package: str, ports: Ports) -> None:
    decisions = (one.decision for one in ports.catalogue.access_decisions(package))
    for approval_id in sorted({one.approval.id for one in decisions if one.approval is not None}):
        known_approval(approval_id, ports)


def settle_known(package: str, ports: Ports) -> None:
    """Let the catalogue know of every decision that the package's chain has, also after a kill between the two."""
    settled = {one.sequence for one in ports.catalogue.access_decisions(package)}
    for place, decision in decisions_in(package, ports).items():
        if place not in settled:
            ports.catalogue.settle_access(decision, place)


def _journalled(decision: AccessDecision, lease: Lease, ports: Ports) -> bool:
    if _is_under_way(decision.package, ports) or not ports.catalogue.holds(lease):
        return False
    subject = package_chain(decision.package)
    catch_up(ports, subject)
    settle_known(decision.package, ports)
    if all(one.decision.id != decision.id for one in ports.catalogue.access_decisions(decision.package)):
        slot = next_slot(ports, subject, ports.clock.now())
        append(ports, slot, EntryType.ACCESS_DECIDED, to_json(decision))
        ports.catalogue.settle_access(decision, slot.sequence)
    return True


def _is_under_way(package: str, ports: Ports) -> bool:
    """Whether a delivery's place in the package's chain may be decided already."""
    return any(under_way.package == package for under_way in ports.catalogue.unfinished())
