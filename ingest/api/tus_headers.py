"""The headers of the tus protocol, as OpenAPI describes them."""

from typing import Any, Final


def _header(name: str, description: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": description, "required": required, "schema": schema}


_NUMBER: Final = {"type": "integer", "minimum": 0, "maximum": 1 << 50}
_VERSION: Final = _header(
    "Tus-Resumable", "The version of the protocol.", {"type": "string", "enum": ["1.0.0"]}, required=True
)
_CHECKSUM: Final = _header(
    "Upload-Checksum",
    "What the bytes of this request must be: algorithm and Base64.",
    {"type": "string"},
    required=False,
)
_BYTES: Final = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}

SPOKEN: Final[dict[str, Any]] = {"parameters": [_VERSION]}
CREATION: Final[dict[str, Any]] = {
    "parameters": [
        _VERSION,
        _header("Upload-Length", "How many bytes there will be in all.", _NUMBER, required=True),
        _header(
            "Upload-Metadata", "Pairs of a name and a value in Base64; `filename`.", {"type": "string"}, required=False
        ),
        _CHECKSUM,
    ],
    "requestBody": {"required": False, "description": "The first bytes.", "content": _BYTES},
}
APPENDING: Final[dict[str, Any]] = {
    "parameters": [
        _VERSION,
        _header("Upload-Offset", "How many bytes the archive has.", _NUMBER, required=True),
        _CHECKSUM,
    ],
    "requestBody": {"required": True, "description": "The bytes that follow.", "content": _BYTES},
}
