"""How decisions on access come into the journal: what closes at once in a chain of its own, then all in the package's.

The package's chain is shared with deliveries and later scans: it is written under the package's lease, and never while
a delivery may have decided on its next place. A decision waits for that, and closes meanwhile.
"""

from collections.abc import Iterable

from ingest.application.access_chains import decisions_in, package_chain, withdrawal_chain
from ingest.domain.access.decisions import AccessDecision
from ingest.domain.journal import EntryType
from ingest.errors import ObjectExists, SlotTaken
from ingest.formats.wire import to_json
from ingest.pipeline.evidence import append, catch_up, next_slot
from ingest.pipeline.step import Ports
from ingest.ports import Lease


def close_at_once(decision: AccessDecision, ports: Ports) -> None:
    """Let a decision close from now on, and make that durable in the chain of withdrawals. Raises EarkivError.

    Whatever is raised, the decision closes as long as the catalogue lives; it is durable on return.
    """
    ports.catalogue.announce_access(decision)
    subject = withdrawal_chain(decision.package)
    while True:
        catch_up(ports, subject)
        before = ports.catalogue.chain_head(subject)
        try:
            append(ports, next_slot(ports, subject, decision.at), EntryType.ACCESS_WITHDRAWN, to_json(decision))
        except ObjectExists:
            catch_up(ports, subject)
            if ports.catalogue.chain_head(subject) == before:
                raise
        else:
            return


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


def journal_waiting(packages: Iterable[str], owner: str, ports: Ports) -> None:
    """Give their places to all decisions on these packages that wait for them, as far as that goes now."""
    wanted = frozenset(packages)
    for decision in ports.catalogue.announced_access():
        if decision.package in wanted:
            journal_decision(decision, owner, ports)


def _journalled(decision: AccessDecision, lease: Lease, ports: Ports) -> bool:
    if _is_under_way(decision.package, ports) or not ports.catalogue.holds(lease):
        return False
    subject = package_chain(decision.package)
    catch_up(ports, subject)
    known = decisions_in(decision.package, ports)
    for place, one in known.items():
        ports.catalogue.settle_access(one, place)
    if all(one.id != decision.id for one in known.values()):
        slot = next_slot(ports, subject, ports.clock.now())
        append(ports, slot, EntryType.ACCESS_DECIDED, to_json(decision))
        ports.catalogue.settle_access(decision, slot.sequence)
    return True


def _is_under_way(package: str, ports: Ports) -> bool:
    """Whether a delivery's place in the package's chain may be decided already."""
    return any(under_way.package == package for under_way in ports.catalogue.unfinished())
