"""What is known of the virus scans of a package, as a person reads it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from earkiv.cli import scan_texts
from earkiv.cli.language import Voice
from earkiv.cli.wording import count_text, visible

_EXAMPLES = 5


def infections_text(document: dict[str, Any], voice: Voice) -> str:
    """Say in one line that something is infected; "" where nothing is."""
    found = document["infected"]
    if not found:
        return ""
    text = scan_texts.ONE_INFECTED if len(found) == 1 else scan_texts.INFECTED
    return voice(text).format(count=count_text(len(found), voice.language))


def print_scans(document: dict[str, Any], page: Console, voice: Voice) -> None:
    """Print every infected file, and why others are not scanned."""
    if document["infected"]:
        page.print()
        page.print("  " + infections_text(document, voice), style="bold red")
        for one in document["infected"]:
            where = voice(scan_texts.IN_GENERATION).format(generation=one["generation"])
            page.print(f"    {visible(one['name'])}  {visible(one['path'])}  {where}")
    if document["notScanned"]:
        page.print()
        print_unscanned([(one["path"], one["reason"]) for one in document["notScanned"]], page, voice)


def print_unscanned(left: Sequence[tuple[str, str]], page: Console, voice: Voice) -> None:
    """Print why files are not scanned, given as path and reason, with the first files of each reason."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for path, reason in left:
        reasons[reason].append(path)
    for reason, paths in reasons.items():
        count = count_text(len(paths), voice.language)
        page.print("  " + voice(scan_texts.BECAUSE).format(count=count, reason=visible(reason)))
        for path in paths[:_EXAMPLES]:
            page.print(f"    {visible(path)}")
        if more := paths[_EXAMPLES:]:
            page.print("    " + voice(scan_texts.AND_MORE).format(count=count_text(len(more), voice.language)))
