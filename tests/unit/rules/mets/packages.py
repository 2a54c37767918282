"""A sound SIP in a folder, one lie told in its METS, and the ids that come of it."""

import re
from pathlib import Path

from ingest.domain.findings import Severity
from ingest.domain.submissions import Reading, Unreadable
from ingest.formats.views import FolderView
from ingest.rules.examination import examine
from samples.cases import skolskjuts
from samples.simulator.csip import build_csip, root_name


def built(folder: Path) -> Path:
    """Build the sound package below a folder and give its root."""
    package = folder / root_name(skolskjuts.delivery())
    build_csip(skolskjuts.delivery(), package)
    return package


def lie(package: Path, pattern: str, said: str) -> None:
    """Change the first place in METS.xml that matches; a lie that changes nothing is a fault of the test."""
    mets = package / "METS.xml"
    before = mets.read_text(encoding="utf-8")
    after = re.sub(pattern, said, before, count=1, flags=re.DOTALL)
    assert after != before, pattern
    mets.write_text(after, encoding="utf-8")


def examined(package: Path) -> Reading | Unreadable:
    return examine(FolderView(package), side_car=None, container=None, root=package.name)


def ids(package: Path) -> set[str]:
    """The rules that METS breaks, what is only told for information left out."""
    milder = {"EARKIV-METS-3", "EARKIV-METS-4"}
    found = examined(package)
    told = (v for v in found.violations if v.severity is not Severity.INFO)
    return {violation.rule for violation in told} - milder
