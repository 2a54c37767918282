"""Archived files over which the virus scanner breaks off: suspected at first, then asked about alone, then given up.

As at ingest (ingest.pipeline.scan_breaks), only a break right after the scanner was well counts against a file. It
counts against the scanner's version too: another one is asked anew.
"""

from collections import Counter
from dataclasses import dataclass

from ingest.domain.packages import NotScanned, ScanResult
from ingest.domain.scans import ArchivedFile
from ingest.errors import ScannerBrokeOff
from ingest.pipeline.scan_breaks import UNANSWERED, is_given_up
from ingest.pipeline.step import Ports
from ingest.ports import Lease

STEP = "rescan_objects"
SUSPECTED = "scanner broke off in a rescan"
COUNTED = "scanner broke off over one file in a rescan"
"""What stands in the operations log; the detail begins with the file's number and the scanner's version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaks:
    """What the operations log holds of breaks of one version of the scanner over one delivery's files."""

    lease: Lease
    scanner: str
    ports: Ports

    def suspects(self) -> frozenset[str]:
        """Give the numbers of the files over which the scanner ever broke off: they are asked about last."""
        return frozenset(self._logged(SUSPECTED) | self._logged(COUNTED))

    def counted(self, file: ArchivedFile) -> int:
        """Say how often it broke off over a file, having been well right before."""
        return self._logged(COUNTED)[file.number]

    def given_up(self, file: ArchivedFile) -> ScanResult | None:
        """Give the answer for a file that is asked about no more; None while it is."""
        return NotScanned(reason=f"{UNANSWERED} ({self.scanner})") if is_given_up(self.counted(file)) else None

    def log(self, outcome: str, file: ArchivedFile, fault: ScannerBrokeOff) -> None:
        """Write down one more break."""
        detail = f"{file.number} {self.scanner}: {fault.en}"
        self.ports.catalogue.log_attempt(self.lease, STEP, outcome, detail)

    def _logged(self, outcome: str) -> Counter[str]:
        logged = self.ports.catalogue.logged(self.lease.delivery, outcome)
        heads = (detail.partition(f" {self.scanner}: ") for detail in logged)
        return Counter(number for number, found, _ in heads if found)
