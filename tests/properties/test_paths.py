"""A path that was accepted never leads out of the package, and is kept exactly as it was delivered."""

import posixpath
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.domain.paths import MAX_DEPTH, MAX_PATH_BYTES, MAX_SEGMENT_BYTES, PathFault, UnsafePath, parse_path

SEGMENTS = st.one_of(
    st.sampled_from(
        ["..", ".", "", "...", "~", "C:", "c:x", "a", "å", "..å", " ", "con", "\\", "a\\..\\b", "\0", "\n"]
    ),
    st.text(max_size=6),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="/\\"), min_size=1, max_size=9),
)
RAW = st.one_of(st.text(max_size=40), st.lists(SEGMENTS, max_size=8).map("/".join))


@given(raw=RAW)
@example(raw="../../etc/passwd")
@example(raw="a/../../b")
@example(raw="/etc/passwd")
@example(raw="C:\\Windows")
@example(raw="a//b")
@example(raw="a/./b")
@example(raw="a/")
def test_what_is_accepted_stays_inside(raw: str) -> None:
    found = parse_path(raw)
    if isinstance(found, UnsafePath):
        assert found.raw == raw
        return
    assert found == raw
    root = Path("/paket/rot")
    landed = Path(posixpath.normpath(root / found))
    assert landed.is_relative_to(root)
    assert landed != root
    assert landed == root / found
    windows = PureWindowsPath(found)
    assert not windows.is_absolute()
    assert not windows.drive
    assert ".." not in windows.parts


@given(raw=RAW)
def test_what_is_accepted_can_be_a_file(raw: str) -> None:
    found = parse_path(raw)
    if not isinstance(found, UnsafePath):
        encoded = found.encode("utf-8")
        assert b"\0" not in encoded
        assert len(encoded) <= MAX_PATH_BYTES
        assert all(0 < len(part) <= MAX_SEGMENT_BYTES for part in encoded.split(b"/"))
        assert PurePosixPath(found).as_posix() == found


@given(parts=st.lists(st.text(st.sampled_from("abcåäö .-_()"), min_size=1, max_size=20), min_size=1, max_size=6))
def test_ordinary_names_are_accepted(parts: list[str]) -> None:
    if not {".", ".."} & set(parts):
        assert parse_path("/".join(parts)) == "/".join(parts)


@given(before=st.lists(SEGMENTS, max_size=3), after=st.lists(SEGMENTS, max_size=3), climb=st.sampled_from([".", ".."]))
def test_a_segment_that_climbs_or_stays_is_never_accepted(before: list[str], after: list[str], climb: str) -> None:
    assert isinstance(parse_path("/".join([*before, climb, *after])), UnsafePath)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", PathFault.EMPTY),
        ("/a", PathFault.ABSOLUTE),
        ("c:a", PathFault.DRIVE),
        ("C:/a", PathFault.DRIVE),
        ("a/../b", PathFault.PARENT),
        ("./a", PathFault.PARENT),
        ("a//b", PathFault.EMPTY_SEGMENT),
        ("a/", PathFault.EMPTY_SEGMENT),
        ("a\x1bb", PathFault.CONTROL),
        ("a\x85b", PathFault.CONTROL),
        ("a\\b", PathFault.BACKSLASH),
        ("å" * 128, PathFault.TOO_LONG),
        ("/".join(["a" * 250] * 17), PathFault.TOO_LONG),
        ("/".join("a" * (MAX_DEPTH + 1)), PathFault.TOO_DEEP),
        ("\udce5.txt", PathFault.ENCODING),
    ],
)
def test_each_fault_has_its_name(raw: str, fault: PathFault) -> None:
    assert parse_path(raw) == UnsafePath(raw=raw, fault=fault)


def test_the_limits_themselves_are_inside() -> None:
    assert parse_path("å" * 127 + "x") == "å" * 127 + "x"
    assert parse_path("/".join("a" * MAX_DEPTH)) == "/".join("a" * MAX_DEPTH)
