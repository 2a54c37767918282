"""What was found of personal numbers, kept for as long as somebody asks: a search reads every document."""

from collections.abc import Mapping

from ingest.application.find_personal_numbers import find_in
from ingest.application.holdings import Kept, holding_in
from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.personal_numbers.found import UnitHits
from ingest.pipeline.step import Ports


class FoundNumbers:
    """`HitFinder` that searches each generation once; for one command, or a process with few packages in hand."""

    def __init__(self, ports: Ports) -> None:
        """Search through these ports."""
        self._ports = ports
        self._found: dict[ArchivedPackage, Mapping[UnitKey, UnitHits]] = {}

    def hits_in(self, package: ArchivedPackage) -> Mapping[UnitKey, UnitHits]:
        """Give what was found in each unit itself, and what could not be searched."""
        if package not in self._found:
            holding = holding_in(Kept(package=package, ports=self._ports))
            self._found[package] = find_in(holding, self._ports).units
        return self._found[package]
