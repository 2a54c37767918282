"""Request bodies that are read as streams of bytes, with care for their size, as OpenAPI describes them."""

from typing import Any, Final

from pydantic import BaseModel

from ingest.api.agreement_documents import ChangedTerms, NewTerms
from ingest.api.direct_documents import Completed, NewDirectUpload
from ingest.api.held_documents import HeldDecision
from ingest.api.webhook_documents import NewWebhook, Replay

_PLACE: Final = "#/components/schemas/{model}"
_DESCRIBED: Final = (NewTerms, ChangedTerms, NewDirectUpload, Completed, HeldDecision, NewWebhook, Replay)


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Describe a body that has to come."""
    return {"requestBody": {"required": True, **_content(model)}}


def optional_body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Describe a body that may be left out."""
    return {"requestBody": {"required": False, **_content(model)}}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    schema = {"$ref": _PLACE.format(model=model.__name__)}
    return {"description": model.__doc__, "content": {"application/json": {"schema": schema}}}


def body_schemas() -> dict[str, Any]:
    """Give the schemas of these bodies, which FastAPI does not know of."""
    described: dict[str, Any] = {}
    for model in _DESCRIBED:
        schema = model.model_json_schema(ref_template=_PLACE)
        described |= {**schema.pop("$defs", {}), model.__name__: schema}
    return described
