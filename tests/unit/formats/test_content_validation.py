"""A document held against its content schema: what does not follow it, where, with which value and why."""

from pathlib import Path
from typing import Never

import pytest

from ingest.domain.content_schemas import ContentCheck, ContentFault, ContentSchema, XsdVersion
from ingest.domain.paths import PackagePath
from ingest.formats import content_validation
from ingest.formats.content_documents import SchemaUnusable
from ingest.formats.content_validation import MAX_COUNTED, MAX_TOLD, check
from tests.unit.content_schemas import ASSERTION, NAMESPACE, UNIQUE, of_one, plain, post, report, schema

NAME = PackagePath("Content/rapport.xml")
WITH_ASSERTION = schema(assertion=ASSERTION)
PIECEMEAL = 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "000001"


def held(path: Path, text: str | bytes, content: ContentSchema, most_whole: int = 1000) -> ContentCheck:
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return check(path, NAME, content, most_whole=most_whole)


def only(found: ContentCheck) -> ContentFault:
    (fault,) = found.faults
    assert (found.path, found.more, found.unfinished) == (NAME, 0, "")
    return fault


@pytest.mark.parametrize("content", [schema(), WITH_ASSERTION, schema(unique=UNIQUE)])
def test_what_follows_its_schema_has_no_faults(path: Path, content: ContentSchema) -> None:
    text = report(post(), post(3, 3, "2024-02-29"), post(day="2024-03-01"))
    assert held(path, text, content) == ContentCheck(path=NAME)


def test_an_assertion_is_held_against_each_element(path: Path) -> None:
    fault = only(held(path, report(post(), post(5, 4), post(4, 5)), WITH_ASSERTION))
    assert (fault.line, fault.xpath) == (4, "/rapport/post[2]")
    assert fault.reason == "assertion test is false: r:från le r:till"


def test_without_the_assertion_the_same_document_follows(path: Path) -> None:
    assert held(path, report(post(5, 4)), schema()).faults == ()


def test_an_assertion_on_the_root_sees_everything_inside(path: Path) -> None:
    test = "sum(post/@antal) = @summa and count(post) = 3"
    attribute = '<xs:attribute name="{}" type="xs:int"/>'
    inside = f'<xs:element name="post" maxOccurs="9"><xs:complexType>{attribute.format("antal")}</xs:complexType></xs:element>'  # noqa: E501
    whole = f'<xs:element name="rapport"><xs:complexType><xs:sequence>{inside}</xs:sequence>{attribute.format("summa")}<xs:assert test="{test}"/></xs:complexType></xs:element>'  # noqa: E501
    content = of_one(plain(whole))
    posts = '<post antal="1"/><post antal="2"/><post antal="3"/>'
    assert held(path, f'<rapport summa="6">{posts}</rapport>', content) == ContentCheck(path=NAME)
    assert only(held(path, f'<rapport summa="7">{posts}</rapport>', content)).xpath == "/rapport"


def test_an_assertion_on_a_value_is_one_too(path: Path) -> None:
    facet = '<xs:restriction base="xs:int"><xs:assertion test="$value mod 2 = 0"/></xs:restriction>'
    content = of_one(plain(f'<xs:element name="rapport"><xs:simpleType>{facet}</xs:simpleType></xs:element>'))
    assert held(path, "<rapport>4</rapport>", content).faults == ()
    assert only(held(path, "<rapport>5</rapport>", content)).value == "5"


FAULTS = [
    (post("i går"), 3, "/rapport/post[1]/från[1]", "i går", "i går"),
    (post(-1), 3, "/rapport/post[1]/från[1]", "-1", "greater or equal"),
    (f"{post()}\n{post(day='2023-02-29')}", 4, "/rapport/post[2]", "2023-02-29", "dag"),
    ("<post><från>1</från></post>", 3, "/rapport/post[1]", "", "not complete"),
    (f"{post()}\n<tillägg>x</tillägg>", 4, "/rapport/tillägg[1]", "", "tillägg"),
    ("<post><från>1</från><från>1</från><till>2</till></post>", 3, "/rapport/post[1]/från[2]", "", "från"),
    ("", 2, "/rapport", "", "not complete"),
]


@pytest.mark.parametrize(("posts", "line", "xpath", "value", "reason"), FAULTS)
def test_a_fault_has_line_xpath_value_and_reason(
    path: Path, posts: str, line: int, xpath: str, value: str, reason: str
) -> None:
    fault = only(held(path, report(posts), schema()))
    assert (fault.line, fault.xpath, fault.value) == (line, xpath, value)
    assert reason in fault.reason
    assert "\n" not in fault.reason


def test_a_key_is_held_against_all_it_spans(path: Path) -> None:
    posts = (post(day="2024-01-01"), *(post() for _ in range(2000)), post(day="2024-01-01"))
    fault = only(held(path, report(*posts), schema(unique=UNIQUE), 10_000))
    assert (fault.line, fault.xpath) == (2004, "/rapport/post[2002]")
    assert "duplicated value" in fault.reason


@pytest.mark.parametrize(("posts", "line"), [(posts, line) for posts, line, *_ in FAULTS])
def test_a_document_judged_piece_by_piece_has_the_same_faults_about_there(path: Path, posts: str, line: int) -> None:
    whole = held(path, report(posts), schema())
    pieces = held(path, report(posts), schema(), PIECEMEAL)
    assert [fault.reason for fault in pieces.faults] == [fault.reason for fault in whole.faults]
    assert all(abs(fault.line - line) <= 2 for fault in pieces.faults)


def test_a_large_document_without_assertions_is_judged_piece_by_piece(path: Path) -> None:
    posts = [post(n, n) for n in range(3000)]
    posts[2500] = post("x")
    posts[2900] = post(1, 2, "2024-02-30")
    found = held(path, report(*posts), schema(), 1000)
    assert [(f.line, f.xpath) for f in found.faults] == [
        (2503, "/rapport/post[2501]/från[1]"),
        (2903, "/rapport/post[2901]"),
    ]


@pytest.mark.parametrize("content", [WITH_ASSERTION, schema(unique=UNIQUE)])
def test_one_with_assertions_or_keys_is_not_and_says_so(path: Path, content: ContentSchema) -> None:
    found = held(path, report(post(), post(5, 4)), content, 6)
    assert found.faults == ()
    assert "7 elements" in found.unfinished


def test_a_prefix_of_the_documents_own_choice_stands_in_the_xpath(path: Path) -> None:
    text = report(post("x")).replace("xmlns=", "xmlns:e=").replace("</", "</e:").replace("<", "<e:")
    text = text.replace("<e:/e:", "</e:").replace("<e:?", "<?")
    assert only(held(path, text, schema())).xpath == "/e:rapport/e:post[1]/e:från[1]"


def test_lines_beyond_what_libxml2_counts_are_exact(path: Path) -> None:
    text = report("\n" * 70_000 + post("x"))
    assert only(held(path, text, schema())).line == 70_003


def test_other_encodings_are_read(path: Path) -> None:
    text = report(post("x")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert only(held(path, text, schema())).xpath == "/rapport/post[1]/från[1]"
    assert only(held(path, report(post("ö")).replace("UTF-8", "ISO-8859-1").encode("latin-1"), schema())).value == "ö"


def test_many_faults_are_told_in_part_and_counted(path: Path) -> None:
    found = held(path, report(*(post("x") for _ in range(50))), schema())
    assert (len(found.faults), found.more) == (MAX_TOLD, 50 - MAX_TOLD)
    beyond = held(path, report(*(post("x") for _ in range(MAX_COUNTED + 50))), schema(), 10**6)
    assert (len(beyond.faults), beyond.more) == (MAX_TOLD, MAX_COUNTED - MAX_TOLD)


def test_another_document_element_than_the_schemas_is_a_fault(path: Path) -> None:
    assert "annat" in only(held(path, "<annat/>", schema())).reason


@pytest.mark.parametrize("most_whole", [1000, PIECEMEAL])
def test_a_type_that_there_is_not_is_a_fault_where_it_stands(path: Path, most_whole: int) -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="finns:inte"'
    found = held(path, report(post(), post().replace("<post", f"<post {xsi}")), schema(), most_whole)
    assert found.unfinished == ""
    assert any("finns:inte" in fault.reason for fault in found.faults)


@pytest.mark.parametrize("most_whole", [1000, PIECEMEAL])
@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 0, "not-well-formed"),
        (report(post())[:-4], 4, "not-well-formed"),
        ("<!DOCTYPE rapport>" + report(post()).partition("?>")[2], 2, "doctype"),
        (f'<!DOCTYPE r [<!ENTITY a "b">]><rapport xmlns="{NAMESPACE}">&a;</rapport>', 1, "doctype"),
        (f'<!DOCTYPE r SYSTEM "file:///etc/passwd"><rapport xmlns="{NAMESPACE}"/>', 1, "doctype"),
        (report("<post>" * 300 + "</post>" * 300), 3, "depth"),
    ],
)
def test_a_document_that_is_no_acceptable_xml_says_why(
    path: Path, text: str, line: int, reason: str, most_whole: int
) -> None:
    fault = only(held(path, text, schema(), most_whole))
    assert (fault.line, fault.reason.partition(":")[0]) == (line, reason)


@pytest.mark.parametrize("most_whole", [1000, PIECEMEAL])
def test_the_documents_own_schema_location_is_not_followed(
    path: Path, most_whole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Never:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.create_connection", refuse)
    elsewhere = path.with_name("annat.xsd")
    elsewhere.write_text(plain('<xs:element name="allt" type="xs:anyType"/>'))
    places = f"urn:x {elsewhere.as_uri()} {NAMESPACE} http://127.0.0.1:9/rapport.xsd"
    xsi = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{places}"'
    text = report(post()).replace("<rapport", f"<rapport {xsi}")
    assert held(path, text, schema(), most_whole) == ContentCheck(path=NAME)


@pytest.mark.parametrize("call", ["doc('{}')", "doc-available('{}')", "unparsed-text('{}')", "collection('{}')"])
@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_an_assertion_reads_no_other_document(
    path: Path, call: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("urllib.request.urlopen", lambda *a, **_: opened.append(a))
    monkeypatch.setattr("socket.create_connection", lambda *a, **_: opened.append(a))
    test = f"exists({call.format(address)})" if "available" not in call else call.format(address)
    body = f'<xs:element name="rapport"><xs:complexType><xs:assert test="{test}"/></xs:complexType></xs:element>'
    try:
        found = held(path, "<rapport/>", of_one(plain(body)))
    except SchemaUnusable as unusable:
        assert "unparsed-text" in unusable.fault.en  # noqa: PT017 - XPath 2.0 has no such function
    else:
        assert len(found.faults) == 1
    assert opened == []


def test_a_fault_of_the_library_itself_leaves_the_document_unchecked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Never:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(content_validation, "count_elements", broken)
    found = held(path, report(post()), schema())
    assert found == ContentCheck(path=NAME, unfinished="RecursionError: maximum recursion depth exceeded")


@pytest.mark.parametrize("most_whole", [1000, PIECEMEAL])
def test_a_file_that_cannot_be_read_is_no_fault_of_its_content(path: Path, most_whole: int) -> None:
    with pytest.raises(FileNotFoundError):
        check(path, NAME, schema(), most_whole=most_whole)


def test_an_unusable_schema_is_told_as_such(path: Path) -> None:
    path.write_text("<rapport/>")
    with pytest.raises(SchemaUnusable):
        check(path, NAME, of_one(plain(""), XsdVersion.V1_0))
