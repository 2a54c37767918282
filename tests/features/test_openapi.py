"""The OpenAPI document: its examples are what it describes, and a client that others' tools make of it works."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from ingest.api import texts, webhook_texts
from ingest.api.problems import ProblemType
from ingest.api.shown_examples import FOLDER, example
from ingest.domain.findings import Text
from tests.features.api_client import KEY, Client, served
from tests.patience import PATIENCE_SECONDS, wait_until

JSON: Final = ("application/json", "application/jwk-set+json", "application/problem+json")
SHOWN: Final = (*JSON, "multipart/form-data", "text/event-stream", "application/offset+octet-stream")
GENERATOR: Final = {
    # Bodies and answers that are no JSON are bytes to it.
    "content_type_overrides": dict.fromkeys(
        (
            "application/zip",
            "application/x-tar",
            "application/gzip",
            "application/zstd",
            "application/offset+octet-stream",
            "application/xml",
            "*/*",
        ),
        "application/octet-stream",
    ),
    "post_hooks": [],
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("archive") / "home") as client:
        yield client


@pytest.fixture(scope="module")
def described(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = client.http.get("/openapi.json").json()
    return document


def _operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    every = [operation for operations in document["paths"].values() for operation in operations.values()]
    return {operation["operationId"]: operation for operation in every}


def _contents(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give every body and answer: where it is, its media type, its schema and examples."""
    for name, operation in _operations(document).items():
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} body", media_type, content
        for status, answer in operation["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                yield f"{name} {status}", media_type, content


def _faults(schema: dict[str, Any], value: object, document: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator({**schema, "components": document["components"]})
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]


def test_every_operation_has_a_name_that_a_method_can_have(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for one in described["paths"].values() for operation in one.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+){0,3}", name)] == []


def test_every_body_and_every_answer_that_is_a_text_has_an_example(described: dict[str, Any]) -> None:
    without = [
        (place, media_type)
        for place, media_type, content in _contents(described)
        if media_type in SHOWN and not content.get("examples")
    ]
    assert without == []


def test_every_example_is_what_its_schema_says(described: dict[str, Any]) -> None:
    examples = described["components"]["examples"]
    wrong = {
        (place, name): faults
        for place, _, content in _contents(described)
        for name in content.get("examples", {})
        if (faults := _faults(content["schema"], examples[name]["value"], described))
    }
    assert wrong == {}


def test_an_example_that_is_wrong_would_be_seen(described: dict[str, Any]) -> None:
    right = example("delivery-received")
    schema = {"$ref": "#/components/schemas/Delivery"}
    assert _faults(schema, right, described) == []
    assert _faults(schema, {**right, "attempt": "1"}, described)
    assert _faults(schema, {name: value for name, value in right.items() if name != "id"}, described)


def test_every_file_with_an_example_is_shown(described: dict[str, Any]) -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(described["components"]["examples"])


def test_the_problems_that_are_shown_are_ours(described: dict[str, Any]) -> None:
    ours = {text.sv for module in (texts, webhook_texts) for text in vars(module).values() if isinstance(text, Text)}
    shown = {name: one["value"] for name, one in described["components"]["examples"].items() if "problem-" in name}
    assert {one["title"] for one in shown.values()} <= ours
    assert {one["type"].rpartition(":")[2] for one in shown.values()} <= set(ProblemType)
    assert [name for name, one in shown.items() if f"-{one['status']}" not in name] == []


def _generated(described: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the generator make its client, with no word of warning, where it can be imported as `producer_client`."""
    (folder / "openapi.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "generator.json").write_text(json.dumps(GENERATOR), encoding="utf-8")
    generator = [str(Path(sys.executable).parent / "openapi-python-client"), "generate", "--fail-on-warning"]
    options = ["--path", "openapi.json", "--config", "generator.json", "--meta", "none"]
    done = subprocess.run(
        [*generator, *options, "--output-path", "producer_client"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(str(folder))


def test_a_generated_client_pushes_a_case_waits_and_reads_the_receipt(
    client: Client, described: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _generated(described, tmp_path, monkeypatch)
    theirs: Any = importlib.import_module("producer_client")
    models: Any = importlib.import_module("producer_client.models")
    calls: Any = {
        name: importlib.import_module(f"producer_client.api.deliveries.{name}")
        for name in ("deliver", "get_delivery", "get_receipt")
    }
    case = models.CaseDelivery.from_dict(example("smallest-case"))
    with theirs.AuthenticatedClient(str(client.http.base_url), KEY, timeout=PATIENCE_SECONDS) as api:
        taken = calls["deliver"].sync(client=api, body=case)
        assert isinstance(taken, models.Delivery)
        assert isinstance(calls["get_receipt"].sync("none", client=api), models.Problem)
        told = calls["get_delivery"]
        wait_until(lambda: told.sync(taken.id, client=api).status == "archived", lambda: taken.id)
        receipt = calls["get_receipt"].sync(taken.id, client=api)
    assert isinstance(receipt, models.Receipt)
    assert (receipt.outcome, receipt.test) == ("accepted", False)
    assert receipt.to_dict().keys() == example("receipt").keys()
