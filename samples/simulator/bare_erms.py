"""Builds a bare ERMS delivery: `content/<case>/erms.xml` with the case's files beside it, and no METS.

The side-car, a delivery note in JSON beside the container, is written once that exists (`write_side_car`).
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from samples.simulator.description import Case, Delivery
from samples.simulator.erms import erms_xml
from samples.simulator.layout import original_name, place, write


def build_bare_erms(delivery: Delivery, folder: Path) -> None:
    """Write each case into a folder named by its system number; paths are relative to its erms.xml."""
    for case in delivery.cases:
        alone = replace(delivery, cases=(case,))
        placed = place(alone, ".", original_name)
        below = f"content/{case.system_number}"
        write(folder, f"{below}/erms.xml", erms_xml(alone, [case], placed))
        for entry in placed:
            write(folder, f"{below}/{entry.path}", entry.document.content)


def write_side_car(delivery: Delivery, container: Path, *, algorithm: str = "sha256") -> None:
    """Write `X.json` beside `X.zip`: the delivery note, with the container's digest by that algorithm."""
    digest = hashlib.new(algorithm, container.read_bytes(), usedforsecurity=False).hexdigest()
    days = [day for case in delivery.cases for day in (case.opened, case.closed) if day is not None]
    scheme = delivery.cases[0].classification
    creator, producer = delivery.archival_creator, delivery.producer
    note = {
        "leveransfil": container.name,
        "kontrollsumma": digest,
        "algoritm": algorithm,
        "startdatum": f"{min(days).isoformat()}T00:00:00",
        "slutdatum": f"{max(days).isoformat()}T00:00:00",
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
        "klassificeringsstruktur": f"{scheme.scheme} {scheme.version}",
        "informationstyp": "ERMS",
        "anpassad_informationstyp": "CITS ERMS 3.0",
        "gallring": "",
        "sekretess": _secrecy(delivery.cases),
    }
    container.with_suffix(".json").write_text(
        json.dumps(note, ensure_ascii=False, indent=4) + "\n", encoding="utf-8"
    )


def _unit(cases: tuple[Case, ...]) -> str:
    return next((party.unit for case in cases for party in case.parties if party.unit), "")


def _secrecy(cases: tuple[Case, ...]) -> str:
    marks = [mark for case in cases for mark in case.restrictions]
    marks += [mark for case in cases for record in case.records for mark in record.restrictions]
    return "; ".join(sorted({mark.regulation for mark in marks}))
