"""Our FGS 1.x schemas and the published ones give every document the same verdict."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from ingest.formats.xsd import compiled
from tests.unit.schemas.differential.pairs import PAIRS
from tests.unit.schemas.fgs_instances import METS, case_delivery, record_delivery

pytestmark = [pytest.mark.corpus, pytest.mark.usefixtures("installed")]

CASES: Final = "http://xml.ra.se/e-arkiv/FGS-ERMS"
XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
SAMPLE: Final = Path("fgs/fgs12-sample/fgs12-erms")

Verdict = Callable[[bytes], bool]


def verdict_of(schema: etree.XMLSchema) -> Verdict:
    return lambda document: schema.validate(etree.fromstring(document))


@pytest.fixture(scope="module")
def published(corpus: Path) -> dict[str, Verdict]:
    pairs = (PAIRS["FGS Paketstruktur 1.2"], PAIRS["FGS Ärendehantering 1.0"])
    return {pair.ours: verdict_of(pair.published(corpus).compiled()) for pair in pairs}


@cache
def ours(name: str) -> Verdict:
    return verdict_of(compiled(name))


def documents(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each document with its name and its schema: samples, and hand-made ones that use everything."""
    yield "sip.xml", "mets-fgs-1.2", (corpus / SAMPLE / "sip.xml").read_bytes()
    cases = (corpus / SAMPLE / "Metadata" / "Arendehantering.xml").read_bytes()
    yield "Arendehantering.xml", "arendehantering-1.0", cases
    for path in sorted((corpus / "fgs" / "sundsvall").glob("*.xml")):
        yield path.name, "arendehantering-1.0", path.read_bytes()
    yield "all of METS", "mets-fgs-1.2", METS
    yield "all of a case", "arendehantering-1.0", case_delivery(CASES)
    yield "all of a record", "arendehantering-1.0", record_delivery(CASES)


def test_the_samples_get_the_verdict_of_the_published_schemas(corpus: Path, published: dict[str, Verdict]) -> None:
    for name, schema, document in documents(corpus):
        assert (name, ours(schema)(document)) == (name, published[schema](document))


def test_the_documents_that_use_everything_are_valid() -> None:
    assert ours("mets-fgs-1.2")(METS)
    assert ours("arendehantering-1.0")(case_delivery(CASES))
    assert ours("arendehantering-1.0")(record_delivery(CASES))


@pytest.mark.parametrize("schema", ["mets-fgs-1.2", "arendehantering-1.0"])
def test_the_documents_use_every_element_and_attribute(corpus: Path, schema: str) -> None:
    files = {
        "mets-fgs-1.2": ("CSPackageMETS.xsd", "CSPackageExtensionMETS.xsd"),
        "arendehantering-1.0": ("Arendehantering.xsd",),
    }
    declared = {
        (kind, str(node.get("name")))
        for file in files[schema]
        for kind in ("element", "attribute")
        for node in etree.parse(str(corpus / "fgs" / "xsd" / file)).iter(XSD + kind)
        if node.get("name")
    }
    used: set[tuple[str, str]] = set()
    for _, its, document in documents(corpus):
        if its == schema:
            for element in etree.fromstring(document).iter("*"):
                used.add(("element", etree.QName(element).localname))
                used.update(("attribute", etree.QName(str(name)).localname) for name in element.attrib)
    assert declared - used == set()


def test_the_recorded_changes_get_the_recorded_verdicts(corpus: Path) -> None:
    schemas = {"xsd/CSPackageMETS.xsd": "mets-fgs-1.2", "xsd/Arendehantering.xsd": "arendehantering-1.0"}
    lines = (corpus / "fgs" / "arendehantering-mutations.jsonl").read_text("utf-8").splitlines()
    for record in map(json.loads, lines):
        text = (corpus / "fgs" / record["document"]).read_text("utf-8")
        for edit in record["edits"]:
            pattern = edit["find"] if edit["regex"] else re.escape(edit["find"])
            replacement = edit["replace"] if edit["regex"] else edit["replace"].replace("\\", r"\\")
            text = re.sub(pattern, replacement, text, count=max(edit["count"], 0), flags=re.DOTALL)
        found = ours(schemas[record["schema"]])(text.encode())
        assert (record["mutation"], found) == (record["mutation"], record["xsd_verdict"] == "valid")


def test_exports_without_a_namespace_follow_the_same_rules() -> None:
    bare = ours("arendehantering-1.0-no-namespace")
    assert bare(case_delivery(""))
    assert not bare(case_delivery(CASES))
    assert not bare(case_delivery("").replace(b"<Arendemening>Ans", b"<Rubrik>x</Rubrik><Arendemening>Ans"))


def test_a_lone_element_of_the_vocabulary_is_judged_alike(published: dict[str, Verdict]) -> None:
    lone = f'<ArkivobjektID xmlns="{CASES}">1</ArkivobjektID>'.encode()
    assert published["arendehantering-1.0"](lone) == ours("arendehantering-1.0")(lone)
