"""JSON as strictly as a delivery needs it."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.case_push_json import JsonDocument, JsonFault, read_json, unwritable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_is_read_and_has_a_line(value: object) -> None:
    text = json.dumps(value, indent=1)
    document = read_json(text.encode())
    assert isinstance(document, JsonDocument)
    assert document.value == value
    assert 1 <= min(document.lines.values()) <= max(document.lines.values()) <= text.count("\n") + 1


def test_lines_are_those_of_the_values() -> None:
    document = read_json(b'\xef\xbb\xbf{"a": [1,\n {"b~/c":\n  "x\\n,"}],\n "d": {}}')
    assert isinstance(document, JsonDocument)
    assert document.lines == {"": 1, "/a": 1, "/a/0": 1, "/a/1": 2, "/a/1/b~0~1c": 3, "/d": 4}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", 1),
        (b'{"a": 1,\n}', 2),
        (b'{"a": 1}\n{"b": 2}', 2),
        (b'{"a": 1,\n "a": 2}', 2),
        (b'{"a":\n NaN}', 2),
        (b"[-Infinity]", 1),
        (b'{"a": "\n"}', 1),
        (b'\n\n"\xff"', 3),
        (b'"half', 1),
        (b"[" * 65 + b"]" * 65, 1),
        (b"1" * 5000, 1),
    ],
)
def test_refuses_what_is_no_strict_json(text: bytes, line: int) -> None:
    fault = read_json(text)
    assert isinstance(fault, JsonFault)
    assert fault.line == line
    assert fault.detail


def test_depth_is_counted_outside_texts_only() -> None:
    assert isinstance(read_json(json.dumps("[" * 100).encode()), JsonDocument)
    assert isinstance(read_json(b"[" * 64 + b"]" * 64), JsonDocument)


def test_finds_characters_that_xml_cannot_hold() -> None:
    document = read_json(b'{"a": ["\\u0000", "\\ud800", "\\ud83d\\ude00", "\\u00e5\\n"], "b": "\\ufffe"}')
    assert isinstance(document, JsonDocument)
    assert list(unwritable(document.value)) == ["/a/0", "/a/1", "/b"]


ENDLESS = {
    "no end": b'"' + b'\\"' * 2_000_000,
    "no end after a backslash": b'"' + b'\\"' * 2_000_000 + b"\\",
    "no end in an object": b'{"a": "' + b'\\"' * 2_000_000,
}


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_long_text_without_end_is_told_and_looked_at_once(content: bytes) -> None:
    # Were the rest looked at again from every quotation mark in it, this would take hours.
    fault = read_json(content)
    assert isinstance(fault, JsonFault)
    assert "Unterminated" in fault.detail


@pytest.mark.parametrize("piece", [b"x", b"\\n", b'\\"', "å".encode()])
def test_a_long_text_takes_little_more_memory_than_it_is_long(piece: bytes) -> None:
    content = b'{"a": "' + piece * 400_000 + b'"}'
    tracemalloc.start()
    try:
        document = read_json(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(document, JsonDocument)
    assert peak < 8 * len(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[" + b"0," * 500_001 + b"0]", "more than 500000 commas"),
        (b'["' + b"x" * 1_000_001 + b'"]', "a text of more than 1000000 characters"),
        (b'["' + b'\\"' * 1_000_001 + b'"]', "a text of more than 1000000 characters"),
    ],
)
def test_what_would_take_much_memory_is_refused(content: bytes, told: str) -> None:
    assert read_json(content) == JsonFault(line=1, detail=told)


def test_a_documents_bytes_may_be_as_long_as_the_whole_allows() -> None:
    assert isinstance(read_json(b'{"documents": [{"content": "' + b"x" * 3_000_000 + b'"}]}'), JsonDocument)


def test_many_values_and_a_long_text_are_read() -> None:
    assert isinstance(read_json(b"[" + b"0," * 1000 + b'"' + b"x" * 900_000 + b'"]'), JsonDocument)
