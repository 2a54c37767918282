"""What leaves the reading room at once: what a decision closes, and all of a package of which something new comes."""

from collections.abc import Iterable, Mapping

from ingest.domain.access.decisions import AccessDecision, Reference
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey, is_among
from ingest.domain.publication import public_ids
from ingest.pipeline.step import Ports


def known_ids(package: str, ports: Ports) -> Mapping[UnitKey, str]:
    """Give the public ids of all units that were ever decided on: nothing else can be in the reading room."""
    return public_ids(one.decision for one in ports.catalogue.access_decisions(package))


def take_out(decision: AccessDecision, ports: Ports) -> None:
    """Take out what a decision closes, with all that is in it, and what is numbered beside what it hides.

    What it makes public is carried over when it is published, and so are the stub of what it leaves on request, and,
    without its number, what lies beside, or what was shown with its number and shall be no longer.
    """
    decisions = tuple(one.decision for one in ports.catalogue.access_decisions(decision.package))
    closed = {unit.key for unit in decision.units}
    ids, numbered = public_ids(decisions), _numbered(decisions)
    match decision.level:
        case Level.PUBLIC:
            withheld = numbered & closed if decision.reference is Reference.WITHHELD else ()
            ports.take_out([ids[key] for key in withheld])
        case Level.ON_REQUEST:
            ports.take_out([ids[key] for key in ids if is_among(key, closed)])
        case Level.HIDDEN:
            gaps = {key[:-1] for key in closed if len(key) > 1}
            beside = {key for key in numbered if key[:-1] in gaps}
            ports.take_out([ids[key] for key in ids if is_among(key, closed | beside)])


def _numbered(decisions: Iterable[AccessDecision]) -> frozenset[UnitKey]:
    """Give the units that may be shown with their number: in a series of those, a gap tells of what is hidden."""
    shown = (one for one in decisions if one.reference is Reference.SHOWN)
    return frozenset(unit.key for one in shown for unit in one.units)


def take_down(package: str, ports: Ports) -> None:
    """Take out all of a package. Nothing has to be read for this, so that no fault of what comes can delay it."""
    ports.take_out(list(known_ids(package, ports).values()))
