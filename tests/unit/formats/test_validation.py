"""Schema verdicts: the same as validating the whole tree gives, each fault with its line and path."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree

import schemas
from ingest.formats.validation import SchemaError, located_errors, schema_errors
from ingest.formats.xml import XmlRefused, stream
from ingest.formats.xsd import compiled
from schemas.catalogue import ENTRY_POINTS

# In CI nothing is skipped: what is not installed makes the tests fail by themselves.
pytestmark = pytest.mark.skipif(
    bool(schemas.missing()) and not os.environ.get("CI"), reason="earkiv schemas install has not been run"
)

Write = Callable[[bytes], Path]

METS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<mets:mets xmlns:mets="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:csip="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" OBJID="å">
  <mets:fileSec>
    <mets:fileGrp>
      {files}
    </mets:fileGrp>
  </mets:fileSec>
  <mets:structMap><mets:div/></mets:structMap>
</mets:mets>
"""
FILE: Final = '<mets:file ID="f{n}" SIZE="{size}"><mets:FLocat LOCTYPE="URL" xlink:href="{n}"/></mets:file>'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(content: bytes) -> Path:
        path = tmp_path / "document.xml"
        path.write_bytes(content)
        return path

    return to_file


def mets(*files: str) -> bytes:
    return METS.format(files="\n".join(files)).encode()


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_every_schema_compiles_from_the_catalogue_alone(name: str) -> None:
    assert isinstance(compiled(name), etree.XMLSchema)
    assert compiled(name) is compiled(name)


def test_a_schema_that_is_not_installed_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARKIV_SCHEMAS", str(tmp_path))
    compiled.cache_clear()
    with pytest.raises(schemas.SchemasMissing):
        compiled("premis-3.0")


def test_schemas_are_found_in_a_folder_of_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Våra scheman & 100 %"
    folder.mkdir()
    for file in schemas.locate("premis-3.0").parent.glob("*.xsd"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("EARKIV_SCHEMAS", str(folder))
    compiled.cache_clear()
    assert isinstance(compiled("mets-sip-2.1"), etree.XMLSchema)
    compiled.cache_clear()


def test_a_valid_document_has_no_errors(write: Write) -> None:
    assert schema_errors(write(mets(FILE.format(n=1, size=1))), "mets-csip-2.2", limit=10) == ()


def test_a_fault_has_its_line_path_and_words(write: Write) -> None:
    path = write(mets(FILE.format(n=1, size=1), FILE.format(n=2, size="stor"), "<mets:okand/>"))
    first, second = schema_errors(path, "mets-csip-2.2", limit=10)
    assert (first.line, first.xpath) == (7, "/mets:mets/mets:fileSec[1]/mets:fileGrp[1]/mets:file[2]")
    assert "'stor'" in first.message
    assert (second.line, second.xpath) == (8, "/mets:mets/mets:fileSec[1]/mets:fileGrp[1]/mets:okand[1]")


def test_a_fault_seen_at_the_end_tag_has_the_line_of_the_start_tag(write: Write) -> None:
    document = mets().replace(b"<mets:structMap><mets:div/>", b"<mets:structMap\n>\n\n")
    (found,) = schema_errors(write(document), "mets-csip-2.2", limit=10)
    assert (found.line, found.xpath) == (10, "/mets:mets/mets:structMap[1]")
    assert "Missing child" in found.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_right_in_every_encoding(write: Write, encoding: str) -> None:
    document = mets(FILE.format(n=1, size=1), FILE.format(n=2, size="stor")).decode()
    path = write(document.replace("UTF-8", encoding[:6].upper().rstrip("-")).encode(encoding))
    (found,) = schema_errors(path, "mets-csip-2.2", limit=10)
    assert found.line == 7


def test_lines_beyond_65535_are_right(write: Write) -> None:
    path = write(mets(*("\n" for _ in range(70_000)), "<mets:file/>"))
    found = schema_errors(path, "mets-csip-2.2", limit=10)
    assert {error.line for error in found} == {140_006}


def test_no_more_than_the_limit_is_given(write: Write) -> None:
    path = write(mets(*(FILE.format(n=n, size="stor") for n in range(1000))))
    found = schema_errors(path, "mets-csip-2.2", limit=25)
    assert [error.line for error in found] == list(range(6, 31))
    assert found == located_errors(path, "mets-csip-2.2", limit=25)


def test_a_stream_with_a_schema_shows_all_and_gives_the_verdict(write: Write) -> None:
    tag = "{http://www.loc.gov/METS/}file"
    for size, verdict in (("1", True), ("stor", False)):
        shown = stream(write(mets(FILE.format(n=1, size=size))), schema="mets-csip-2.2", tags={tag})
        assert [element.get("SIZE") for _, element in shown] == [size]
        assert shown.schema_valid is verdict


@pytest.mark.parametrize("content", [(), ("<mets:okand/>",)])
@pytest.mark.parametrize(
    "tail", [b"", b"<mets:okand>", b"<!-- -- -->", b"</mets:mets>mer", b"\xff", b"<x:b/></mets:mets>"]
)
def test_what_is_no_xml_is_refused_with_a_schema_too(write: Write, content: tuple[str, ...], tail: bytes) -> None:
    path = write(mets(*content).replace(b"</mets:mets>", tail))
    with pytest.raises(XmlRefused) as raised:
        schema_errors(path, "mets-csip-2.2", limit=10)
    assert raised.value.line in {10, 11}


def test_a_document_type_is_refused_with_a_schema_too(write: Write) -> None:
    document = mets().replace(b"<mets:mets", b'<!DOCTYPE x [<!ENTITY e "y">]><mets:mets', 1)
    with pytest.raises(XmlRefused, match="doctype"):
        schema_errors(write(document), "mets-csip-2.2", limit=10)


def test_schema_locations_of_the_document_are_not_followed(write: Write) -> None:
    instance = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    hint = instance + b' xsi:schemaLocation="urn:x http://127.0.0.1:9/x.xsd" OBJID="'
    assert schema_errors(write(mets().replace(b' OBJID="', hint)), "mets-csip-2.2", limit=10) == ()


def broken_samples(corpus: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((corpus / "fgs" / "sundsvall").glob("*.xml")):
        yield "arendehantering-1.0", path
    yield "mets-csip-2.2", corpus / "fgs" / "riksarkivet-fgs20" / "Riksarkivet_IP_example_1_METS.xml"
    for path in sorted((corpus / "eark" / "CSIP").glob("**/METS.xml"))[:40]:
        yield "mets-csip-2.2", path


@pytest.mark.corpus
def test_the_tree_and_the_stream_find_the_same_faults(corpus: Path) -> None:
    compared = 0
    for name, path in broken_samples(corpus):
        try:
            tree = etree.parse(str(path))
        except etree.XMLSyntaxError:
            continue
        schema = compiled(name)
        schema.validate(tree)
        log: Any = schema.error_log
        expected = [(entry.line, entry.message) for entry in log]
        found: tuple[SchemaError, ...] = schema_errors(path, name, limit=1000)
        assert (path.name, [(e.line, e.message) for e in found]) == (path.name, expected)
        compared += bool(expected)
    assert compared > 3
