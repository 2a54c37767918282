"""What is known of the virus scans of a package, as JSON and as a person reads it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console

from earkiv.cli import scan_texts
from earkiv.cli.language import Voice
from earkiv.cli.wording import count_text, visible
from ingest.application.scan_standings import generations_with_infections, scans_of
from ingest.domain.packages import UNTOLD, Clean, Infected, NotScanned, ScanResult
from ingest.domain.scans import ArchivedFile, never_published
from ingest.pipeline.step import Ports

_EXAMPLES = 5

Scans = dict[ArchivedFile, ScanResult]


def scan_document(package: str | None, delivery: str, ports: Ports) -> dict[str, Any]:
    """Give what is known of a delivery's generation, and what was found in the package's other generations.

    Of a delivery that became no package, what was never scanned is left out. Raises DamageFound.
    """
    scans = scans_of(package, delivery, ports)
    if package is None:
        scans = {file: result for file, result in scans.items() if result != UNTOLD}
    others = () if package is None else generations_with_infections(package, ports)
    generations = {delivery: scans, **{one: scans_of(package, one, ports) for one in others if one != delivery}}
    numbers = {one: ports.catalogue.delivery(one).generation for one in generations}
    return {
        "clean": sum(isinstance(result, Clean) for result in scans.values()),
        "infected": [
            {**named(file), "generation": numbers[one], "name": result.name, "tool": result.tool}
            for one, known in generations.items()
            for file, result in known.items()
            if isinstance(result, Infected)
        ],
        "notScanned": [
            {**named(file), "reason": result.reason} for file, result in scans.items() if isinstance(result, NotScanned)
        ],
        "neverPublished": [
            {**named(file), "generation": numbers[one]}
            for one, known in generations.items()
            for file in _in_order(known)
        ],
    }


def _in_order(scans: Scans) -> Iterator[ArchivedFile]:
    barred = never_published(scans)
    return (file for file in scans if file in barred)


def named(file: ArchivedFile) -> dict[str, Any]:
    """Name a file: its path, and whether that is the delivered one or a preservation copy's in the AIP."""
    return {"path": file.path, "origin": file.origin.value}


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
