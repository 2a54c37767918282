"""Findings as a person reads them: what is wrong, where, and what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from earkiv.cli import texts
from earkiv.cli.language import Voice
from earkiv.cli.session import Session
from earkiv.cli.wording import count_text, size_text, visible

PLACES = {"error": 5, "warning": 2, "info": 2}
"""How many places of one finding are shown; the JSON has as many as are kept."""

_SEVERITIES = {"error": (texts.ERROR, "bold red"), "warning": (texts.WARNING, "yellow"), "info": (texts.INFO, "cyan")}
_ORDER = tuple(_SEVERITIES)
_DESCRIBED = (
    ("cases", texts.ONE_CASE, texts.CASE_COUNT),
    ("records", texts.ONE_RECORD, texts.RECORD_COUNT),
    ("looseRecords", texts.ONE_LOOSE, texts.LOOSE_COUNT),
    ("documents", texts.ONE_DOCUMENT, texts.DOCUMENT_COUNT),
)


def print_verdict(path: Path, document: dict[str, Any], session: Session) -> None:
    """Print what `earkiv validate` found in one package."""
    page, voice = session.page(), session.voice
    verdict, style = (texts.VALID, "bold green") if document["verdict"] == "valid" else (texts.INVALID, "bold red")
    page.print(Line.assemble((voice(verdict), style), "  ", (visible(str(path)), "bold")))
    page.print(Padding(_summary(document, voice), (0, 0, 0, 2)))
    print_findings(document["findings"], page, voice)
    page.print()


def _summary(document: dict[str, Any], voice: Voice) -> Line:
    statistics = document["statistics"]
    parts = (
        document["dialect"] or voice(texts.UNKNOWN_DIALECT),
        visible(document["package"] or ""),
        *_described(statistics, voice),
        files_text(statistics["files"], statistics["bytes"], voice),
    )
    return Line(" · ".join(part for part in parts if part))


def _described(statistics: dict[str, int], voice: Voice) -> Iterator[str]:
    """Say how many cases, records and documents there are, where there are any."""
    for name, one, many in _DESCRIBED:
        count = statistics[name]
        if count:
            yield voice(one if count == 1 else many).format(count=count_text(count, voice.language))


def files_text(files: int, size: int, voice: Voice) -> str:
    """Say how many files of which size in all."""
    text = texts.ONE_FILE if files == 1 else texts.FILE_COUNT
    return voice(text).format(count=count_text(files, voice.language), size=size_text(size, voice.language))


def print_findings(findings: list[dict[str, Any]] | None, page: Console, voice: Voice) -> None:
    """Print findings, the errors first."""
    for finding in sorted(findings or (), key=lambda each: _ORDER.index(each["severity"])):
        page.print()
        page.print(Padding(_finding(finding, voice), (0, 0, 0, 2)))


def _finding(finding: dict[str, Any], voice: Voice) -> RenderableType:
    severity, style = _SEVERITIES[finding["severity"]]
    heading = Line.assemble((voice(severity), style), f"  {finding['rule']}  ", (finding["specification"], "dim"))
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True, style="dim")
    rows.add_column(overflow="fold")
    rows.add_row(voice(texts.WHAT), visible(voice.of(finding["message"])))
    for number, place in enumerate(_places(finding, voice)):
        rows.add_row("" if number else voice(texts.WHERE), place)
    rows.add_row(voice(texts.DO), visible(voice.of(finding["remedy"])))
    return Group(heading, Padding(rows, (0, 0, 0, 2)))


def _places(finding: dict[str, Any], voice: Voice) -> Iterator[Line]:
    shown = finding["locations"][: PLACES[finding["severity"]]]
    for location in shown:
        line = f":{location['line']}" if location["line"] else ""
        where = Line(visible(location["file"]) + line, style="bold")
        yield Line.assemble(where, f"  {visible(location['value'])}" if location["value"] else "")
    rest = finding["count"] - len(shown)
    if rest > 0:
        yield Line(voice(texts.MORE_PLACES).format(count=count_text(rest, voice.language)))
