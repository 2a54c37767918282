"""Our FGS 1.x schemas and the published ones give every document the same verdict."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import pytest
from lxml import etree

from ingest.formats.xsd import compiled
from tests.unit.schemas.fgs_instances import METS, case_delivery, record_delivery
from tests.unit.schemas.mutants import PROBES, mutants

pytestmark = [pytest.mark.corpus, pytest.mark.usefixtures("installed")]

CASES: Final = "http://xml.ra.se/e-arkiv/FGS-ERMS"
XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
SAMPLE: Final = Path("fgs/fgs12-sample/fgs12-erms")

TYPED: Final = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="'
DIFFERENCES: Final = (
    (
        "arendehantering-1.0",
        case_delivery(CASES).replace(b"<Leveransobjekt", b"<Leveransobjekt" + TYPED + b'LeveransobjektTyp"', 1),
        "our types have names of their own, which no delivery has reason to call by xsi:type",
    ),
    (
        "mets-fgs-1.2",
        METS.replace(b"<file ", b"<file" + TYPED + b'fileType" ', 1),
        "as above",
    ),
)
"""Schema, a document that the published one allows and ours does not, and why that is meant."""

Verdict = Callable[[bytes], bool]


class _Published(etree.Resolver):
    """Gives the corpus' schemas for the published addresses."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        del public_id
        return cast("Any", self).resolve_filename(str(self._folder / Path(system_url).name), context)


_PACKAGE_DRIVER: Final = b"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:driver">
  <xs:import namespace="http://www.loc.gov/METS/" schemaLocation="http://driver/CSPackageMETS.xsd"/>
  <xs:import namespace="ExtensionMETS" schemaLocation="http://driver/CSPackageExtensionMETS.xsd"/>
</xs:schema>""".strip()


def verdict_of(schema: etree.XMLSchema) -> Verdict:
    return lambda document: schema.validate(etree.fromstring(document))


@pytest.fixture(scope="module")
def published(corpus: Path) -> dict[str, Verdict]:
    folder = corpus / "fgs" / "xsd"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Published(folder))
    package = etree.fromstring(_PACKAGE_DRIVER, parser)
    cases = etree.parse(str(folder / "Arendehantering.xsd"), parser)
    return {
        "mets-fgs-1.2": verdict_of(etree.XMLSchema(package)),
        "arendehantering-1.0": verdict_of(etree.XMLSchema(cases)),
    }


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


def test_every_change_gets_the_verdict_of_the_published_schemas(corpus: Path, published: dict[str, Verdict]) -> None:
    seen = {"mets-fgs-1.2": 0, "arendehantering-1.0": 0}
    disagreed = []
    refused = 0
    for name, schema, document in documents(corpus):
        if name.startswith("metadata"):
            continue  # the Sundsvall samples hold nothing that the others do not
        for change, mutant in mutants(document):
            seen[schema] += 1
            theirs = published[schema](mutant)
            refused += not theirs
            if ours(schema)(mutant) != theirs:
                disagreed.append(f"{name} {change}: published says {theirs}")
    assert disagreed == []
    assert min(seen.values()) > 1000
    assert refused > 1000


def test_every_listed_value_is_allowed_in_the_same_places(corpus: Path, published: dict[str, Verdict]) -> None:
    values = {
        str(node.get("value"))
        for file in (corpus / "fgs" / "xsd").glob("*.xsd")
        if not file.name.startswith(("DILCIS", "ERMS"))
        for node in etree.parse(str(file)).iter(XSD + "enumeration")
    }
    disagreed = []
    for schema, document in (("mets-fgs-1.2", METS), ("arendehantering-1.0", case_delivery(CASES))):
        for change, mutant in listed_values(document, values, published[schema]):
            if ours(schema)(mutant) != published[schema](mutant):
                disagreed.append(change)
    assert disagreed == []


def listed_values(document: bytes, values: set[str], verdict: Verdict) -> Iterator[tuple[str, bytes]]:
    """Put every value where each of the usual probes is refused, once per element and attribute name."""
    root = etree.fromstring(document)
    done: set[tuple[str, str]] = set()
    for element in root.iter("*"):
        for name in [*map(str, element.attrib), "text()"]:
            if (str(element.tag), name) in done or (name == "text()" and len(element)):
                continue
            done.add((str(element.tag), name))
            before = element.text if name == "text()" else element.get(name)
            if not any(_allowed(root, element, name, probe, verdict) for probe in PROBES):
                for value in sorted(values):
                    _put(element, name, value)
                    yield f"{element.tag} {name} = {value}", etree.tostring(root)
            _put(element, name, before or "")


def _allowed(root: etree._Element, element: etree._Element, name: str, probe: str, verdict: Verdict) -> bool:
    _put(element, name, probe)
    return verdict(etree.tostring(root))


def _put(element: etree._Element, name: str, value: str) -> None:
    if name == "text()":
        element.text = value
    else:
        element.set(name, value)


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


@pytest.mark.parametrize(("schema", "document", "reason"), DIFFERENCES)
def test_the_intended_differences_are_as_stated(
    published: dict[str, Verdict], schema: str, document: bytes, reason: str
) -> None:
    assert published[schema](document), reason
    assert not ours(schema)(document), reason


def test_a_lone_element_of_the_vocabulary_is_judged_alike(published: dict[str, Verdict]) -> None:
    lone = f'<ArkivobjektID xmlns="{CASES}">1</ArkivobjektID>'.encode()
    assert published["arendehantering-1.0"](lone) == ours("arendehantering-1.0")(lone)
