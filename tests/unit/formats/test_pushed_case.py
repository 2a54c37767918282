"""A pushed case: its JSON and its documents' bytes become a delivery's files, or everything wrong with them is told."""

import base64
import hashlib
import json
import random
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.paths import parse_path
from ingest.formats.pushed_case import Bytes, FromUpload, Inline, Part, Push, fault_of, read_push, unmatched

HELD = b"Hej!"
DIGEST = hashlib.sha256(HELD).hexdigest()
INLINE = {"content": base64.b64encode(HELD).decode()}
WHERE: dict[str, tuple[dict[str, str], Bytes]] = {
    "inline": (INLINE, Inline(content=HELD)),
    "as a part": ({"part": "första"}, Part(name="första")),
    "uploaded": ({"upload": "u-1"}, FromUpload(id="u-1")),
}


def document(name: str = "ansökan.txt", **fields: Any) -> dict[str, Any]:
    where = {} if fields.keys() & {"part", "upload", "path", "content"} else INLINE
    return {"name": name, "sha256": DIGEST, **where, **fields}


def pushed(*documents: dict[str, Any], **fields: Any) -> dict[str, Any]:
    record = {"id": "EXN 2021/17:1", "title": "Ansökan", "documents": list(documents)}
    case = {"id": "EXN 2021/17", "title": "Bygglov", "status": "closed", "closed": "2021-06-01", "records": [record]}
    creator = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    return {"delivery": "2021-17", "archivalCreator": creator, "case": case, **fields}


def read(told: object, **how: Any) -> Push:
    push = read_push(json.dumps(told, **how).encode())
    assert isinstance(push, Push), push
    return push


def faults(told: object) -> list[tuple[str, str]]:
    found = read_push(told if isinstance(told, bytes) else json.dumps(told).encode())
    assert not isinstance(found, Push)
    return [(fault.rule, fault.location.xpath) for fault in found]


@pytest.mark.parametrize(("fields", "source"), WHERE.values(), ids=WHERE.keys())
def test_bytes_are_taken_out_and_the_path_put_in(fields: dict[str, str], source: Bytes) -> None:
    push = read(pushed(document(size=len(HELD), **fields)))
    (one,) = push.documents
    assert (one.bytes, one.path, one.size, one.sha256) == (source, "documents/ansökan.txt", len(HELD), DIGEST)
    kept = json.loads(push.descriptor)
    expected = {"name": "ansökan.txt", "sha256": DIGEST, "size": len(HELD), "path": "documents/ansökan.txt"}
    assert kept == pushed() | {"case": {**pushed()["case"], "records": [_record(expected)]}}


def _record(*documents: dict[str, Any]) -> dict[str, Any]:
    return {"id": "EXN 2021/17:1", "title": "Ansökan", "documents": list(documents)}


def test_documents_are_found_wherever_they_stand() -> None:
    loose = {"id": "L1", "title": "Lös", "documents": [document("lös.txt")]}
    part = {"id": "EXN 2021/18", "title": "Del", "status": "closed", "closed": "2021", "records": []}
    nested = {**pushed()["case"], "parts": [{**part, "records": [_record(document("inre.txt"))]}]}
    del nested["records"]
    told = {**pushed(), "records": [loose], "cases": [nested]}
    del told["case"]
    assert {one.path for one in read(told).documents} == {"documents/lös.txt", "documents/inre.txt"}


@pytest.mark.parametrize(("told", "agreement"), [({}, None), ({"agreement": "bygglov"}, "bygglov")])
def test_the_agreement_that_it_names_is_told(told: dict[str, str], agreement: str | None) -> None:
    assert read(pushed(**told)).agreement == agreement


FIRST = "/case/records/0/documents/0"
SECOND = "/case/records/0/documents/1"
FAULTS: dict[str, tuple[object, list[tuple[str, str]]]] = {
    "no JSON": (b"{", [("EARKIV-PKG-1", "")]),
    "no text": (b'{"\xff": 1}', [("EARKIV-PKG-1", "")]),
    "a number without end": (b'{"delivery": ' + b"9" * 5000 + b"}", [("EARKIV-PKG-1", "")]),
    "no object": ([], [("EARKIV-PKG-1", "")]),
    "a field missing": (pushed({"name": "a.txt", **INLINE}), [("EARKIV-CASE-7", f"{FIRST}/sha256")]),
    "an unknown field": (pushed(tillägg=1), [("EARKIV-CASE-8", "/tillägg")]),
    "half a surrogate pair": (pushed(document("\ud800")), [("EARKIV-CASE-9", f"{FIRST}/name")]),
    "no base64": (pushed(document(content="Hej!")), [("EARKIV-CASE-9", FIRST)]),
    "base64 with a line end": (pushed(document(content="SGVq\nIQ==")), [("EARKIV-CASE-9", FIRST)]),
    "base64 that is not ASCII": (pushed(document(content="SGVqIQ=＝")), [("EARKIV-CASE-9", FIRST)]),
    "a path": (pushed(document(path="a.txt")), [("EARKIV-CASE-9", FIRST)]),
    "bytes at two places": (pushed(document(part="p", content="")), [("EARKIV-CASE-9", FIRST)]),
    "another digest": (pushed(document(sha256="0" * 64)), [("EARKIV-FIX-1", FIRST)]),
    "another size": (pushed(document(size=5)), [("EARKIV-FIX-2", FIRST)]),
    "a name that leads out": (pushed(document("..")), [("EARKIV-PKG-5", FIRST)]),
    "a name that is a path": (pushed(document("a/b.txt")), [("EARKIV-PKG-5", FIRST)]),
    "a name for a device": (pushed(document("NUL.txt")), [("EARKIV-PKG-5", FIRST)]),
    "a part twice": (pushed(document(part="p"), document("b.txt", part="p")), [("EARKIV-CASE-9", SECOND)]),
    "all at once": (
        pushed(document("..", part="p"), document(sha256="0" * 64)),
        [("EARKIV-PKG-5", FIRST), ("EARKIV-FIX-1", SECOND)],
    ),
}


@pytest.mark.parametrize(("told", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_everything_that_is_wrong_is_told_at_its_place(told: object, expected: list[tuple[str, str]]) -> None:
    assert faults(told) == expected


def test_a_fault_is_told_with_the_line_in_what_was_sent() -> None:
    sent = json.dumps(pushed(document(sha256="0" * 64)), indent=1)
    found = read_push(sent.encode())
    assert isinstance(found, tuple)
    begins = sent[: sent.index('"name": "ans')].count("\n")  # the line before, for lines count from 1
    assert [fault.location.line for fault in found] == [begins]


HOSTILE = st.one_of(
    st.text(alphabet=st.sampled_from("aAåÅa\u030aßSſsıiIİ.. /\\:\0\x7fNULCONcom1\u202e\ud800"), min_size=1, max_size=6),
    st.text(min_size=1, max_size=300),
    st.sampled_from(["case.json", "documents", "å.txt", "a\u030a.txt", "NUL", "x" * 255, "x" * 256, "å" * 128]),
)


@given(names=st.lists(HOSTILE, min_size=1, max_size=12))
def test_every_path_is_safe_and_its_own_whatever_the_names(names: list[str]) -> None:
    found = read_push(json.dumps(pushed(*(document(name) for name in names))).encode())
    if not isinstance(found, Push):
        told = {(fault.rule, fault.location.xpath.removesuffix("/name")) for fault in found}
        assert {rule for rule, _ in told} <= {"EARKIV-PKG-5", "EARKIV-CASE-7", "EARKIV-CASE-9"}
        assert len(told) <= len(names)
        return
    paths = [one.path for one in found.documents]
    assert [parse_path(path) for path in paths] == paths
    assert [path.rpartition("/")[2] for path in paths] == names
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths}) == len(names)
    assert all(path.startswith("documents") for path in paths)


def test_a_safe_name_stays_in_the_folder_and_its_twin_gets_another() -> None:
    names = ("Å.txt", "å.txt", "a\u030a.txt", "b.txt")
    push = read(pushed(*(document(name) for name in names)))
    folders = [one.path.partition("/")[0] for one in push.documents]
    assert folders == ["documents", "documents-2", "documents-3", "documents"]


def _shuffled(value: Any, order: random.Random) -> Any:
    match value:
        case dict():
            names = list(value)
            order.shuffle(names)
            return {name: _shuffled(value[name], order) for name in names}
        case list():
            return [_shuffled(inside, order) for inside in value]
        case _:
            return value


@given(order=st.randoms(use_true_random=False), indent=st.sampled_from([None, 0, 3]), escaped=st.sampled_from([0, 1]))
def test_the_same_push_gives_the_same_files_however_it_is_written(
    order: random.Random, indent: int | None, escaped: int
) -> None:
    told = pushed(document(), document("å.txt", part="p"), agreement="bygglov", recordStatus="NEW")
    plain = read(told)
    other = read(_shuffled(told, order), indent=indent, ensure_ascii=bool(escaped))
    assert (other.descriptor, other.agreement) == (plain.descriptor, plain.agreement)
    assert [(d.path, d.bytes) for d in other.documents] == [(d.path, d.bytes) for d in plain.documents]


SAID: dict[str, tuple[dict[str, Any], str | None]] = {
    "as it was said": ({"size": 4}, None),
    "no size said": ({}, None),
    "a digest in capitals": ({"sha256": DIGEST.upper()}, None),
    "another size": ({"size": 3}, "EARKIV-FIX-2"),
    "another digest": ({"sha256": "f" * 64}, "EARKIV-FIX-1"),
}


@pytest.mark.parametrize(("fields", "rule"), SAID.values(), ids=SAID.keys())
def test_what_came_is_held_against_what_was_said(fields: dict[str, Any], rule: str | None) -> None:
    (said,) = read(pushed(document(part="p", **fields))).documents
    fault = fault_of(said, len(HELD), DIGEST)
    assert (fault and fault.rule) == rule


def test_parts_that_did_not_come_and_parts_that_nobody_names_are_told() -> None:
    push = read(pushed(document("a.txt", part="a"), document("b.txt", part="b"), document("c.txt")))
    assert unmatched(push.documents, frozenset({"a", "b"})) == ()
    found = unmatched(push.documents, frozenset({"b", "ö", "x"}))
    told = [(fault.rule, fault.location.file, fault.location.xpath) for fault in found]
    assert told == [("EARKIV-FIX-3", "case.json", FIRST), ("EARKIV-FIX-4", "x", ""), ("EARKIV-FIX-4", "ö", "")]
