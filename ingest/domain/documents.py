"""Documents: the files of a record, as its description names them."""

from dataclasses import dataclass

from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document (bilaga) that a record names.

    `link` is what the description wrote; `path` is the delivered file it was resolved to, None when no single file
    answers to it. `line` is the place in the description, 0 when unknown. `size` is in bytes.
    """

    name: str
    link: str
    path: PackagePath | None = None
    line: int = 0
    description: str | None = None
    size: int | None = None
    mime_type: str | None = None
    character_set: str | None = None
    digest: DeclaredDigest | None = None
    file_format: str | None = None
    original_file_format: str | None = None
    schema_uri: str | None = None
    e_signature: bool | None = None
    preserve: bool | None = None
    disposable: bool | None = None
    version: str | None = None
    variant: str | None = None
