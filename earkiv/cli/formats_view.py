"""The format policy and the archive's formats, as a person reads them."""

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from earkiv.cli import texts
from earkiv.cli.language import Voice
from earkiv.cli.session import Session
from earkiv.cli.vocabulary import said
from earkiv.cli.wording import count_text, size_text, visible


def print_survey(document: dict[str, Any], session: Session) -> None:
    """Print what is held, then the rules, each as a table."""
    page, voice = session.page(), session.voice
    held = [one for one in document["formats"] if one["originals"] or one["copies"]]
    page.print(voice(texts.FORMATS_HELD) if held else voice(texts.NO_FORMATS_HELD))
    if held:
        _print_held(held, page, voice)
    page.print()
    page.print(voice(texts.FORMAT_POLICY).format(version=document["policy"]))
    _print_rules([one for one in document["formats"] if one["source"]], page, voice)


def _print_held(formats: Sequence[dict[str, Any]], page: Console, voice: Voice) -> None:
    table = _table()
    for heading, justify in (
        (texts.FORMAT, "left"),
        (texts.ORIGINALS, "right"),
        (texts.PRESERVATION_COPIES, "right"),
        (texts.SIZE, "right"),
    ):
        table.add_column(voice(heading), justify=justify, overflow="fold")  # type: ignore[arg-type]  # rich's literal
    for one in formats:
        counts = (count_text(one[kind], voice.language) for kind in ("originals", "copies"))
        table.add_row(_name(one, voice), *counts, size_text(one["bytes"], voice.language))
    page.print(Padding(table, (0, 0, 0, 2)))


def _print_rules(formats: Sequence[dict[str, Any]], page: Console, voice: Voice) -> None:
    table = _table()
    for heading in (texts.FORMAT, texts.FOR_DELIVERY, texts.FOR_PRESERVATION, texts.COPY_AS, texts.GROUND):
        table.add_column(voice(heading), overflow="fold")
    for one in formats:
        copied = f"{one['target']} ({one['tool']})" if one["target"] else "–"
        only = f", {said(one['when'], voice)}" if one["when"] == "not conforming" else ""
        ground = one["source"][voice.language.value]
        standings = (said(one[kind], voice) for kind in ("delivery", "preservation"))
        table.add_row(_name(one, voice), *standings, copied + only, ground)
    page.print(Padding(table, (0, 0, 0, 2)))


def _name(one: dict[str, Any], voice: Voice) -> str:
    return f"{one['puid']} {visible(one['name'])}" if one["puid"] else voice(texts.UNKNOWN_FORMAT)


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
