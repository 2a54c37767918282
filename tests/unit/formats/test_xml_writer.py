"""Written XML is the same for the same content, reads well and says what was put in."""

import io
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from ingest.formats.xml import parse
from ingest.formats.xml_writer import write_xml

NAMESPACES: Final = {"m": "urn:m", "x": "urn:x"}


def written() -> bytes:
    sink = io.BytesIO()
    with write_xml(sink, "{urn:m}a", namespaces=NAMESPACES, attributes={"z": "1", "b": 'å & < "'}) as root:
        with root.element("{urn:m}list", {"{urn:x}kind": "k"}) as inner:
            inner.leaf("{urn:m}item", {"n": "1"}, "rad 1\nrad 2 & <")
            inner.leaf("{urn:m}item")
        root.subtree(etree.fromstring('<m:own xmlns:m="urn:m"><m:p/></m:own>'))
    return sink.getvalue()


def test_the_document_reads_well() -> None:
    assert written().decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<m:a xmlns:m="urn:m" xmlns:x="urn:x" z="1" b="å &amp; &lt; &quot;">\n'
        '  <m:list x:kind="k">\n'
        '    <m:item n="1">rad 1\nrad 2 &amp; &lt;</m:item>\n'
        "    <m:item></m:item>\n"
        "  </m:list>\n"
        '  <m:own xmlns:m="urn:m"><m:p/></m:own>\n'
        "</m:a>\n"
    )


def test_the_same_content_gives_the_same_bytes() -> None:
    assert written() == written()


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(written())
    root = parse(path, limit=10_000).getroot()
    assert root.get("b") == 'å & < "'
    assert root.findtext("{urn:m}list/{urn:m}item") == "rad 1\nrad 2 & <"


def test_a_character_that_xml_cannot_carry_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="XML compatible"),
        write_xml(io.BytesIO(), "a", namespaces={}) as root,
    ):
        root.leaf("b", {}, "\x0b")
