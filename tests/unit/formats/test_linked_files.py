"""Links of a METS document lead from its own folder, and up no further than the package's root."""

import pytest

from ingest.domain.paths import PackagePath
from ingest.formats.linked_files import LinkedFiles

PATHS = [PackagePath(path) for path in ("METS.xml", "schemas/mets.xsd", "representations/rep1/data/a.txt")]
REPRESENTATION = PackagePath("representations/rep1/METS.xml")


@pytest.mark.parametrize(
    ("href", "path", "remarks"),
    [
        ("data/a.txt", "representations/rep1/data/a.txt", []),
        ("representations/rep1/data/a.txt", "representations/rep1/data/a.txt", []),
        ("../../schemas/mets.xsd", "schemas/mets.xsd", []),
        ("../rep1/data/a.txt", "representations/rep1/data/a.txt", []),
        ("../../schemas/none.xsd", None, []),
        ("../../../schemas/mets.xsd", None, ["EARKIV-FIX-6"]),
        ("../../../../../etc/passwd", None, ["EARKIV-FIX-6"]),
        ("data/../../a.txt", None, ["EARKIV-FIX-6"]),
        ("/schemas/mets.xsd", None, ["EARKIV-FIX-6"]),
    ],
)
def test_a_link_of_a_representation_s_mets(href: str, path: str | None, remarks: list[str]) -> None:
    files = LinkedFiles(PATHS)
    assert files.of_mets(REPRESENTATION)(href, 7) == path
    assert [(violation.rule, violation.location.line) for violation in files.violations] == [(r, 7) for r in remarks]


def test_a_link_of_the_package_s_mets_cannot_climb() -> None:
    files = LinkedFiles(PATHS)
    assert files.of_mets(PackagePath("METS.xml"))("../schemas/mets.xsd", 1) is None
    assert [violation.rule for violation in files.violations] == ["EARKIV-FIX-6"]
