"""Content paths: never two alike on any file system, the same for the same set, short enough for every store."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.paths import UnsafePath, parse_path
from ingest.formats.ocfl_layout import content_paths, generation_of, object_root, package_at

PACKAGE = "1f0e6f2a-5c1c-4d5e-9b1f-0a2b3c4d5e6f"
UGLY = (
    "representations/original/data/åäö.txt",
    unicodedata.normalize("NFD", "representations/original/data/åäö.txt"),
    "representations/original/data/ÅÄÖ.txt",
    "representations/original/data/slutar på punkt.",
    "representations/original/data/slutar på punkt...",
    "representations/original/data/ mellanslag ",
    "representations/original/data/100% klart?.pdf",
    "representations/original/data/100%25 klart?.pdf",
    'representations/original/data/a<b>c:d"e|f*g',
    "representations/original/data/CON",
    "representations/original/data/con.txt",
    "representations/original/data/NUL.tar.gz",
    "representations/original/data/" + "x" * 255,
    "representations/original/data/" + "x" * 254 + "y",
    "representations/original/data/" + "ä" * 127,
    "representations/original/data/" + "?" * 255,
    "representations/original/data/straße",
    "representations/original/data/STRASSE",
    "representations/original/data/~",
    "representations/original/data/😀.png",
    "representations/original/data/" + "/".join(["djup"] * 60),
    "representations/original/data/" + "/".join(["å" * 100] * 15),
)
# Letters that meet when case or Unicode form is ignored, and names that systems keep for themselves.
_SEGMENTS = st.one_of(
    st.sampled_from(["a", "A", "ä", "Ä", "a\u0308", "ß", "ss", "SS", "ﬁ", "fi", "con", "CON", "x.", "x", "a%C3%A4"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/\\"), min_size=1, max_size=8),
)
_PATHS = st.lists(_SEGMENTS, min_size=1, max_size=4).map("/".join)
_SETS = st.sets(_PATHS, max_size=12).map(
    lambda paths: frozenset(path for path in paths if not isinstance(parse_path(path), UnsafePath))
)
_TREES = _SETS.map(
    lambda paths: frozenset(path for path in paths if not any(other.startswith(path + "/") for other in paths))
)


def met(path: str) -> str:
    """How a file system that ignores letter case and Unicode form sees a path."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


@given(_TREES)
def test_no_two_paths_meet_even_where_case_and_form_are_ignored(logical: frozenset[str]) -> None:
    content = content_paths(logical)
    assert content.keys() == logical
    seen = {met(path) for path in content.values()}
    assert len(seen) == len(logical)
    folders = {path.rpartition("/")[0] for path in seen} - {""}
    while folders:
        assert folders.isdisjoint(seen)
        folders = {folder.rpartition("/")[0] for folder in folders} - {""}


@given(_TREES, st.randoms(use_true_random=False))
def test_the_same_set_gives_the_same_paths_in_any_order(logical: frozenset[str], chance: Random) -> None:
    shuffled = sorted(logical)
    chance.shuffle(shuffled)
    assert content_paths(shuffled) == content_paths(logical)


@given(_TREES)
def test_a_content_path_stays_itself_when_a_file_system_folds_its_form(logical: frozenset[str]) -> None:
    for path in content_paths(logical).values():
        assert unicodedata.normalize("NFC", path) == path


@given(_TREES)
def test_every_content_path_is_portable_and_bounded(logical: frozenset[str]) -> None:
    for path in content_paths(logical).values():
        assert len(path.encode()) <= 750
        for segment in path.split("/"):
            assert 1 <= len(segment.encode()) <= 255
            assert not set(segment) & set('<>:"|?*\\')
            assert segment[-1] not in " ."
            assert segment.partition(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_ordinary_names_are_kept_letter_for_letter() -> None:
    for path in ("METS.xml", "representations/original/data/Ansökan om bygglov (1)_b-2.pdf"):
        assert content_paths([path]) == {path: path}


@pytest.mark.parametrize("path", UGLY)
def test_an_ugly_name_gets_a_place_of_its_own(path: str) -> None:
    together = content_paths(UGLY)
    assert len({met(place) for place in together.values()}) == len(UGLY)
    assert len(together[path].encode()) <= 750


def test_a_name_that_another_would_be_set_apart_with_is_set_apart_itself() -> None:
    (first, second) = ("A/x", "a/x")
    taken = content_paths([first, second])[second]
    chosen = content_paths([first, second, taken])
    assert len({met(place) for place in chosen.values()}) == 3


def test_a_file_and_a_folder_that_differ_in_case_alone_do_not_meet() -> None:
    chosen = content_paths(["A", "a/x", "B/y", "b"])
    assert len({met(path).split("/")[0] for path in chosen.values()}) == 4


def test_a_package_is_found_again_by_its_folder_alone() -> None:
    root = object_root(PACKAGE)
    assert package_at(root) == PACKAGE
    assert package_at(root.upper()) is None
    assert package_at("ocfl/abc/def/012/urn%3auuid%3ax/") is None
    assert package_at("ocfl/") is None


def test_only_a_versions_side_car_commits_it() -> None:
    root = object_root(PACKAGE)
    assert generation_of(f"{root}v12/inventory.json.sha256") == (root, 12)
    for name in (
        "v1/inventory.json",
        "inventory.json.sha256",
        "v0/inventory.json.sha256",
        "v1/content/v1/inventory.json",
    ):
        assert generation_of(root + name)[1] == 0
