"""No bytes whatever break the check of XML against a content schema: each has an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain.content_schemas import ContentCheck, ContentSchema, SchemaDocument
from ingest.domain.paths import PackagePath
from ingest.formats.content_schemas import fault_of
from ingest.formats.content_validation import MAX_TOLD, check
from tests.unit.content_schemas import ASSERTION, UNIQUE, post, report, schema

NAME = PackagePath("rapport.xml")
SCHEMAS = (schema(), schema(unique=UNIQUE), schema(assertion=ASSERTION, unique=UNIQUE))
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
FRAGMENTS = (
    b"<",
    b">",
    b"/",
    b'"',
    b"&",
    b"&#0;",
    b"&#x1F600;",
    b"<![CDATA[ ]]>",
    b"<!-- -->",
    b"<?pi x?>",
    b"]]>",
    b' xmlns=""',
    b' xmlns:a="urn:a"',
    b' dag="2024-02-30"',
    b' dag="-99999-01-01"',
    b' dag="2024-01-01+14:01"',
    f' {XSI} xsi:type="xs:int"'.encode(),
    f' {XSI} xsi:type=""'.encode(),
    f' {XSI} xsi:type="a:b:c"'.encode(),
    f' {XSI} xsi:nil="true"'.encode(),
    f' {XSI} xsi:schemaLocation="x"'.encode(),
    b' xml:id="a b"',
    b"9" * 400,
    b"INF",
    b"1e999",
    "\u00a0".encode(),
    b"\xff",
    b"\0",
    b"<rapport/>",
    b"<post/>",
    "<från>1</från>".encode(),
)
SOUND = report(post(), post(2, 3, "2024-02-29"), post(4, 4, "2024-03-01")).encode("utf-8")


@st.composite
def mutated(draw: st.DrawFn, sound: bytes) -> bytes:
    """Give a document with some of its bytes replaced, cut out, or pushed apart by something awkward."""
    found = bytearray(sound)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(found)))
        length = draw(st.integers(0, 12))
        found[start : start + length] = draw(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=4)))
    return bytes(found)


@contextmanager
def written(content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "000001"
        path.write_bytes(content)
        yield path


def answered(content: bytes, held_against: ContentSchema, most_whole: int) -> ContentCheck:
    with written(content) as path:
        found = check(path, NAME, held_against, most_whole=most_whole)
        lines = content.count(b"\n") + 1
    assert found.path == NAME
    assert len(found.faults) <= MAX_TOLD
    assert all(0 <= fault.line <= lines and fault.reason for fault in found.faults)
    return found


@pytest.mark.parametrize("held_against", SCHEMAS)
@pytest.mark.parametrize("most_whole", [10**6, 0])
@settings(deadline=None, max_examples=150)
@given(content=st.one_of(mutated(SOUND), st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_have_an_answer(content: bytes, held_against: ContentSchema, most_whole: int) -> None:
    answered(content, held_against, most_whole)


@settings(deadline=None, max_examples=200)
@given(content=mutated(SOUND))
def test_piece_by_piece_no_fault_is_found_more_or_less_than_as_a_whole(content: bytes) -> None:
    whole, pieces = (answered(content, SCHEMAS[0], most) for most in (10**6, 0))
    assert bool(whole.faults) == bool(pieces.faults)
    assert (whole.unfinished, pieces.unfinished) == ("", "")


@settings(deadline=None, max_examples=200)
@given(text=mutated(SCHEMAS[2].documents[0].text.encode("utf-8")))
def test_any_schema_is_usable_or_says_why_not(text: bytes) -> None:
    mutant = SchemaDocument(name="rapport/rapport.xsd", text=text.decode("utf-8", "replace"))
    fault = fault_of(replace(SCHEMAS[2], documents=(mutant, SCHEMAS[2].documents[1])))
    assert fault is None or (fault.document in {"rapport/rapport.xsd", "typer.xsd"} and fault.sv and fault.en)
