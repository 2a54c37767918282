"""Where a package begins: one wrapping folder is no part of it."""

import pytest

from ingest.domain.paths import PackagePath
from ingest.formats.containers import package_root


@pytest.mark.parametrize(
    ("names", "root"),
    [
        (["uuid-1/METS.xml", "uuid-1/representations/rep1/data/a.pdf"], "uuid-1/"),
        (["pkg/sip.xml", "pkg/Content/1/a.pdf"], "pkg/"),
        (["pkg/case.json", "pkg/documents/a.pdf"], "pkg/"),
        (["pkg/renamed.xml", "pkg/documents/a.pdf"], "pkg/"),
        (["P360/content/1/erms.xml", "P360/content/1/a.pdf"], "P360/"),
        (["METS.xml", "representations/rep1/METS.xml"], ""),
        (["content/1/erms.xml", "content/1/a.pdf"], ""),
        (["content/erms.xml", "content/a.pdf"], ""),
        (["pkg/METS.xml", "other/a.txt"], ""),
        (["pkg/inner/METS.xml", "pkg/inner/a.txt"], ""),
        (["pkg/a.txt", "pkg/b.txt"], ""),
        ([], ""),
    ],
)
def test_strips_one_top_folder_only_when_the_descriptor_lies_in_it(names: list[str], root: str) -> None:
    assert package_root([PackagePath(name) for name in names]) == root
