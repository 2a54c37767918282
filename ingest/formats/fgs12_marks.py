"""What the bytes of a descriptor begin with, before its XML does."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath

MARKED = "FGS-PKT-61"


def byte_order_mark(source: PackagePath, local: Path) -> Iterator[Violation]:
    """FGS-PKT-61: the file begins with a byte order mark, as some Windows tools write it; OSError passes through."""
    with local.open("rb") as opened:
        is_marked = opened.read(len(BOM_UTF8)) == BOM_UTF8
    if is_marked:
        yield Violation(rule=MARKED, location=Location(file=source, line=1))
