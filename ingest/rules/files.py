"""What each delivered file is: empty, infected, unknown, damaged, or something other than its name says."""

from collections.abc import Iterator

from ingest.domain.findings import Violation
from ingest.domain.packages import Infected
from ingest.rules.rule import Rule
from ingest.rules.subjects import JudgedFile

_MISMATCH = "mismatch"
_DAMAGE = ("zip:", "mscfb:", "identifier failed")
"""How siegfried's own remarks on a container that breaks off or cannot be opened begin."""


def infected_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-PKG-13: the virus scanner found something."""
    if isinstance(judged.file.scan, Infected):
        yield Violation(rule="EARKIV-PKG-13", location=judged.location, detail=judged.file.scan.name)


def unknown_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-1: a file with content that PRONOM has no match for."""
    found = judged.file.format
    if found is not None and found.puid is None and judged.file.size:
        yield Violation(rule="EARKIV-FMT-1", location=judged.location)


def misleading_extension(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-2: a name whose extension belongs to another format."""
    found = judged.file.format
    if found is not None and found.puid is not None and _MISMATCH in found.warning:
        detail = f"{found.puid} {found.name}".strip()
        yield Violation(rule="EARKIV-FMT-2", location=judged.location, detail=detail)


def empty_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-3: a file of no bytes."""
    if not judged.file.size:
        yield Violation(rule="EARKIV-FMT-3", location=judged.location)


def damaged_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-4: a container format (ZIP, OLE2) that the identifier could not open."""
    remarks = judged.file.format.warning.split("; ") if judged.file.format else ()
    damage = next((remark for remark in remarks if remark.startswith(_DAMAGE)), "")
    if damage:
        yield Violation(rule="EARKIV-FMT-4", location=judged.location, detail=damage)


RULES: tuple[Rule[JudgedFile], ...] = (
    Rule(id="EARKIV-PKG-13", check=infected_file),
    Rule(id="EARKIV-FMT-1", check=unknown_format),
    Rule(id="EARKIV-FMT-2", check=misleading_extension),
    Rule(id="EARKIV-FMT-3", check=empty_file),
    Rule(id="EARKIV-FMT-4", check=damaged_file),
)
