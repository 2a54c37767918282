"""A form, part by part: the same however it is cut into chunks, and whatever is wrong with it is a problem."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.api import multipart
from ingest.api.multipart import parts
from ingest.api.problems import Problem

TYPE = "multipart/form-data; boundary=gräns".encode().decode("latin-1")
BOUNDARY = "gräns".encode()
Part = tuple[str, str, bytes]


def form(*told: Part) -> bytes:
    """Write a form as RFC 7578 has it."""
    written = b""
    for name, file_name, content in told:
        named = f'; filename="{file_name}"' if file_name else ""
        head = f'Content-Disposition: form-data; name="{name}"{named}\r\nContent-Type: text/plain\r\n\r\n'
        written += b"--" + BOUNDARY + b"\r\n" + head.encode() + content + b"\r\n"
    return written + b"--" + BOUNDARY + b"--\r\n"


def cut(body: bytes, places: list[int]) -> Iterator[bytes]:
    """Cut a body at some places."""
    at = sorted({place % (len(body) + 1) for place in places} | {0, len(body)})
    return (body[start:end] for start, end in pairwise(at))


def read(chunks: Iterator[bytes], content_type: str = TYPE) -> list[Part]:
    return [(part.name, part.file_name, b"".join(part.chunks)) for part in parts(chunks, content_type)]


NAMES = st.text(alphabet=st.sampled_from("abcåÄ 0-_.é漢"), min_size=1, max_size=8)
CONTENTS = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"", b"\r\n", b"\r\n--", b"\r\n--gr", b"--" + BOUNDARY, b"\r\n--" + BOUNDARY[:-1], b"\r\r\n\n-"]),
)
FORMS = st.lists(st.tuples(NAMES, st.one_of(st.just(""), NAMES), CONTENTS), min_size=1, max_size=4)
PLACES = st.lists(st.integers(min_value=0, max_value=2000), max_size=12)


@given(told=FORMS, places=PLACES)
def test_any_cutting_gives_the_same_parts(told: list[Part], places: list[int]) -> None:
    assert read(cut(form(*told), places)) == told


@given(told=FORMS)
def test_a_part_that_is_left_unread_does_not_hide_the_next(told: list[Part]) -> None:
    assert [part.name for part in parts(iter([form(*told)]), TYPE)] == [name for name, _, _ in told]


@given(told=FORMS, end=st.integers(min_value=0), places=PLACES)
def test_a_form_that_breaks_off_is_a_problem(told: list[Part], end: int, places: list[int]) -> None:
    whole = form(*told)
    # The last line break is not missed: without it the form is complete.
    broken = whole[: end % (len(whole) - len(b"--\r\n") + 1)]
    with pytest.raises(Problem) as caught:
        read(cut(broken, places))
    assert caught.value.status == 400


@given(
    told=FORMS,
    at=st.integers(min_value=0),
    other=st.one_of(st.binary(max_size=30), st.sampled_from([b"\r\n", b"--" + BOUNDARY, b"\0", b";", b'"', b":"])),
    places=PLACES,
)
def test_a_form_with_anything_in_it_is_read_or_a_problem(
    told: list[Part], at: int, other: bytes, places: list[int]
) -> None:
    whole = form(*told)
    at %= len(whole)
    _read_or_problem(cut(whole[:at] + other + whole[at + len(other) :], places), TYPE)


@given(body=st.binary(max_size=300), content_type=st.text(alphabet=st.characters(max_codepoint=0xFF), max_size=80))
def test_anything_at_all_is_read_or_a_problem(body: bytes, content_type: str) -> None:
    _read_or_problem(iter([body]), f"multipart/form-data; boundary={content_type}")
    _read_or_problem(iter([body]), content_type)


def _read_or_problem(chunks: Iterator[bytes], content_type: str) -> None:
    try:
        read(chunks, content_type)
    except Problem as problem:
        told = problem.status
    else:
        told = HTTPStatus.BAD_REQUEST
    assert told is HTTPStatus.BAD_REQUEST


HEAD = b"Content-Disposition: form-data"
NO_FORMS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", TYPE),
    "no boundary": (form(("a", "", b"x")), "multipart/form-data"),
    "an empty boundary": (b"--\r\n" + HEAD + b'; name="a"\r\n\r\nx\r\n----\r\n', "multipart/form-data; boundary="),
    "an endless boundary": (b"x", f"multipart/form-data; boundary={'x' * 5000}"),
    "a part without a name": (b"--b\r\n" + HEAD + b"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    "a part without a head": (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    "an endless head": (b"--b\r\nX: " + b"x" * 100_000 + b"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
    "heads without end": (b"--b\r\n" + b"X: x\r\n" * 10_000 + b"\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
}


@pytest.mark.parametrize(("body", "content_type"), NO_FORMS.values(), ids=NO_FORMS.keys())
def test_what_is_no_form_is_a_problem(body: bytes, content_type: str) -> None:
    with pytest.raises(Problem) as caught:
        read(iter([body]), content_type)
    assert caught.value.status == 400
    assert caught.value.detail.sv != caught.value.detail.en


def test_one_part_too_many_is_a_problem_before_its_bytes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MOST_PARTS", 2)
    two, three = ((("a", "", b"x"), ("b", "", b"y")), (("a", "", b"x"), ("b", "", b"y"), ("c", "", b"z" * 5000)))
    assert len(read(iter([form(*two)]))) == 2
    whole = form(*three)
    cut_off = whole[: whole.index(b"zzz")]
    for body in (whole, cut_off):
        with pytest.raises(Problem) as caught:
            read(iter([body]))
        assert (caught.value.status, "ZIP" in caught.value.detail.sv, "ZIP" in caught.value.detail.en) == (
            413,
            True,
            True,
        )


def test_what_breaks_the_body_is_not_hidden() -> None:
    def breaking() -> Iterator[bytes]:
        yield form(("a", "", b"x"))[:-5]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        read(breaking())


def test_a_part_is_given_before_the_next_has_come() -> None:
    asked = []

    def slow() -> Iterator[bytes]:
        for number, byte in enumerate(form(("a", "", b"xy"), ("b", "", b"z"))):
            asked.append(number)
            yield bytes([byte])

    first = next(parts(slow(), TYPE))
    assert next(first.chunks) == b"x"
    assert len(asked) < len(form(("a", "", b"xy")))
