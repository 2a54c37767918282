"""A content schema is compiled from its own documents, and what is wrong with one is said with document and line."""

import socket
from dataclasses import replace
from pathlib import Path
from typing import Never

import pytest

from ingest.domain.content_schemas import ContentSchema, SchemaDocument, SchemaFault, XsdVersion
from ingest.formats.content_documents import MAX_BYTES, MAX_DOCUMENTS, read_documents
from ingest.formats.content_schemas import compiled, fault_of
from tests.unit.content_schemas import ASSERTION, INCLUDE, UNIQUE, entry, of_one, plain, schema

SOUND = '<xs:element name="rapport" type="xs:int"/>'


@pytest.fixture(autouse=True)
def cut_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Never:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def refused(content: ContentSchema) -> SchemaFault:
    fault = fault_of(content)
    assert fault is not None
    assert fault.sv != fault.en
    return fault


@pytest.mark.parametrize("content", [schema(), schema(assertion=ASSERTION), of_one(plain(SOUND))])
def test_a_sound_schema_has_no_fault(content: ContentSchema) -> None:
    assert fault_of(content) is None


def test_a_schema_with_assertions_or_keys_must_see_a_document_whole() -> None:
    assert compiled(schema()).streams
    assert not compiled(schema(assertion=ASSERTION)).streams
    assert not compiled(schema(unique=UNIQUE)).streams


def test_a_schema_is_compiled_once() -> None:
    assert compiled(schema()) is compiled(schema())


PATTERN = "<xs:simpleType><xs:restriction base='xs:string'>\n<xs:pattern value='(('/></xs:restriction></xs:simpleType>"
BROKEN = [
    ('<xs:element name="rapport" type="Finns.inte"/>', 2, "Finns.inte"),
    (f"\n<xs:element name='rapport'>{PATTERN}</xs:element>", 4, "(("),
    (f"{SOUND}\n<xs:group name='g'><xs:sequence><xs:group ref='g'/></xs:sequence></xs:group>", 3, "ircular"),
    (f"{SOUND}\n<xs:complexType name='t'>\n<xs:assert test='1 ='/></xs:complexType>", 4, "XPST0003"),
    (f"{SOUND}\n<xs:elemen/>", 1, "xs:elemen"),
    ("<xs:element name='annat'/>", 0, "rapport"),
]


@pytest.mark.parametrize(("body", "line", "words"), BROKEN)
def test_a_schema_that_does_not_compile_is_told_with_line_and_reason(body: str, line: int, words: str) -> None:
    fault = refused(of_one(plain(body)))
    assert (fault.document, fault.line) == ("rapport.xsd", line)
    assert words in fault.sv
    assert words in fault.en


def test_a_fault_in_an_included_document_names_that_document() -> None:
    broken = SchemaDocument(
        name="typer.xsd", text=plain('<xs:simpleType name="Antal">\n<xs:list itemType="x"/></xs:simpleType>')
    )
    fault = refused(replace(schema(), documents=(schema().documents[0], broken)))
    assert (fault.document, fault.line) == ("typer.xsd", 3)


def test_assertions_belong_to_version_1_1() -> None:
    assert "xs:assert" in refused(replace(schema(assertion=ASSERTION), version=XsdVersion.V1_0)).en


FOREIGN = [
    '<xs:include schemaLocation="http://example.org/typer.xsd"/>',
    '<xs:include schemaLocation="//example.org/typer.xsd"/>',
    '<xs:include schemaLocation="file:///etc/passwd"/>',
    '<xs:include schemaLocation="/etc/passwd"/>',
    '<xs:include schemaLocation="../../../../../../../../etc/passwd"/>',
    '<xs:include schemaLocation="typer.xsd"/>',
    '<xs:include schemaLocation="earkiv:///1.xsd"/>',
    '<xs:redefine schemaLocation="http://example.org/typer.xsd"/>',
    '<xs:import namespace="urn:example:annat" schemaLocation="http://example.org/annat.xsd"/>',
    '<xs:import namespace="urn:example:annat" schemaLocation="file:///etc/passwd"/>',
    '<xs:import namespace="http://www.w3.org/1999/xlink"/>',
]


@pytest.mark.parametrize("reference", FOREIGN)
def test_what_is_not_among_the_documents_is_refused_and_not_fetched(reference: str) -> None:
    fault = refused(schema(reference=reference))
    assert (fault.document, fault.line) == ("rapport/rapport.xsd", 4)
    assert "nothing is fetched" in fault.en
    assert "inget hämtas" in fault.sv


def test_override_reaches_no_further_than_include() -> None:
    outside = '<xs:override schemaLocation="http://example.org/typer.xsd"/>'
    assert refused(replace(schema(reference=outside), version=XsdVersion.V1_1)).line == 4


def imported(location: str) -> ContentSchema:
    """A report that may be about `annat`, a vocabulary with a document of its own, `lånat.xsd`."""
    text = plain(
        f'<xs:import namespace="urn:example:annat"{location}/>\n'
        '<xs:element name="rapport"><xs:complexType><xs:sequence>'
        '<xs:element xmlns:a="urn:example:annat" ref="a:ämne"/></xs:sequence></xs:complexType></xs:element>'
    )
    other = plain('<xs:element name="ämne"/>').replace(">", ' targetNamespace="urn:example:annat">', 1)
    entry_document = SchemaDocument(name="rapport.xsd", text=text)
    return ContentSchema(root="rapport", documents=(entry_document, SchemaDocument(name="lånat.xsd", text=other)))


@pytest.mark.parametrize(
    "location",
    [
        "",
        ' schemaLocation="lånat.xsd"',
        ' schemaLocation="./l%C3%A5nat.xsd"',
        ' schemaLocation="http://example.org/annat.xsd"',
    ],
)
def test_an_import_finds_the_listed_document_of_its_namespace_wherever_it_says_that_lies(location: str) -> None:
    assert fault_of(imported(location)) is None


def test_an_import_does_not_guess_between_two_documents() -> None:
    one = imported(' schemaLocation="http://example.org/annat.xsd"')
    again = replace(one.documents[1], name="till.xsd")
    assert refused(replace(one, documents=(*one.documents, again))).line == 2


def test_the_attributes_of_xml_itself_need_no_document() -> None:
    location = 'namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"'
    body = '<xs:element name="rapport"><xs:complexType><xs:attribute ref="xml:lang"/></xs:complexType></xs:element>'
    assert fault_of(of_one(plain(f"<xs:import {location}/>{body}"))) is None


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB + plain(SOUND), "doctype"),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + plain(SOUND), "doctype"),
        (plain("&x;"), "not-well-formed"),
        (plain("<xs:annotation>" * 300 + "</xs:annotation>" * 300), "depth"),
        ("", "not-well-formed"),
        ("<html/>", "no XML schema"),
    ],
)
def test_a_document_that_is_no_safe_xml_schema_is_refused(text: str, words: str) -> None:
    assert words in refused(of_one(text)).en
    assert refused(of_one(text)).document == "rapport.xsd"


def test_an_included_document_is_held_to_the_same() -> None:
    bomb = SchemaDocument(name="typer.xsd", text=BOMB + schema().documents[1].text)
    assert refused(replace(schema(), documents=(schema().documents[0], bomb))).document == "typer.xsd"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert fault_of(of_one("\ufeff" + plain(SOUND))) is None


@pytest.mark.parametrize(
    "documents",
    [
        (),
        schema().documents * 2,
        (*schema().documents, *(SchemaDocument(name=f"{n}.xsd", text="") for n in range(MAX_DOCUMENTS))),
        (SchemaDocument(name="rapport.xsd", text=plain(f"<!--{'x' * MAX_BYTES}-->")),),
    ],
)
def test_no_documents_doubled_ones_too_many_and_too_large_ones_are_refused(
    documents: tuple[SchemaDocument, ...],
) -> None:
    assert refused(replace(schema(), documents=documents)).line == 0


def test_documents_may_include_each_other_and_themselves() -> None:
    first = SchemaDocument(name="a.xsd", text=plain(f'<xs:include schemaLocation="b.xsd"/>\n{SOUND}'))
    second = SchemaDocument(
        name="b.xsd", text=plain('<xs:include schemaLocation="a.xsd"/><xs:include schemaLocation="b.xsd"/>')
    )
    assert fault_of(ContentSchema(root="rapport", documents=(first, second))) is None


def test_the_text_that_the_agreement_keeps_is_left_as_it_is(tmp_path: Path) -> None:
    content = schema()
    documents = read_documents(content)
    assert content == schema()
    assert documents.name("earkiv:///1.xsd") == "typer.xsd"
    with pytest.raises(KeyError):
        documents.content((tmp_path / "typer.xsd").as_uri())
    assert INCLUDE in entry()
