"""The one contract between archive and reading room lets nothing unknown through."""

import json
from typing import Any

import pytest

from access.records import ArchivalCreator, PublicDocument, RecordRefused, read_record

RECORD: dict[str, Any] = {
    "id": "k3v9q2m7x1c5b8n4",
    "kind": "record",
    "partOf": "a3v9q2m7x1c5b8n4",
    "level": "public",
    "title": "Beslut om bygglov",
    "date": "2021-05",
    "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
    "classification": [{"code": "3", "title": "Samhällsbyggnad"}, {"code": "3.1.2", "title": "Bygglov"}],
    "documents": [
        {"name": "Beslut.pdf", "mediaType": "application/pdf", "size": 12, "sha256": "0" * 64},
    ],
}


def test_a_record_is_read_as_it_was_carried_over() -> None:
    """Every field arrives, none is invented."""
    record = read_record(json.dumps(RECORD).encode())
    assert (record.title, record.part_of, record.date) == ("Beslut om bygglov", "a3v9q2m7x1c5b8n4", "2021-05")
    document = PublicDocument(name="Beslut.pdf", media_type="application/pdf", size=12, sha256="0" * 64)
    assert record.documents == (document,)
    assert record.archival_creator == ArchivalCreator(name="Exempelnämnden", identifier="ORG:2120009994")
    assert [(each.code, each.title) for each in record.classification][1] == ("3.1.2", "Bygglov")
    assert record.reference is None


@pytest.mark.parametrize(
    "change",
    [
        {"restrictions": []},
        {"id": "EXN 2021/17"},
        {"level": "hidden"},
        {"level": "on-request"},
        {"dateTo": "2021-06", "date": None},
        {"ark": "EXN 2021/17"},
        {"archivalCreator": {"name": "Exempelnämnden", "contact": "x"}},
        {"documents": [{"name": "x", "mediaType": "application/pdf", "size": 1, "sha256": "0" * 64, "path": "y"}]},
    ],
    ids=[
        "unknown field",
        "telling id",
        "hidden level",
        "stub with documents",
        "end without beginning",
        "telling ark",
        "unknown in creator",
        "unknown in document",
    ],
)
def test_what_the_contract_does_not_allow_is_refused(change: dict[str, Any]) -> None:
    """A field that nobody decided to show, or a level that must never cross, shows nothing at all."""
    with pytest.raises(RecordRefused):
        read_record(json.dumps(RECORD | change).encode())


def test_what_is_no_json_is_refused() -> None:
    """Damaged bytes are refused, not guessed at."""
    with pytest.raises(RecordRefused):
        read_record(b'{"id": ')
