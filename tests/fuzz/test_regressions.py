"""What fuzzing found once: each input that ended badly, made of a sound one by the one change that mattered."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from samples.simulator.breaking import rewrite
from tests.features import archives
from tests.features.front_door import Door
from tests.fuzz.law import judged
from tests.fuzz.small import put, small
from tests.fuzz.targets import TARGETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """In a target's first seed the first `find` becomes `put`; the finding that tells it is `rule`."""

    target: str
    find: bytes
    put: bytes
    rule: str


FOUND: Final = {
    "a number where a document should be": Found(
        target="case-push", find=b'"documents": [', put=b'"documents": [7, ', rule="EARKIV-CASE-9"
    ),
    "a list of lists where a document should be": Found(
        target="case-push", find=b'"documents": [', put=b'"documents": [["path", []], ', rule="EARKIV-CASE-9"
    ),
    "a namespace that is a relative address": Found(
        target="erms", find=b"<erms:title>", put=b'<x xmlns="relativ"/><erms:title>', rule="EARKIV-XML-4"
    ),
    "a namespace that is no address at all": Found(
        target="arendehantering",
        find=b"<fgs:Klass>",
        put='<x xmlns="http://\ufffd\ufffd"/><fgs:Klass>'.encode(),
        rule="EARKIV-XML-1",
    ),
}
FOREIGN: Final = b'<x xmlns="relativ"><y a="1"/></x>'


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)
def test_what_once_ended_badly_ends_in_findings(found: Found, tmp_path: Path) -> None:
    target = TARGETS[found.target]
    seed = target.seeds()[0]
    assert found.find in seed
    report = judged(target.place(seed.replace(found.find, found.put, 1), tmp_path))
    assert found.rule in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("name", "path", "before", "frame"),
    [
        ("fgs12", "Metadata/Arendehantering.xml", b"<fgs:ArkivobjektListaHandlingar>", b"fgs:TillkommandeXMLdata"),
        ("csip", "metadata/descriptive/erms.xml", b"</erms:additionalInformation>", b"erms:additionalXMLData"),
    ],
)
def test_a_foreign_element_in_a_relative_namespace_is_kept(
    name: str, path: str, before: bytes, frame: bytes, tmp_path: Path
) -> None:
    """Canonical XML has no form for it, and the schemas allow it: it goes the whole way, and out again."""
    package = tmp_path / "paket"
    put(small(name), package)
    framed = b"<%s>%s</%s>%s" % (frame, FOREIGN, frame, before)
    rewrite(package, path, lambda text: text.replace(before, framed, 1))
    receipt = archives.hand_over_one(tmp_path / "home", package)
    assert receipt["outcome"] == "accepted"
    erms = archives.aip(tmp_path / "home", receipt)["metadata/descriptive/erms.xml"].read_bytes()
    assert b'<y a="1"/></x>' in erms
    for form in ("csip", "fgs-1.2"):
        door, to = Door(home=tmp_path / "home"), tmp_path / f"{form}.zip"
        assert door.run("export", receipt["package"], "--as", form, "--to", to).code == 0
        assert judged(to).verdict == "valid"
