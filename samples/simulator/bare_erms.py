"""Builds a bare ERMS delivery: `content/<case>/erms.xml` with the case's files beside it, and no METS.

The side-car, a delivery note in JSON beside the container, is written once that exists (`write_side_car`).
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from samples.simulator.description import Case, Delivery
from samples.simulator.erms import erms_xml
from samples.simulator.layout import original_name, period, place, restrictions, write


def build_bare_erms(delivery: Delivery, folder: Path) -> None:
    """Write each case into a folder named by its system number, loose records into `content/handlingar`.

    Paths are relative to the erms.xml they stand in.
    """
    for case in delivery.cases:
        _write(replace(delivery, cases=(case,), records=()), folder / "content" / case.system_number)
    if delivery.records:
        _write(replace(delivery, cases=()), folder / "content" / "handlingar")


def _write(part: Delivery, folder: Path) -> None:
    placed = place(part, ".", original_name)
    write(folder, "erms.xml", erms_xml(part, placed))
    for entry in placed:
        write(folder, entry.path, entry.document.content)


def write_side_car(delivery: Delivery, container: Path, *, algorithm: str = "sha256") -> None:
    """Write `X.json` beside `X.zip`: the delivery note, with the container's digest by that algorithm."""
    digest = hashlib.new(algorithm, container.read_bytes(), usedforsecurity=False).hexdigest()
    first, last = period(delivery)
    schemes = {f"{case.classification.scheme} {case.classification.version}" for case in delivery.cases}
    creator, producer = delivery.archival_creator, delivery.producer
    note = {
        "leveransfil": container.name,
        "kontrollsumma": digest,
        "algoritm": algorithm,
        "startdatum": f"{first.isoformat()}T00:00:00",
        "slutdatum": f"{last.isoformat()}T00:00:00",
        "arkivbildare": creator.name,
        "arkivbildare_id": creator.identifier.partition(":")[2],
        "arkivbildare_system": delivery.system.name,
        "arkivbildare_system_version": delivery.system.version,
        "ansvarig_enhet": _unit(delivery.cases),
        "bidragande_organisation": producer.name,
        "informationsägare": creator.name,
        "informationsägare_id": creator.identifier.partition(":")[2],
        "leveransöverenskommelse": delivery.agreement,
        "arkiv": delivery.archive,
        "beståndskod": delivery.reference_code,
        "klassificeringsstruktur": ", ".join(sorted(schemes)),
        "informationstyp": "ERMS",
        "anpassad_informationstyp": "CITS ERMS 3.0",
        "gallring": "",
        "sekretess": "; ".join(sorted({mark.regulation for mark in restrictions(delivery)})),
    }
    container.with_suffix(".json").write_text(json.dumps(note, ensure_ascii=False, indent=4) + "\n", encoding="utf-8")


def _unit(cases: tuple[Case, ...]) -> str:
    return next((party.unit for case in cases for party in case.parties if party.unit), "")
