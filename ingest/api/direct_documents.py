"""What goes over the wire about direct uploads, as OpenAPI describes it."""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.application.direct_uploads import Standing
from ingest.domain.uploads import MOST_DIRECT, Upload, part_bytes, parts_of

MOST_NAMED: Final = 100
_MOST_NAME: Final = 1024


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewDirectUpload(_Document):
    """What is going to be uploaded."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"length": 20, "name": "arende.zip"}]})

    length: int = Field(strict=True, ge=1, le=MOST_DIRECT, description="How many bytes there will be in all.")
    name: str = Field(default="", max_length=_MOST_NAME, description="What a package is called (`….zip`).")


class Completed(_Document):
    """What all parts are together."""

    sha256: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 of the whole, in lower-case hexadecimal.",
        examples=["447750f9fcf8f825f6acd3b1ef208baf37bc03eeabecc7d22d1a8374f3a2e0e2"],
    )


class MissingPart(_Document):
    """A part that has not come."""

    number: int = Field(examples=[1])
    size: int = Field(description="Exactly so many bytes.")
    url: str = Field(description="PUT it here. Whoever has this address can put the part: let it stand in no log.")


class DirectUpload(_Document):
    """An upload, and what of it is missing."""

    upload: str = Field(description="Its id.", examples=["1f0c7a4e-9a6f-4f0e-8a6e-2f7d8a0b6c11"])
    status: Literal["open", "proving", "finished"] = Field(
        description="`open`: parts may be put; `proving`: the archive reads them; `finished`: it can be delivered."
    )
    length: int | None = Field(default=None, description="How many bytes there are in all.")
    name: str | None = None
    expiresAt: str | None = Field(default=None, examples=["2026-12-06T10:00:00+00:00"])  # noqa: N815 - a name of the wire
    parts: int | None = Field(default=None, description="How many parts there are in all.")
    partSize: int | None = Field(default=None, description="Bytes of each part but the last.")  # noqa: N815 - a name of the wire
    missingParts: int | None = Field(default=None, description="How many parts have not come.")  # noqa: N815 - a name of the wire
    missing: list[MissingPart] = Field(default=[], description="The first of them, at most 100 at a time.")
    urlsExpireAt: str | None = Field(  # noqa: N815 - a name of the wire
        default=None, description="When the addresses end; ask again for new ones."
    )


def told(upload: Upload) -> dict[str, Any]:
    """Give what is told of an upload of which no part is missing, or nothing is asked."""
    return {
        "upload": upload.id,
        "status": "finished" if upload.is_finished else "open",
        "length": upload.length,
        "name": upload.name,
        "expiresAt": upload.expires_at.isoformat(),
        "parts": len(parts_of(upload.length)),
        "partSize": part_bytes(upload.length),
    }


def told_with_parts(standing: Standing) -> dict[str, Any]:
    """Give what is told of an upload, and the addresses of what is missing."""
    return {
        **told(standing.upload),
        "missingParts": len(standing.missing),
        "missing": [
            {"number": one.part.number, "size": one.part.size, "url": one.address} for one in standing.addressed
        ],
        "urlsExpireAt": standing.until.isoformat(),
    }
