"""The decisions on access to a package as the catalogue knows them: in the journal, or waiting for a place in it."""

from dataclasses import dataclass

from ingest.domain.access.decisions import AccessDecision
from ingest.pipeline.step import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDecisions:
    """Every decision on a package once: `settled` in their order in the journal, `waiting` in no place of it yet."""

    settled: tuple[AccessDecision, ...]
    waiting: tuple[AccessDecision, ...]


def known_decisions(package: str, ports: Ports) -> KnownDecisions:
    """Give the decisions on a package.

    Those that wait are asked for first: one whose entry is written in between would otherwise be in neither.
    """
    waiting = waiting_decisions(package, ports)
    settled = tuple(one.decision for one in ports.catalogue.access_decisions(package))
    known = {one.id for one in settled}
    return KnownDecisions(settled=settled, waiting=tuple(one for one in waiting if one.id not in known))


def waiting_decisions(package: str, ports: Ports) -> tuple[AccessDecision, ...]:
    """Give the decisions on a package that wait for their entries. They close already, and open nothing."""
    return tuple(one for one in ports.catalogue.announced_access() if one.package == package)
