"""`earkiv rules`: every requirement of every specification, whether it is checked, and why not where it is not."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from string import ascii_letters
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from earkiv.cli import texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from earkiv.cli.wording import count_text
from ingest.rules.severities import default_severity
from schemas.requirements import Level, Requirement, all_requirements

_LEVELS = tuple(Level)


def print_rules(session: Session) -> int:
    """Print all requirements, by specification and in its order."""
    if session.printing is Printing.JSON:
        print_json(document())
        return FINE
    page = session.page()
    for name, rows in _by_specification():
        page.print(Line.assemble((name, "bold"), "  ", _versions(rows)))
        page.print(Padding(_counts(rows, session), (0, 0, 1, 2)))
        page.print(Padding(_listing(rows, session), (0, 0, 1, 2)))
    return FINE


def document() -> dict[str, Any]:
    """Give the requirements as JSON: each one, and the counts per specification and level."""
    return {
        "counts": _counted(all_requirements()),
        "specifications": [
            {
                "specification": name,
                "versions": sorted({version for row in rows for version in row.versions}),
                **_counted(rows),
                "levels": {level.value: _counted(_at(level, rows)) for level in _LEVELS},
            }
            for name, rows in _by_specification()
        ],
        "requirements": [_requirement(row) for _, rows in _by_specification() for row in rows],
    }


def _requirement(row: Requirement) -> dict[str, Any]:
    return {
        "id": row.id,
        "specification": row.specification,
        "versions": list(row.versions),
        "level": row.level.value,
        "severity": default_severity(row.id).value,
        "clause": row.clause,
        "location": row.location,
        "link": row.link,
        "checked": bool(row.checked),
        "by": row.checked or None,
        "why": None if row.checked else {"sv": row.why_not_sv, "en": row.why_not},
        "message": {"sv": row.text_sv, "en": row.text_en},
        "remedy": {"sv": row.remedy_sv, "en": row.remedy_en},
    }


def _by_specification() -> Iterator[tuple[str, tuple[Requirement, ...]]]:
    """Give the specifications in order of name, our own last, each with its requirements by number."""

    def place(row: Requirement) -> tuple[bool, str]:
        return row.specification == "earkiv", row.specification

    for (_, name), rows in groupby(sorted(all_requirements(), key=place), key=place):
        yield name, tuple(sorted(rows, key=_number))


def _number(row: Requirement) -> tuple[str, int]:
    name, _, number = row.id.rpartition("-") if "-" in row.id else ("", "", row.id)
    digits = number.lstrip(ascii_letters)
    return name + number.removesuffix(digits), int(digits) if digits.isdecimal() else 0


def _counted(rows: Iterable[Requirement]) -> dict[str, int]:
    every = tuple(rows)
    checked = sum(bool(row.checked) for row in every)
    return {"requirements": len(every), "checked": checked, "notChecked": len(every) - checked}


def _at(level: Level, rows: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(row for row in rows if row.level is level)


def _versions(rows: Iterable[Requirement]) -> Line:
    return Line(", ".join(sorted({version for row in rows for version in row.versions})), style="dim")


def _counts(rows: tuple[Requirement, ...], session: Session) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_row("", session.voice(texts.CHECKED), session.voice(texts.NOT_CHECKED), style="dim")
    for name, some in (*((level.value, _at(level, rows)) for level in _LEVELS), (session.voice(texts.IN_ALL), rows)):
        numbers = _counted(some)
        language = session.voice.language
        checked, unchecked = (count_text(numbers[key], language) for key in ("checked", "notChecked"))
        table.add_row(name, checked, unchecked)
    return table


def _listing(rows: tuple[Requirement, ...], session: Session) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for row in rows:
        said = {"sv": row.text_sv, "en": row.text_en}
        why = {"sv": row.why_not_sv, "en": row.why_not}
        reason = "" if row.checked else f" {session.voice(texts.NOT_CHECKED)}: {session.voice.of(why)}"
        table.add_row(
            Line(row.id, style="bold"), row.level.value, Line.assemble(session.voice.of(said), (reason, "dim"))
        )
    return table
