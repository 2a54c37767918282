"""The documents keep their promises: links lead somewhere, decisions are listed, changes are noted."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import REPOSITORY, relative

RECORDS = REPOSITORY / "docs" / "adr"
ELSEWHERE = ("https://", "http://", "mailto:")
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")


def documents() -> tuple[Path, ...]:
    """The Markdown files that a reader meets."""
    return (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"))


def broken_links(document: Path) -> Iterator[str]:
    """The relative links of `document` that lead nowhere."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        path = target.partition("#")[0]
        local = path and not target.startswith(ELSEWHERE)
        if local and not (document.parent / path).exists():
            yield f"{relative(document)}: {target}"


def test_relative_links_resolve() -> None:
    assert not [link for document in documents() for link in broken_links(document)]


def test_every_decision_record_is_in_the_index() -> None:
    index = (RECORDS / "index.md").read_text(encoding="utf-8")
    records = [path.name for path in RECORDS.glob("[0-9]*.md") if path.name != "0000-template.md"]
    assert records
    assert not [name for name in records if f"({name})" not in index]


def test_decision_records_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in RECORDS.glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_the_changelog_has_a_place_for_the_next_change() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.count("\n## [Unreleased]\n") == 1
