"""What leaves the reading room at once: what a decision closes, and all of a package of which something new comes."""

from collections.abc import Mapping

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey, is_among
from ingest.domain.publication import public_ids
from ingest.pipeline.step import Ports


def known_ids(package: str, ports: Ports) -> Mapping[UnitKey, str]:
    """Give the public ids of all units that were ever decided on: nothing else can be in the reading room."""
    return public_ids(one.decision for one in ports.catalogue.access_decisions(package))


def take_out(decision: AccessDecision, ports: Ports) -> None:
    """Take out what a decision closes, with all that is in it.

    What it makes public is carried over when it is published, and so is the stub of what it leaves on request.
    """
    if decision.level is Level.PUBLIC:
        return
    closed = {unit.key for unit in decision.units}
    ids = known_ids(decision.package, ports)
    ports.take_out([ids[key] for key in ids if is_among(key, closed)])


def take_down(package: str, ports: Ports) -> None:
    """Take out all of a package. Nothing has to be read for this, so that no fault of what comes can delay it."""
    ports.take_out(list(known_ids(package, ports).values()))
