"""Content schemas (innehållsscheman): XML schemas that an agreement registers for the XML of its deliveries.

A schema is kept with the agreement, documents and all, so that whoever holds the journal can judge again. It is found
by what a document is, never by what the document says of its own schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from ingest.domain.paths import PackagePath


class XsdVersion(StrEnum):
    """The version of the W3C's XML Schema language; assertions belong to 1.1."""

    V1_0 = "1.0"
    V1_1 = "1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaDocument:
    """A schema document by its name relative to the agreement; its bytes are the UTF-8 of `text`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSchema:
    """A schema and the XML it is registered for: documents whose root element is `{namespace}root`.

    `path`, when it is not empty, narrows that to files whose path matches it: `*` stands for any characters, `/` among
    them, and `?` for one. The first of `documents` is the entry; it may include and import the others and nothing else.
    """

    root: str
    namespace: str = ""
    path: str = ""
    version: XsdVersion = XsdVersion.V1_0
    documents: tuple[SchemaDocument, ...]

    def is_for(self, namespace: str, root: str, path: PackagePath) -> bool:
        """Whether a file with that root element at that path is to follow this schema."""
        named = (namespace, root) == (self.namespace, self.root)
        return named and (not self.path or fnmatchcase(path, self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFault:
    """Why a schema cannot be used: the document, the line in it (0 = not known), the reason in both languages."""

    document: str
    line: int
    sv: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRequest:
    """A staged file that is to follow a schema: its key, and the path it was delivered under."""

    key: str
    path: PackagePath
    schema: ContentSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFault:
    """A place where a document does not follow its schema; `line` and `xpath` as in `findings.Location`."""

    line: int
    xpath: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCheck:
    """What came of holding a file against its schema: the first faults, and how many there are beyond them.

    `unfinished` says why the check could not be carried to its end within the archive's bounds, "" when it was.
    """

    path: PackagePath
    faults: tuple[ContentFault, ...] = ()
    more: int = 0
    unfinished: str = ""


def schemas_for(
    schemas: Iterable[ContentSchema], namespace: str, root: str, path: PackagePath
) -> tuple[ContentSchema, ...]:
    """Give every schema that a file is to follow; () for one that no schema is registered for."""
    return tuple(schema for schema in schemas if schema.is_for(namespace, root, path))
