"""What is answered to a request: a closed union of values, made XML by `writing.py` alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from access.reuse.oai.errors import OaiError
from access.reuse.oai.formats import MetadataFormat
from schemas.public_index import OaiSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A record's header."""

    identifier: str
    datestamp: datetime
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What remains of a withdrawn record: its header, for ever (OAI-PMH 2.0 §2.5.1)."""

    header: Header
    deleted: Literal[True] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """A listed record; `metadata` is its form as XML without a declaration, None where only headers are asked for."""

    header: Header
    metadata: Markup | None
    deleted: Literal[False] = False


Record = Tombstone | Living


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """How a list goes on; `token` is "" on the last page of a list that had several."""

    token: str
    expires: datetime | None
    size: int
    cursor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the repository is; `sample` is an identifier as it gives them."""

    earliest: datetime
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The formats asked for; never empty."""

    formats: tuple[MetadataFormat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """All sets; never empty."""

    sets: tuple[OaiSet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRecord:
    """The record asked for."""

    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """A page of headers; never empty. `resumption` is None where the list has one page."""

    records: tuple[Record, ...]
    resumption: Resumption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A page of records; never empty. `resumption` is None where the list has one page."""

    records: tuple[Record, ...]
    resumption: Resumption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """What is wrong; at least one."""

    errors: tuple[OaiError, ...]


Answer = Identity | Formats | Sets | OneRecord | Identifiers | Records | Errors
