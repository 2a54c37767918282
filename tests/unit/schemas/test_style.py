"""One visual language: both doors and the pages for printing begin with the same sheet; none has its own colours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from access.room import STYLE as OF_THE_ROOM
from audit.desk.pages import STYLE as OF_THE_DESK
from ingest.formats.report_style import STYLE as OF_REPORTS
from schemas.style import BASE_STYLE, sheet_with
from tests.architecture.source_tree import REPOSITORY, packages

TOKENS = REPOSITORY / "schemas" / "style" / "tokens.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(", re.IGNORECASE)
_PAINTS = re.compile(r"\b(?:[a-z-]*color|background|border[a-z-]*|outline|fill|stroke|box-shadow)\s*:\s*([^;}]+)")
_NO_COLOUR = frozenset(
    {"transparent", "currentcolor", "none", "inherit", "solid", "collapse", "mark", "marktext", "canvas", "canvastext"}
)


def sheets() -> tuple[Path, ...]:
    """Every stylesheet that is shipped."""
    return tuple(sorted(path for package in packages() for path in (REPOSITORY / package).rglob("*.css")))


def colours_of(sheet: str) -> Iterator[str]:
    """What a sheet paints with, other than tokens, lengths and the colours of the machine."""
    rules = _COMMENT.sub("", sheet)
    yield from _COLOUR.findall(rules)
    for value in _PAINTS.findall(rules):
        words = re.sub(r"(?:var|calc)\([^)]*\)", "", value).split()
        yield from (word for word in words if word.isalpha() and word.lower() not in _NO_COLOUR)


def test_both_doors_and_the_pages_for_printing_begin_with_the_same_sheet() -> None:
    for served in (OF_THE_DESK.text, OF_THE_ROOM.text, OF_REPORTS):
        assert served.startswith(BASE_STYLE)
        assert len(served) > len(BASE_STYLE)


def test_a_sheet_is_kept_for_a_year_by_its_version_and_a_change_gives_another(tmp_path: Path) -> None:
    own = tmp_path / "own.css"
    own.write_text("a { top: 0 }", encoding="utf-8")
    first = sheet_with(own)
    own.write_text("a { top: 1px }", encoding="utf-8")
    changed = sheet_with(own)
    assert "immutable" in first.kept_for(first.version)
    assert "immutable" not in changed.kept_for(first.version) + changed.kept_for(None)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_a_colour_is_written_among_the_tokens_alone(sheet: Path) -> None:
    told = list(colours_of(sheet.read_text(encoding="utf-8")))
    assert (told != []) if sheet == TOKENS else (told == [])


@pytest.mark.parametrize("rule", ["a { color: red }", "a { border: 1px solid #abc }", "a { fill: rgb(1 2 3) }"])
def test_a_colour_is_seen_however_it_is_written(rule: str) -> None:
    assert list(colours_of(rule))


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_a_sheet_uses_no_token_that_is_not_there_and_fetches_nothing(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    known = set(re.findall(r"(--[a-z-]+)\s*:", TOKENS.read_text(encoding="utf-8")))
    assert set(re.findall(r"var\((--[a-z-]+)\)", text)) <= known
    assert not re.search(r"url\(|@import|https?:", text)


def test_no_two_sheets_say_the_same() -> None:
    """A rule that two sheets need stands in the base sheet."""
    seen: dict[str, str] = {}
    for sheet in sheets():
        for rule in re.findall(r"[^{}]+\{[^{}]+\}", _COMMENT.sub("", sheet.read_text(encoding="utf-8"))):
            said = " ".join(rule.split())
            assert said not in seen, f"{said}: {seen[said]} and {sheet.name}"
            seen[said] = sheet.name


def shown_by(folder: str, sheets_of: str) -> tuple[set[str], set[str]]:
    """The classes that templates name in plain letters, and those that a sheet has rules for."""
    templates = "".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / folder).rglob("*.html")))
    named = {word for told in re.findall(r'class="([^"{]+)"', templates) for word in told.split()}
    return named, set(re.findall(r"\.([a-z][a-z-]*)", _COMMENT.sub("", sheets_of)))


def test_every_class_in_a_template_has_a_rule() -> None:
    """A class that no sheet knows is a page that looks otherwise than who wrote it thought."""
    named, ruled = shown_by("audit/desk", OF_THE_DESK.text)
    assert named - ruled == set()
    named, ruled = shown_by("access", OF_THE_ROOM.text)
    assert named - ruled == set()
