"""The examples of the OpenAPI document: whole, as the API has answered, one file each in `ingest/api/examples`."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "examples"
_CASES: Final = {
    "application/json": ("smallest-case", "whole-case"),
    "multipart/form-data": ("case-with-parts",),
}
_UPLOADED: Final = {"application/offset+octet-stream": ("uploaded-bytes",)}

BODIES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "deliver": _CASES,
    "validate": _CASES,
    "decide_held_delivery": {"application/json": ("held-decision-accept", "held-decision-ask")},
    "create_upload": _UPLOADED,
    "append_to_upload": _UPLOADED,
    "create_direct_upload": {"application/json": ("new-direct-upload",)},
    "complete_direct_upload": {"application/json": ("completion",)},
    "correct_package": {"application/json": ("correction",)},
    "create_agreement": {"application/json": ("new-agreement",)},
    "create_agreement_version": {"application/json": ("changed-agreement",)},
    "create_webhook": {"application/json": ("new-webhook",)},
    "replay_webhook": {"application/json": ("replay",)},
}
"""By operation and media type, the bodies that are shown; what is no text (ZIP, TAR) is not."""

ANSWERS: Final[Mapping[str, Mapping[int, tuple[str, ...]]]] = {
    "get_liveness": {200: ("liveness",)},
    "get_readiness": {200: ("readiness",), 503: ("unready",)},
    "get_metrics": {200: ("metrics",)},
    "get_signing_keys": {200: ("signing-keys",)},
    "deliver": {202: ("delivery-received",), 200: ("delivery-archived",)},
    "get_delivery": {200: ("delivery-archived", "delivery-held", "delivery-asked")},
    "get_delivery_events": {200: ("events", "event-stream")},
    "get_receipt": {200: ("receipt", "held-note"), 404: ("problem-404-not-decided", "problem-404")},
    "decide_held_delivery": {200: ("delivery-decided", "delivery-asked"), 409: ("problem-409-not-held",)},
    "create_upload": {412: ("problem-412-tus-version",)},
    "get_upload_progress": {412: ("problem-412-tus-version",)},
    "append_to_upload": {409: ("problem-409-upload-offset",), 412: ("problem-412-tus-version",)},
    "delete_upload": {412: ("problem-412-tus-version",)},
    "create_direct_upload": {201: ("direct-upload",)},
    "get_direct_upload": {200: ("direct-upload", "direct-upload-finished")},
    "complete_direct_upload": {
        200: ("direct-upload-finished",),
        202: ("direct-upload-proving",),
        409: ("problem-409-parts-missing",),
    },
    "validate": {200: ("dry-run",)},
    "get_package": {200: ("package",)},
    "get_package_timeline": {200: ("timeline",)},
    "list_package_files": {200: ("package-files",)},
    "correct_package": {
        202: ("correction-begun",),
        200: ("correction-repeated",),
        409: ("problem-409-in-other-hands",),
    },
    "list_agreements": {200: ("agreements",)},
    "create_agreement": {
        201: ("agreement-version-1",),
        200: ("agreement-version-1",),
        409: ("problem-409-agreement-exists",),
        422: ("problem-422-agreement-unusable",),
    },
    "get_agreement": {200: ("agreement-version-2",)},
    "list_agreement_versions": {200: ("agreement-versions",)},
    "create_agreement_version": {
        201: ("agreement-version-2",),
        200: ("agreement-version-2",),
        422: ("problem-422-agreement-unusable",),
    },
    "get_agreement_version": {200: ("agreement-version-1",)},
    "compare_agreement_versions": {200: ("agreement-changes",)},
    "list_webhooks": {200: ("webhooks",)},
    "create_webhook": {
        201: ("webhook-with-secret",),
        409: ("problem-409-too-many-webhooks",),
        422: ("problem-422-webhook-receiver",),
    },
    "get_webhook": {200: ("webhook",)},
    "renew_webhook_secret": {200: ("webhook-with-secret",)},
    "test_webhook": {202: ("webhook",)},
    "replay_webhook": {200: ("webhook",)},
}
"""By operation and status, the answers that are shown; problems that are not named here are those of their status."""

_PROBLEM: Final = "application/problem+json"
_TEXTS: Final = {
    "metrics": "text/plain",
    "event-stream": "text/event-stream",
    "uploaded-bytes": "application/offset+octet-stream",
}
_JSON: Final = ("application/json", "application/jwk-set+json", _PROBLEM)


def show_examples(document: dict[str, Any]) -> None:
    """Put every example into a described API, once, and name it wherever it belongs."""
    named: set[str] = set()
    for operation in _operations(document):
        name = operation["operationId"]
        for media_type, shown in BODIES.get(name, {}).items():
            named |= _show(operation["requestBody"]["content"][media_type], shown)
        for status, answer in operation["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                named |= _show(content, shown_answers(name, int(status), media_type))
    document["components"]["examples"] = {name: {"value": example(name)} for name in sorted(named)}


def shown_answers(operation: str, status: int, media_type: str) -> tuple[str, ...]:
    """Name what an operation shows of its answers with this status and media type."""
    shown = ANSWERS.get(operation, {}).get(status, ())
    if media_type == _PROBLEM and not shown:
        return (f"problem-{status}",)
    return tuple(
        name for name in shown if _TEXTS.get(name) == media_type or (name not in _TEXTS and media_type in _JSON)
    )


def example(name: str) -> Any:  # noqa: ANN401 - whatever JSON says
    """Give an example by its name: a JSON value, or a text."""
    if name in _TEXTS:
        return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _show(content: dict[str, Any], names: Iterable[str]) -> set[str]:
    if names:
        content["examples"] = {name: {"$ref": f"#/components/examples/{name}"} for name in names}
    return set(names)


def _operations(document: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple(operation for operations in document["paths"].values() for operation in operations.values())
