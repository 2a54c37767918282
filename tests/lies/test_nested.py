"""What lies in containers of a delivery is found out under an agreement that asks for it, and by none that does not."""

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree

from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import writing
from ingest.formats.writing.nested_listing import NESTED
from ingest.pipeline.step import Ports
from tests.features.archives import aip, delivered_bytes, opened, settings_of, terms_of
from tests.hostile.case import package
from tests.lies.nested_lies import MAKERS, RULES, TOLD, Hurried

_AGREED: Final = "exsa-2026-9"
_MILD: Final = [[rule, "warning"] for rule in (*sorted(RULES), "EARKIV-SA-5")]
_FILES: Final = {name.encode(): MAKERS[name]() for name in TOLD}
_OF_EACH: Final = {"EARKIV-FMT-4", "EARKIV-DOC-1"}


def hurried(ports: Ports) -> Ports:
    return replace(ports, nested_opener=Hurried(ports.nested_opener))


def agreeing(home: Path, **terms: int) -> Path:
    """An archive with an agreement that has these terms, and refuses nobody."""
    with opened(home):
        pass
    whole = {**terms, "severities": _MILD, "normalise": False}
    (home / "agreements" / f"{_AGREED}.json").write_text(json.dumps(whole), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return agreeing(tmp_path_factory.mktemp("archive") / "home", nested_depth=2)


def taken_in(home: Path, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    for name, body in package(_FILES).items():
        (folder / name.decode()).write_bytes(body)
    with writing(
        settings_of(home), lambda ports: replace(ports, nested_opener=Hurried(ports.nested_opener))
    ) as archive:
        return ingest_path(folder, terms_of(archive, _AGREED), archive.owner, archive.ports)


def by_file(receipt: dict[str, Any]) -> dict[str, set[str]]:
    told = defaultdict(set)
    for finding in receipt["findings"]:
        for place in finding["locations"]:
            told[place["file"]].add(finding["rule"])
    return {name: told[name] & {*RULES, *_OF_EACH} for name in TOLD}


@pytest.fixture(scope="module")
def receipt(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return taken_in(home, tmp_path_factory.mktemp("in") / "leverans")


def test_of_each_container_is_told_what_is_wrong_with_it(receipt: dict[str, Any]) -> None:
    assert receipt["outcome"] == "accepted"
    assert by_file(receipt) == {name: set(rules) for name, rules in TOLD.items()}


def test_every_container_stays_as_it_was_delivered_and_nothing_of_it_is_stored_twice(
    home: Path, receipt: dict[str, Any]
) -> None:
    stored = delivered_bytes(home, receipt)
    assert {name.encode(): stored[name] for name in TOLD} == _FILES
    assert {Path(path).name for path in aip(home, receipt) if "/data/" in path} == set(TOLD)


def test_premis_lists_what_each_container_holds(home: Path, receipt: dict[str, Any]) -> None:
    premis = etree.parse(aip(home, receipt)["metadata/preservation/premis.xml"])
    listed = {
        str(listing.xpath("string(ancestor::*[local-name()='object']/*[local-name()='originalName'])")): [
            file.attrib["path"] for file in listing.iterchildren(f"{{{NESTED}}}file")
        ]
        for listing in premis.iter(f"{{{NESTED}}}listing")
    }
    assert set(listed) == set(TOLD) - {"office.docx"}
    assert listed["ordinary.zip"] == ["brev.txt", "bilagor/karta.pdf"]
    assert listed["depth-three.zip"] == ["1.zip", "1.zip!/0.zip"]


def test_an_agreement_that_asks_for_nothing_opens_nothing(tmp_path: Path) -> None:
    home = agreeing(tmp_path / "home")
    receipt = taken_in(home, tmp_path / "leverans")
    assert receipt["outcome"] == "accepted"
    assert not {finding["rule"] for finding in receipt["findings"]} & (RULES - _OF_EACH)
    assert NESTED not in aip(home, receipt)["metadata/preservation/premis.xml"].read_text(encoding="utf-8")
