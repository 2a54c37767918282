"""What is put below what in an outline, what a document states, and what is too large for a page."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit.desk import description_texts as texts
from audit.desk.description_texts import DEEPEST_PARTS
from audit.desk.descriptions import Branch, branches
from audit.desk.words import stated_size, stated_time
from ingest.application.description_documents import DescriptionDocument, DescriptionKind
from ingest.domain.cases import Case
from ingest.domain.windows import Window
from ingest.formats.told_mets import LineKind, OutlineLine

TEMPLATES = Path(texts.__file__).parent / "templates"


def line(depth: int, label: str) -> OutlineLine:
    return OutlineLine(depth=depth, kind=LineKind.DIVISION, label=label)


def spelled(found: tuple[Branch, ...]) -> str:
    return "".join(one.line.label + (f"({spelled(one.below)})" if one.below else "") for one in found)


@pytest.mark.parametrize(
    ("depths", "outline"),
    [("", ""), ("0", "a"), ("00", "ab"), ("0121", "a(b(c)d)"), ("2101", "abc(d)"), ("0202", "a(b)c(d)")],
)
def test_lines_lie_below_those_that_are_less_deep(depths: str, outline: str) -> None:
    lines = [line(int(depth), "abcdef"[number]) for number, depth in enumerate(depths)]
    assert spelled(branches(lines)) == outline


def test_a_size_or_time_that_is_none_stays_as_it_is_written() -> None:
    assert stated_size("12345", "sv") == "12\N{NO-BREAK SPACE}kB"
    assert [stated_size(said, "en") for said in ("", "-1", "many", "9" * 5000)] == ["", "-1", "many", "9" * 5000]
    assert "2026-01-02 03:04 UTC" in stated_time("2026-01-02T03:04:05Z")
    for said in ("", "2026", "2026-01-02T03:04:05", "0001-01-01T00:00:00+14:00"):
        assert stated_time(said) == said


@pytest.mark.parametrize(
    ("path", "size", "is_too_large"),
    [
        ("METS.xml", 128 << 20, False),
        ("METS.xml", (128 << 20) + 1, True),
        ("submission/sip.xml", 16 << 20, False),
        ("submission/sip.xml", (16 << 20) + 1, True),
    ],
)
def test_a_producers_document_may_be_less_large_than_ours(path: str, size: int, is_too_large: bool) -> None:  # noqa: FBT001 - a column of the table
    assert DescriptionDocument(path=path, kind=DescriptionKind.METS, size=size).is_too_large is is_too_large


@pytest.mark.parametrize(("levels", "is_whole"), [(DEEPEST_PARTS, True), (DEEPEST_PARTS + 1, False), (250, False)])
def test_a_case_of_endless_parts_is_shown_as_deep_as_anybody_reads(levels: int, is_whole: bool) -> None:  # noqa: FBT001 - a column of the table
    nested = Case(id="innermost")
    for number in range(levels):
        nested = Case(id=str(number), parts=(nested,))
    template = Environment(autoescape=True, loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined)
    macro = template.get_template("cases.html").module.case  # type: ignore[attr-defined]  # a macro of the template
    window = Window(first=0, most=1)
    shown = macro(nested, texts.CASE, window, lambda text: text.sv, texts, lambda _: None, str)
    assert ("innermost" in shown) is is_whole
    assert (texts.DEEPER_PARTS.sv in shown) is not is_whole
