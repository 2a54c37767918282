"""Compiled content schemas: XSD 1.0 and 1.1 by `xmlschema`, from the documents that the agreement keeps and no others.

Whoever judges what may be hostile calls this within bounds of time and memory (`ingest.adapters.content`).
"""

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from urllib.request import BaseHandler, OpenerDirector, Request

import xmlschema
from elementpath.exceptions import ElementPathError
from lxml import etree
from xmlschema.exceptions import XMLSchemaWarning
from xmlschema.loaders import LocationSchemaLoader
from xmlschema.validators.exceptions import XMLSchemaValidatorError

from ingest.domain.content_schemas import ContentSchema, SchemaFault, XsdVersion
from ingest.formats.content_documents import Documents, SchemaUnusable, address_of, read_documents, unusable
from ingest.formats.xml_words import line_of

FAULTS = (
    xmlschema.XMLSchemaException,
    ElementPathError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the library raises for content that it cannot cope with, its own faults among them (never MemoryError)."""

_CLASSES = {XsdVersion.V1_0: xmlschema.XMLSchema10, XsdVersion.V1_1: xmlschema.XMLSchema11}
_KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSchema:
    """A schema ready for use; `streams` tells whether a document may be judged without having all of it at hand."""

    schema: xmlschema.XMLSchemaBase
    streams: bool


def fault_of(schema: ContentSchema) -> SchemaFault | None:
    """Say why a schema cannot be used; None when it can."""
    try:
        compiled(schema)
    except SchemaUnusable as refused:
        return refused.fault
    return None


@lru_cache(maxsize=_KEPT)
def compiled(schema: ContentSchema) -> CompiledSchema:
    """Compile a schema; the last few are remembered.

    Raises:
        SchemaUnusable: it is no schema of that version, refers to what is not listed, or has no such root element.
    """
    documents = read_documents(schema)
    with warnings.catch_warnings():
        # The library warns of an assertion that can never hold; the schema means what it says.
        warnings.simplefilter("ignore", XMLSchemaWarning)
        made = _compiled(schema.version, documents)
    entry = schema.documents[0].name
    name = f"{{{schema.namespace}}}{schema.root}" if schema.namespace else schema.root
    if name not in made.maps.elements:
        sv, en = f"schemat har inget rotelement {name}", f"the schema has no root element {name}"
        raise unusable(entry, 0, sv, en)
    return CompiledSchema(schema=made, streams=not documents.need_whole)


def _compiled(version: XsdVersion, documents: Documents) -> xmlschema.XMLSchemaBase:
    opener = OpenerDirector()
    opener.add_handler(_ListedOnly(documents))
    try:
        return _CLASSES[version](
            address_of(0),
            allow="remote",  # that is: no file. What is remote, `opener` has no handler for but `_ListedOnly`.
            defuse="always",
            opener=opener,
            use_fallback=False,
            loader_class=LocationSchemaLoader,
        )
    except FAULTS as fault:
        raise _refusal(fault, documents) from fault


class _ListedOnly(BaseHandler):
    """Opens the schema's own documents; an opener with no other handler opens nothing else."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def earkiv_open(self, request: Request) -> io.BytesIO:
        """Give the document under an address of `content_documents.address_of`."""
        return io.BytesIO(self._documents.content(request.full_url))


def _refusal(fault: Exception, documents: Documents) -> SchemaUnusable:
    name, line, words = next(iter(documents.trees)), 0, str(fault) or type(fault).__name__
    if isinstance(fault, XMLSchemaValidatorError):
        words = str(fault.message)
        try:
            name = documents.name(fault.schema_url or "")
            line = _line(documents.trees[name], fault.path or "", fault)
        except KeyError:
            line = 0  # a fault in what the library itself ships has no place in the schema
    said = words.strip().splitlines()[0] if words.strip() else type(fault).__name__
    return unusable(name, line, f"schemat kan inte tolkas: {said}", f"the schema cannot be compiled: {said}")


def _line(tree: etree._Element, path: str, fault: XMLSchemaValidatorError) -> int:
    """Find the line of a schema component by the path that the library gives of it."""
    prefixes = {prefix: uri for prefix, uri in (fault.namespaces or {}).items() if prefix}
    try:
        found = tree.getroottree().xpath(path, namespaces=prefixes)
    except etree.XPathError:
        return 0
    match found:
        case [first, *_] if etree.iselement(first):
            return line_of(first)
        case _:
            return 0
