"""The OpenAPI document: what FastAPI knows of the routes, and the published schema of a pushed case with it."""

import json
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ingest.api.described_bodies import body_schemas
from ingest.api.documents import PROBLEM, ProblemDocument
from ingest.api.shown_examples import show_examples
from ingest.formats.case_push_schema import SCHEMA

CASE: Final = "CaseDelivery"
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_CONTAINERS: Final = ("application/zip", "application/x-tar", "application/gzip", "application/zstd")
CASE_OR_PACKAGE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A case as JSON, with its documents inside it or as parts beside it; or a package (ZIP, TAR).",
        "content": {
            "application/json": {"schema": {"$ref": f"#/components/schemas/{CASE}"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "`case` and a part for each document that names one; or `package` and `note`.",
                    "properties": {
                        "case": {"$ref": f"#/components/schemas/{CASE}"},
                        "package": {"type": "string", "format": "binary"},
                        "note": {"type": "string", "description": "The delivery note (JSON) beside a package."},
                    },
                    "additionalProperties": {"type": "string", "format": "binary"},
                },
                "encoding": {"case": {"contentType": "application/json"}},
            },
            **dict.fromkeys(_CONTAINERS, _BINARY),
        },
    },
    "parameters": [
        {
            "name": "Repr-Digest",
            "in": "header",
            "description": "What the body must be (RFC 9530), so that nothing changes on the way.",
            "schema": {"type": "string"},
            "example": "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:",
        }
    ],
}


def describe(app: FastAPI) -> None:
    """Let the application publish the whole description at `/openapi.json`."""

    @lru_cache(maxsize=1)
    def described() -> dict[str, Any]:
        document = get_openapi(
            title="earkiv",
            version=version("earkiv"),
            summary="E-arkivets inlämning: ärenden och paket in, kvitton ut.",
            description="Docs: docs/how-to/producer.md and docs/reference/rest-api.md.",
            routes=app.routes,
        )
        _without_frameworks_own(document)
        document["components"]["schemas"].update(_problem_schemas() | body_schemas() | _case_schemas())
        show_examples(document)
        return document

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


def _without_frameworks_own(document: dict[str, Any]) -> None:
    """Take out the answer that FastAPI would give to a parameter that does not fit; ours is a problem, 400."""
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    for operations in document["paths"].values():
        for operation in operations.values():
            if "HTTPValidationError" in json.dumps(operation["responses"].get("422", {})):
                del operation["responses"]["422"]


def _problem_schemas() -> dict[str, Any]:
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), PROBLEM: schema}


def _case_schemas() -> dict[str, Any]:
    """Give the published schema in the shape of OpenAPI's components; over the API no document has a `path`."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = schema.pop("$defs")
    for name in ("$schema", "$id"):
        schema.pop(name)
    document = parts["document"]
    del document["properties"]["path"]
    document["oneOf"] = [choice for choice in document["oneOf"] if choice != {"required": ["path"]}]
    named = {CASE: {**schema, "title": CASE}, **{f"{CASE}_{name}": part for name, part in parts.items()}}
    for one in named.values():
        _one_class(one)
    moved: dict[str, Any] = json.loads(json.dumps(named).replace("#/$defs/", f"#/components/schemas/{CASE}_"))
    return moved


def _one_class(schema: dict[str, Any]) -> None:
    """Say the same of an object's choices in a way that generators of clients make one class with all fields of."""
    for choice in ("anyOf", "oneOf"):
        if "properties" in schema and choice in schema:
            schema["allOf"] = [*schema.get("allOf", ()), {choice: schema.pop(choice)}]
