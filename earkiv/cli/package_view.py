"""Packages and what happened to them, as a person reads it."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from audit.desk.details import in_swedish
from earkiv.cli import access_texts, scan_texts, texts
from earkiv.cli.finding_view import files_text, print_findings
from earkiv.cli.language import Voice
from earkiv.cli.receipt_view import agreement_text, copies, files_table, labelled, print_files
from earkiv.cli.scan_view import infections_text, print_scans
from earkiv.cli.session import Session
from earkiv.cli.vocabulary import said
from earkiv.cli.wording import count_text, size_text, time_text, visible
from ingest.config import Language
from ingest.domain.access.levels import Level
from ingest.domain.findings import Text


def print_packages(rows: Sequence[dict[str, Any]], session: Session, none: Text = texts.NOTHING_ARCHIVED) -> None:
    """Print the list, two lines for each package, or that there are none."""
    page, voice = session.page(), session.voice
    if not rows:
        page.print(voice(none))
        return
    for row in rows:
        page.print(Line.assemble((row["package"], "bold"), f"  {visible(row['title'])}"))
        page.print(Padding(Line(" · ".join(_row_facts(row, voice))), (0, 0, 0, 2)))
    text = texts.ONE_ARCHIVED_PACKAGE if len(rows) == 1 else texts.ARCHIVED_PACKAGES
    page.print(voice(text).format(count=count_text(len(rows), voice.language)))


def _row_facts(row: dict[str, Any], voice: Voice) -> Iterator[str]:
    yield visible(row["delivery"])
    yield row["dialect"]
    yield files_text(row["files"], row["bytes"], voice)
    yield time_text(row["stored_at"])


def print_whole(document: dict[str, Any], session: Session) -> None:
    """Print one package or delivery in full."""
    page, voice = session.page(), session.voice
    page.print(Line(visible(document["title"] or document["delivery"] or document["deliveryId"]), style="bold"))
    page.print(Padding(labelled(_facts(document, voice)), (0, 0, 0, 2)))
    print_files(document["contents"], document["deliveryId"], page, voice)
    _print_copies(document["preservationCopies"], page, voice)
    print_scans(document["virusScan"], page, voice)
    print_findings(document["findings"], page, voice)


def _print_copies(copies: list[dict[str, Any]], page: Console, voice: Voice) -> None:
    """Print the preservation copies that were made; why others were not is told by the findings."""
    made = [copy for copy in copies if copy["path"]]
    if not made:
        return
    page.print()
    page.print(f"  {voice(texts.PRESERVATION_COPIES)}: {files_text(len(made), sum(c['size'] for c in made), voice)}")
    page.print(Padding(files_table(made, voice), (0, 0, 0, 2)))


def _facts(document: dict[str, Any], voice: Voice) -> Iterator[tuple[str, str]]:
    yield voice(texts.STATUS), said(document["status"], voice)
    yield voice(scan_texts.VIRUSES), infections_text(document["virusScan"], voice)
    yield voice(texts.PACKAGE), document["package"] or voice(texts.NO_PACKAGE)
    yield voice(texts.GENERATION), str(document["generation"] or "")
    yield voice(texts.DELIVERY), visible(document["delivery"] or "")
    yield voice(texts.DELIVERY_ID), document["deliveryId"]
    yield voice(texts.PRODUCER), visible(document["producer"] or "")
    yield voice(texts.DIALECT), document["dialect"] or ""
    yield voice(texts.AGREEMENT), agreement_text(document["agreement"], voice)
    yield voice(texts.DISPOSAL_DEFAULT), _disposal_text(document["disposalDefault"], voice)
    yield voice(access_texts.ACCESS), _access_text(document["access"], voice)
    yield voice(texts.SIZE), size_text(document["bytes"], voice.language) if document["files"] else ""
    yield voice(texts.RECEIVED), time_text(document["received"])
    yield voice(texts.STORED), time_text(document["stored_at"])
    yield from copies(document, voice)
    yield voice(texts.RECEIPT), document["receipt"] or ""


def _access_text(access: dict[str, Any] | None, voice: Voice) -> str:
    if access is None:
        return ""
    if not access["decisions"]:
        return voice(access_texts.NOTHING_DECIDED)
    counts = access["atMost"]
    levels = ", ".join(
        f"{count_text(counts[level], voice.language)} {voice(access_texts.LEVELS_OF_SEVERAL[level])}"
        for level in Level
        if counts[level]
    )
    waiting = count_text(access["waiting"], voice.language)
    also = voice(access_texts.WAITING).format(count=waiting) if access["waiting"] else ""
    return voice(access_texts.AT_MOST).format(levels=levels) + also


def _disposal_text(default: dict[str, Any] | None, voice: Voice) -> str:
    if default is None:
        return ""
    said = voice(texts.MAY_BE_DISPOSED_OF).format(period=visible(default["period"]))
    words = said if default["disposable"] else voice(texts.TO_BE_PRESERVED)
    return f"{words} ({visible(default['mandate'])})" if default["mandate"] else words


def print_entries(entries: Sequence[dict[str, Any]], session: Session) -> None:
    """Print a timeline, oldest first: when, what, how it went, and below it what is said of it and who did it."""
    page, voice = session.page(), session.voice
    for entry in entries:
        what = Line.assemble((said(entry["type"], voice), "bold"), f": {said(entry['outcome'], voice)}")
        rows = Table.grid(padding=(0, 2))
        rows.add_column(no_wrap=True, style="dim")
        rows.add_column(overflow="fold")
        rows.add_row(time_text(entry["at"]), what)
        agents = ", ".join(visible(agent) for agent in entry["agents"])
        for detail in (visible(_in_words(entry["detail"], voice)), f"{voice(texts.BY)}: {agents}" if agents else ""):
            if detail:
                rows.add_row("", detail)
        page.print(rows)


def _in_words(detail: str, voice: Voice) -> str:
    """Say what the archive wrote of its own event in the language spoken; it is written, and kept, in English."""
    return (in_swedish(detail) or detail) if voice.language is Language.SWEDISH else detail
