"""The published schema of a case delivery: complete, and in step with ERMS and the case model."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import schemas
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Party, Restriction
from ingest.domain.documents import Document
from ingest.domain.submissions import RecordStatus
from ingest.formats.case_push_schema import SCHEMA

DEFINED: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
REPOSITORY = Path(__file__).resolve().parents[3]
VOCABULARIES = (Path(schemas.__file__).parent / "erms" / "vocabularies.xsd").read_text(encoding="utf-8")
# Fields of the model that stand under another name, or are found out by the reader.
RENAMED = {
    "system_id": "systemIdentifier",
    "unit": "unitName",
    "other_dates": "dates",
    "digest": "sha256",
    "link": "path",
}
FOUND_OUT = frozenset({"line"})


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(DEFINED)


def test_the_example_of_the_reference_page_follows_it() -> None:
    page = (REPOSITORY / "docs" / "reference" / "case-push.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    Draft202012Validator(DEFINED).validate(json.loads(example))


def test_every_object_is_closed_and_every_field_described() -> None:
    for name, definition in {"": DEFINED, **DEFINED["$defs"]}.items():
        if "properties" not in definition:
            continue
        assert definition["additionalProperties"] is False, name
        for field, told in definition["properties"].items():
            referred = DEFINED["$defs"].get(told.get("$ref", "").rpartition("/")[2], {})
            assert told.get("description") or referred.get("description"), f"{name}.{field}"


@pytest.mark.parametrize(
    ("definition", "model"),
    [
        ("case", Case),
        ("record", Record),
        ("document", Document),
        ("party", Party),
        ("restriction", Restriction),
    ],
)
def test_every_field_of_the_model_has_one(definition: str, model: type) -> None:
    known = DEFINED["$defs"][definition]["properties"]
    for field in fields(model):
        if field.name in FOUND_OUT:
            continue
        head, *rest = field.name.split("_")
        assert RENAMED.get(field.name, head + "".join(map(str.title, rest))) in known


@pytest.mark.parametrize(
    ("definition", "field", "vocabulary"),
    [
        ("case", "aggregationType", "AggregationKind"),
        ("record", "physicalOrDigital", "RecordCarrier"),
        ("party", "type", "AgentTerm"),
        ("addressLine", "type", "AddressTerm"),
        ("contactLine", "type", "ContactTerm"),
        ("restriction", "type", "RestrictionTerm"),
        ("relation", "type", "RelationTerm"),
        ("typedDate", "type", "DateTerm"),
        ("disposalDate", "type", "DisposalDateTerm"),
    ],
)
def test_vocabularies_are_those_of_erms(definition: str, field: str, vocabulary: str) -> None:
    assert DEFINED["$defs"][definition]["properties"][field]["enum"] == erms(vocabulary)


def test_status_direction_and_kind_of_delivery() -> None:
    assert DEFINED["$defs"]["status"]["enum"] == erms("StatusTerm")
    direction = DEFINED["$defs"]["record"]["properties"]["direction"]["enum"]
    assert direction == ["internal", *erms("DirectionTerm")]
    assert DEFINED["properties"]["recordStatus"]["enum"] == [status.value for status in RecordStatus]


def erms(vocabulary: str) -> list[str]:
    found = re.search(f'name="{vocabulary}">(.*?)</xs:simpleType>', VOCABULARIES, re.DOTALL)
    assert found
    return re.findall(r'enumeration value="([^"]+)"', found[1])
