"""Where a package lies in what was delivered, in a folder and in a container alike."""

import shutil
import zipfile
from pathlib import Path

import pytest

from ingest.application.validate_package import validate
from ingest.domain.findings import Severity
from tests.unit.rules.mets.packages import built

FOLDERS = {"metadata/descriptive/.gitkeep": b"", "representations/rep1/data/.gitkeep": b""}
ROOT = {"METS.xml": b"", **FOLDERS}


def below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{path}": content for path, content in files.items()}


def told(source: Path) -> set[str]:
    found = (finding for finding in validate(source).findings if finding.severity is Severity.ERROR)
    return {finding.rule for finding in found if finding.rule.startswith("CSIPSTR")}


CASES: dict[str, tuple[dict[str, bytes], set[str]]] = {
    "a folder around the package": (below("package", ROOT), set()),
    "no folder around the package": (ROOT, set()),
    "a folder of one's own in the package": ({**ROOT, "own/METS.xml": b""}, set()),
    "two packages": ({**below("one", ROOT), **below("two", ROOT)}, {"CSIPSTR1"}),
    "a file beside the package": ({**below("package", ROOT), "list.txt": b"x"}, {"CSIPSTR1"}),
    "a folder beside the package": ({**below("package", ROOT), "own/list.txt": b"x"}, {"CSIPSTR1"}),
    "no METS.xml": (FOLDERS, {"CSIPSTR4"}),
    "no METS.xml in the folder": (below("package", FOLDERS), {"CSIPSTR4"}),
    "METS.xml in other letters": (below("package", {"Mets.xml": b"", **FOLDERS}), {"CSIPSTR4"}),
    "METS.xml in a representation alone": ({"representations/rep1/METS.xml": b"", **FOLDERS}, {"CSIPSTR4"}),
    "neither of two has METS.xml": ({**below("one", FOLDERS), **below("two", FOLDERS)}, {"CSIPSTR1", "CSIPSTR4"}),
    "nothing of a package": ({"own/list.txt": b"x", "list.txt": b"x"}, set()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_package_lies_in_one_folder_with_its_mets_on_top(tmp_path: Path, name: str) -> None:
    files, expected = CASES[name]
    folder, container = tmp_path / "delivered", tmp_path / "delivered.zip"
    with zipfile.ZipFile(container, "w") as packed:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            packed.writestr(path, content)
    assert (told(folder), told(container)) == (expected, expected)


@pytest.mark.parametrize(
    ("folder", "rules"),
    [
        ("metadata/descriptive", {"CSIP17"}),
        ("metadata/Descriptive", {"CSIP17"}),
        ("metadata/preservation", {"CSIP32"}),
        ("Metadata/Preservation", {"CSIP32"}),
        ("metadata/other", set()),
        ("representations/rep1/metadata/preservation", {"CSIP32"}),
    ],
)
def test_metadata_that_no_section_names_is_an_error(tmp_path: Path, folder: str, rules: set[str]) -> None:
    package = built(tmp_path)
    (package / folder).mkdir(parents=True, exist_ok=True)
    (package / folder / "another.xml").write_text("<another/>")
    (package / folder / ".gitkeep").touch()
    found = {f.rule for f in validate(package).findings if f.severity is Severity.ERROR}
    assert found & {"CSIP17", "CSIP31", "CSIP32"} == rules


def test_preservation_metadata_wants_a_section_in_the_mets_beside_it(tmp_path: Path) -> None:
    package = built(tmp_path)
    mets = package / "METS.xml"
    text = mets.read_text("utf-8")
    start, end = text.index("<mets:amdSec"), text.index("</mets:amdSec>") + len("</mets:amdSec>")
    mets.write_text(text[:start] + text[end:], "utf-8")
    assert "CSIP31" in {f.rule for f in validate(package).findings if f.severity is Severity.ERROR}
    shutil.rmtree(package / "metadata" / "preservation")
    assert "CSIP31" not in {f.rule for f in validate(package).findings if f.severity is Severity.ERROR}
