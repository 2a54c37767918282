"""What is known of the virus scans of a package, as a JSON document."""

from collections.abc import Iterator
from typing import Any

from ingest.application.scan_standings import generations_with_infections, scans_of
from ingest.domain.packages import UNTOLD, Clean, Infected, NotScanned, ScanResult
from ingest.domain.scans import ArchivedFile, never_published
from ingest.pipeline.step import Ports

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
