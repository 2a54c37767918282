import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

import schemas
from ingest.domain.texts import ExtractedText, Layer, TextPart
from ingest.formats.public_forms import rendered, search_text
from ingest.formats.public_forms.dublin_core import ON_REQUEST
from ingest.formats.xsd import compiled
from schemas.public_store import Form

ARCHIVE = "Exempelarkivet"
RECORD: Mapping[str, Any] = {
    "id": "a1b2c3d4e5f6g7h8",
    "ark": "ark:/99999/a1b2c3d4e5f6g7h8",
    "kind": "record",
    "partOf": "h8g7f6e5d4c3b2a1",
    "level": "public",
    "title": "Ansökan om <bygglov> & annat",
    "reference": "EXN 2026/1:1",
    "type": "Inkommen handling",
    "date": "2026-02",
    "dateTo": "2026-06-01",
    "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
    "classificationScheme": "KLASSA 2.0",
    "classification": [{"code": "3", "title": "Bygga"}, {"title": "Bygglov"}],
    "description": "En garage­byggnad.",
    "language": "sv-SE",
    "parties": [{"name": "Bolaget AB", "role": "sökande"}],
    "places": ["Exempelby 1:2"],
    "keywords": ["garage"],
    "released": "2026-11-29",
    "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    "documents": [
        {"name": "ansökan & ritning.pdf", "mediaType": "application/pdf", "size": 12, "sha256": "a" * 64},
        {"name": "bild.png", "mediaType": "image/png", "format": "PNG", "size": 0, "sha256": "b" * 64},
    ],
}
LEAST: Mapping[str, Any] = {
    "id": "a1b2c3d4e5f6g7h8",
    "kind": "case",
    "level": "on-request",
    "title": "Ärende",
    "documents": [],
}
ONE_DOCUMENT: Mapping[str, Any] = {**RECORD, "documents": RECORD["documents"][:1], "language": "fit"}
LATE: Mapping[str, Any] = {**RECORD, "released": "2126-01-01"}
RECORDS = {"all": RECORD, "least": LEAST, "one document": ONE_DOCUMENT, "in a hundred years": LATE}

_SCHEMA = json.loads((Path(schemas.__file__).parent / "public-record" / "public-record.schema.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def dublin_core(corpus: Path) -> etree.XMLSchema:
    folder = corpus / "oai" / "oai-dublincore"
    if not folder.is_dir():
        pytest.skip(f"the schemas of oai_dc are not at {folder}")
    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(_Beside(folder))
    return etree.XMLSchema(etree.parse(str(folder / "oai_dc.xsd"), parser))


class _Beside(etree.Resolver):
    """Answers each import by the file of that name in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        del public_id
        return self.resolve_filename(str(self._folder / system_url.rpartition("/")[2]), context)  # type: ignore[attr-defined]  # lxml's stubs leave it out


@pytest.fixture(scope="session")
def ead3_schema(corpus: Path) -> etree.XMLSchema:
    found = next(corpus.rglob("ead3.xsd"), None)
    if found is None:
        pytest.skip(f"the schema of EAD3 (ead3.xsd) is nowhere in {corpus}")
    return etree.XMLSchema(etree.parse(str(found)))


@pytest.mark.parametrize("name", RECORDS)
def test_the_samples_are_public_records(name: str) -> None:
    Draft202012Validator(_SCHEMA).validate(RECORDS[name])


@pytest.mark.corpus
@pytest.mark.parametrize("name", RECORDS)
def test_dublin_core_is_valid(name: str, dublin_core: etree.XMLSchema) -> None:
    dublin_core.assertValid(_tree(RECORDS[name], Form.OAI_DC))


@pytest.mark.corpus
@pytest.mark.parametrize("name", RECORDS)
def test_ead3_is_valid(name: str, ead3_schema: etree.XMLSchema) -> None:
    ead3_schema.assertValid(_tree(RECORDS[name], Form.EAD3))


@pytest.mark.parametrize("name", RECORDS)
def test_mets_is_valid(name: str) -> None:
    compiled("mets-sip-2.1").assertValid(_tree(RECORDS[name], Form.METS))


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", RECORDS)
def test_no_word_is_in_a_form_that_is_not_in_the_record(name: str, form: Form) -> None:
    record = RECORDS[name]
    told = _words(json.dumps(record, ensure_ascii=False)) | _words(ARCHIVE)
    told |= _words(ON_REQUEST.sv) | _words(ON_REQUEST.en) if record["level"] == "on-request" else set()
    empty = {"id": record["id"], "kind": record["kind"], "level": record["level"], "title": "", "documents": []}
    fixed = {word for text in _texts(_tree(empty, form)) for word in _words(text)}
    fixed |= {"file", "sha256", "files", "borndigital", "whole", "public", "store", "document", "simple"}
    fixed |= {"MDTYPE", "SHA", "256", "OTHER", "iso639", "1", "3", "2", "persistent"}
    assert {word for text in _texts(_tree(record, form)) for word in _words(text)} <= told | fixed


def test_no_field_of_a_public_record_is_forgotten() -> None:
    assert set(RECORD) == set(_SCHEMA["properties"])
    said = "\n".join(text for form in Form for text in _texts(_tree(RECORD, form)))
    told = {leaf for name, value in RECORD.items() if name not in ("kind", "level") for leaf in _leaves(value)}
    assert {leaf for leaf in told if leaf not in said} == set()


@pytest.mark.parametrize("form", Form)
def test_every_form_tells_what_a_harvester_asks_for(form: Form) -> None:
    said = "\n".join(_texts(_tree(RECORD, form)))
    for told in ("Ansökan om <bygglov> & annat", "Exempelnämnden", "2026-02/2026-06-01", RECORD["ark"], ARCHIVE):
        assert told in said


def test_a_stub_says_that_it_can_be_asked_for_and_an_open_record_does_not() -> None:
    for form in Form:
        assert ON_REQUEST.sv in "\n".join(_texts(_tree(LEAST, form)))
        assert ON_REQUEST.sv not in "\n".join(_texts(_tree(RECORD, form)))


def test_mets_gives_each_document_with_its_digest_and_place() -> None:
    mets = _tree(RECORD, Form.METS)
    files = mets.findall(".//{http://www.loc.gov/METS/}file")
    assert [one.get("CHECKSUM") for one in files] == ["a" * 64, "b" * 64]
    pointed = {one.get("FILEID") for one in mets.iter("{http://www.loc.gov/METS/}fptr")}
    assert pointed == {one.get("ID") for one in files}


@given(st.text(min_size=1), st.sampled_from(Form))
def test_any_title_can_be_carried(title: str, form: Form) -> None:
    documents = [{**RECORD["documents"][0], "name": title}]
    record = {**RECORD, "title": title, "parties": [{"name": title, "role": title}], "documents": documents}
    assert rendered(record, form, ARCHIVE) == rendered(record, form, ARCHIVE)
    _tree(record, form)


def test_the_search_text_is_what_there_is_to_read() -> None:
    one = ExtractedText(
        parts=(
            TextPart(part="page 1", text="Bygglov\fbeviljas\n\n  i dag "),
            TextPart(part="beside the pages", text="Hemlig författare", layer=Layer.BESIDE),
        )
    )
    assert search_text([one, one]) == "Bygglov\nbeviljas\ni dag\nBygglov\nbeviljas\ni dag"
    assert search_text([]) == ""


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case Mapping():
            for inner in value.values():
                yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)
        case _:
            yield str(value)


def _tree(record: Mapping[str, Any], form: Form) -> Any:
    return etree.fromstring(rendered(record, form, ARCHIVE))


def _texts(tree: Any) -> Iterator[str]:
    for node in tree.iter():
        yield node.text or ""
        yield from (value for name, value in node.attrib.items() if "schemaLocation" not in name)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
