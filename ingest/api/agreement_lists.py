"""Agreements, their versions and what differs between two of them, as lists that go over the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ingest.domain.agreements import Standing


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Listed(_Document):
    """An agreement's newest version, in short."""

    id: str
    version: int
    standing: Standing
    title: str


class Agreements(_Document):
    """The agreements that the key may be told."""

    agreements: list[Listed]


class Version(_Document):
    """A version: when it was made, by whom and why."""

    version: int
    standing: Standing
    at: str
    by: str | None
    reason: str | None


class Versions(_Document):
    """Every version of an agreement, oldest first."""

    id: str
    versions: list[Version]


class Change(_Document):
    """A term that differs."""

    field: str = Field(examples=["max_files"])
    before: Any
    after: Any


class Changes(_Document):
    """The terms in which two versions differ."""

    id: str
    from_: int = Field(alias="from")
    to: int
    changes: list[Change]
