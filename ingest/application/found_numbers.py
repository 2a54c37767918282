"""What is found of personal numbers in archived packages, kept for those last asked for."""

from ingest.application.find_personal_numbers import find_in
from ingest.application.holdings import Kept, holding_in
from ingest.application.recent_numbers import RecentNumbers
from ingest.pipeline.step import Ports


class FoundNumbers(RecentNumbers):
    """`HitFinder` that searches packages as they lie in the first store."""

    def __init__(self, ports: Ports) -> None:
        """Search through these ports."""
        super().__init__(lambda package: find_in(holding_in(Kept(package=package, ports=ports)), ports).units)
