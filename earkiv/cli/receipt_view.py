"""A receipt as a person reads it: how it ended, what was taken in, where the copies lie, what was found."""

from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from earkiv.cli import texts
from earkiv.cli.finding_view import files_text, print_findings
from earkiv.cli.language import Voice
from earkiv.cli.session import Session
from earkiv.cli.wording import count_text, digest_text, size_text, time_text, visible
from ingest.domain.findings import Text

FILES = 20
"""How many files are shown; the JSON has all of them."""

_FORMAT = 32

OUTCOMES = {
    "accepted": (texts.ACCEPTED, "bold green"),
    "rejected": (texts.REJECTED, "bold red"),
    "held": (texts.HELD, "bold yellow"),
}


def print_receipt(receipt: dict[str, Any], session: Session) -> None:
    """Print one receipt, or the unsigned note of a held delivery."""
    page, voice = session.page(), session.voice
    outcome, style = OUTCOMES[receipt["outcome"]]
    name = _name(receipt)
    page.print(Line.assemble((voice(outcome), style), f"  {voice(name)} {receipt['receipt'] or ''}"))
    page.print(Padding(labelled(_facts(receipt, voice)), (0, 0, 0, 2)))
    print_files(receipt["files"], receipt["deliveryId"], page, voice)
    print_findings(receipt["findings"], page, voice)
    page.print()


def _name(receipt: dict[str, Any]) -> Text:
    if receipt["receipt"] is None:
        return texts.HELD_NOTE
    return texts.TEST_RECEIPT if receipt.get("test") else texts.RECEIPT


def labelled(facts: Iterator[tuple[str, str]]) -> Table:
    """Lay out names and values; what has no value is left out."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True, style="dim")
    rows.add_column(overflow="fold")
    for name, value in facts:
        if value:
            rows.add_row(name, value)
    return rows


def _facts(receipt: dict[str, Any], voice: Voice) -> Iterator[tuple[str, str]]:
    yield voice(texts.TITLE), visible(receipt.get("title") or "")
    yield voice(texts.DELIVERY), visible(receipt["delivery"] or "")
    yield voice(texts.PRODUCER), visible(receipt.get("producer") or "")
    yield voice(texts.DIALECT), receipt.get("dialect") or ""
    yield voice(texts.PACKAGE), receipt["package"] or voice(texts.NO_PACKAGE)
    yield voice(texts.AGREEMENT), agreement_text(receipt.get("agreement"), voice)
    yield voice(texts.RECEIVED), time_text(receipt.get("received"))
    yield voice(texts.DECIDED), time_text(receipt["at"] if receipt["receipt"] else None)
    yield voice(texts.CUSTODY), _custody(receipt, voice)
    yield from copies(receipt, voice)
    yield voice(texts.SIGNED_BY), _signature(receipt, voice)


def _custody(receipt: dict[str, Any], voice: Voice) -> str:
    return voice(texts.NO_CUSTODY) if receipt.get("test") else time_text(receipt.get("custodyPassed"))


def copies(receipt: dict[str, Any], voice: Voice) -> Iterator[tuple[str, str]]:
    """Give one row for each copy that was read back."""
    for copy in receipt["copies"]:
        at = time_text(copy["verified"])
        text = voice(texts.COPY).format(store=copy["store"], location=copy["location"], at=at)
        yield voice(texts.COPIES), text


def agreement_text(agreement: dict[str, Any] | None, voice: Voice) -> str:
    """Write an agreement with its version; "" for none."""
    return voice(texts.AGREEMENT_VERSION).format(**agreement) if agreement else ""


def _signature(receipt: dict[str, Any], voice: Voice) -> str:
    if not receipt["signature"]:
        return ""
    return voice(texts.SIGNATURE).format(key=receipt["key"], signature=digest_text(receipt["signature"]))


def print_files(files: list[dict[str, Any]], reference: str, page: Console, voice: Voice) -> None:
    """Print the first files as a table, and how many more there are."""
    if not files:
        return
    page.print()
    page.print(f"  {voice(texts.FILES)}: {files_text(len(files), sum(file['size'] for file in files), voice)}")
    page.print(Padding(files_table(files, voice), (0, 0, 0, 2)))
    rest = len(files) - FILES
    if rest > 0:
        more = voice(texts.MORE_FILES).format(count=count_text(rest, voice.language), id=reference)
        page.print(f"  {more}")


def files_table(files: list[dict[str, Any]], voice: Voice) -> Table:
    """Give the first files as a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(voice(texts.PATH), overflow="fold")
    table.add_column(voice(texts.SIZE), justify="right", no_wrap=True)
    table.add_column(voice(texts.FORMAT), no_wrap=True, overflow="ellipsis", max_width=_FORMAT)
    table.add_column("SHA-256", no_wrap=True)
    for file in files[:FILES]:
        path = voice(texts.NAME_REMOVED) if file["path"] is None else visible(file["path"])
        size = size_text(file["size"], voice.language)
        table.add_row(path, size, _format(file.get("format"), voice), digest_text(file["sha256"]))
    return table


def _format(found: dict[str, Any] | None, voice: Voice) -> str:
    if found is None:
        return ""
    if found["puid"] is None:
        return voice(texts.UNKNOWN_FORMAT)
    return " ".join(part for part in (found["puid"], found["name"], found["version"]) if part)
