"""One fault of many files is one finding, with its count and the first places, in every dialect."""

from collections.abc import Mapping
from typing import Final

import pytest

from ingest.domain.findings import Finding
from ingest.rules.grouping import MAX_LOCATIONS
from samples.documents.formats import TEXT
from samples.simulator.description import Delivery, Document
from tests.lies.dialects import BARE_ERMS, DIALECTS, Dialect, built
from tests.lies.packages import Package, ids, judged
from tests.unit.samples.described import correct, with_more_documents

MANY: Final = 40
FOLDERS: Final = ("representations/rep1/data/", "Content/1/", "content/", "documents/")


def crowded(dialect: Dialect) -> Package:
    """A correct package with so many documents more."""
    documents = tuple(Document(name=f"bilaga{n}.txt", content=b"bilaga %d\n" % n, format=TEXT) for n in range(MANY))
    delivery: Delivery = with_more_documents(correct("klagomal"), documents)
    return built(dialect, delivery)


def _is_more(path: str) -> bool:
    return path.startswith(FOLDERS) and "bilaga" in path


def findings(package: Package) -> Mapping[str, Finding]:
    return {finding.rule: finding for finding in judged(package).findings}


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_files_that_all_are_missing_are_one_finding(dialect: Dialect) -> None:
    package = crowded(dialect)
    assert ids(judged(package)) == dialect.told
    left = {path: content for path, content in package.files.items() if not _is_more(path)}
    assert len(package.files) - len(left) == MANY
    found = findings(Package(name=package.name, files=left))
    absent = found["EARKIV-CASE-5" if dialect is BARE_ERMS else "EARKIV-FIX-3"]
    assert (absent.count, len(absent.locations)) == (MANY, MAX_LOCATIONS)
    assert all(finding.count <= MANY for finding in found.values())
    lines = [(place.file, place.line) for place in absent.locations]
    assert lines == sorted(lines)


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one is not BARE_ERMS], ids=str)
def test_files_that_all_were_changed_are_one_finding(dialect: Dialect) -> None:
    package = crowded(dialect)
    changed = {path: content[::-1] if _is_more(path) else content for path, content in package.files.items()}
    found = findings(Package(name=package.name, files=changed))
    assert found["EARKIV-FIX-1"].count >= MANY
    assert len(found["EARKIV-FIX-1"].locations) == MAX_LOCATIONS
    assert set(found) - dialect.told <= {"EARKIV-FIX-1", "CSIP71"}
