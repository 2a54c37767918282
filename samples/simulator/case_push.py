"""Builds a case push: `case.json` and the documents in `documents/`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from samples.simulator.description import (
    Case,
    Delivery,
    Direction,
    Disposal,
    Organisation,
    Party,
    Record,
    Restriction,
)
from samples.simulator.layout import Placed, original_name, place, write
from samples.simulator.xml_tree import midnight, sha256

_DIRECTION: Mapping[Direction, str] = {
    Direction.INCOMING: "incoming",
    Direction.OUTGOING: "outgoing",
    Direction.INTERNAL: "internal_memo_without_follow-up",
}


def build_case_push(delivery: Delivery, folder: Path) -> None:
    """Write the delivery into a folder; a single case is `case`, several `cases`, loose records `records`."""
    placed = place(delivery, "documents", original_name)
    for entry in placed:
        write(folder, entry.path, entry.document.content)
    text = json.dumps(case_json(delivery, placed), ensure_ascii=False, indent=2)
    write(folder, "case.json", (text + "\n").encode())


def case_json(delivery: Delivery, placed: Sequence[Placed]) -> dict[str, object]:
    """Give the pushed document of a delivery, each file by its placed path."""
    cases = [_case(case, placed) for case in delivery.cases]
    held = {
        "case": cases[0] if len(cases) == 1 else None,
        "cases": cases if len(cases) > 1 else None,
        "records": [_record(record, placed) for record in delivery.records],
    }
    return {
        "delivery": delivery.identity,
        "recordStatus": delivery.record_status,
        "archivalCreator": _organisation(delivery.archival_creator),
        "producer": _organisation(delivery.producer),
        "system": {"name": delivery.system.name, "version": delivery.system.version},
        **{key: value for key, value in held.items() if value},
    }


def _organisation(organisation: Organisation) -> Mapping[str, str]:
    return {"name": organisation.name, "identifier": organisation.identifier}


def _case(case: Case, placed: Sequence[Placed]) -> dict[str, object]:
    place_in_scheme = case.classification
    told: dict[str, object] = {
        "id": case.id,
        "title": case.title,
        "type": case.type,
        "status": case.status,
        "classification": {
            "scheme": place_in_scheme.scheme,
            "version": place_in_scheme.version,
            "code": place_in_scheme.code,
            "title": place_in_scheme.title,
        },
        "description": case.description,
        "opened": case.opened.isoformat(),
        "closed": case.closed.isoformat() if case.closed else "",
        "dates": _dates(case),
        "parties": [_party(party) for party in case.parties],
        "restrictions": [_restriction(restriction) for restriction in case.restrictions],
        "disposal": _disposal(case.disposal),
        "records": [_record(record, placed) for record in case.records],
    }
    return {key: value for key, value in told.items() if value != ""}


def _dates(case: Case) -> list[dict[str, str]]:
    return [{"type": "decision_date", "date": case.decided.isoformat()}] if case.decided else []


def _record(record: Record, placed: Sequence[Placed]) -> dict[str, object]:
    return {
        "id": record.id,
        "number": str(record.number),
        "title": record.title,
        "type": record.type,
        "date": record.dated.isoformat(),
        "direction": _DIRECTION[record.direction],
        "parties": [_party(party) for party in record.parties],
        "restrictions": [_restriction(restriction) for restriction in record.restrictions],
        "documents": [_document(entry) for entry in placed if entry.record is record],
    }


def _document(entry: Placed) -> dict[str, object]:
    content = entry.document.content
    return {
        "name": entry.document.name,
        "path": entry.path,
        "mimeType": entry.document.format.media_type,
        "size": len(content),
        "sha256": sha256(content),
    }


def _restriction(restriction: Restriction) -> dict[str, object]:
    told = {
        "type": restriction.kind,
        "regulation": restriction.regulation,
        "explanatoryText": restriction.explanation,
        "ends": restriction.ends.isoformat() if restriction.ends else "",
    }
    return {key: value for key, value in told.items() if value}


def _party(party: Party) -> dict[str, object]:
    lines = [{"type": "phonenumber", "text": party.phone}, {"type": "email", "text": party.email}]
    told: dict[str, object] = {
        "type": party.role,
        "name": party.name,
        "organisation": party.organisation,
        "unitName": party.unit,
        "idNumber": party.id_number,
        "addresses": [{"type": "postal_city", "text": party.city}] if party.city else [],
        "contacts": [line for line in lines if line["text"]],
        "protectedIdentity": party.protected_identity,
    }
    return {key: value for key, value in told.items() if value}


def _disposal(disposal: Disposal | None) -> dict[str, object] | None:
    if disposal is None:
        return None
    day = {"type": "disposal_date", "date": midnight(disposal.earliest)}
    return {"disposable": disposal.disposable, "disposalMandate": disposal.mandate, "dates": [day]}
