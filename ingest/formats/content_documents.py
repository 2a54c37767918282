"""The documents of a content schema: each safe to read, and each reference between them led to one of them.

Nothing is ever fetched. Every location that a document names is replaced by the address of a listed document
(`address`), and a reference to anything else is a fault of the schema.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from ingest.domain.content_schemas import ContentSchema, SchemaDocument, SchemaFault
from ingest.formats.xml_bounds import GuardedParser, XmlRefused
from ingest.formats.xml_words import line_of, local_name, namespace_of

XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
SCHEME = "earkiv"
MAX_DOCUMENTS = 100
MAX_BYTES = 8 * 1024 * 1024
"""How many documents a schema may have, and how many bytes they may be together."""

_WIDE = ("assert", "key", "keyref", "unique")
_REFERRING = ("include", "import", "redefine", "override")
_BOM = "\ufeff"


class SchemaUnusable(ValueError):
    """A content schema that cannot be used, and why."""

    def __init__(self, fault: SchemaFault) -> None:
        super().__init__(f"{fault.document}:{fault.line}: {fault.en}")
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """A schema's documents as trees by name, in the order listed, their references led to each other."""

    trees: Mapping[str, etree._Element]

    @property
    def need_whole(self) -> bool:
        """Whether a document must be at hand as a whole: an assertion or a key sees all that its element contains."""
        wide = [f"{{{XSD}}}{name}" for name in _WIDE]
        return any(next(tree.iter(*wide), None) is not None for tree in self.trees.values())

    def content(self, address: str) -> bytes:
        """Give the bytes under an address that `address_of` made; KeyError for any other."""
        return etree.tostring(self.trees[self.name(address)])

    def name(self, address: str) -> str:
        """Give the name of the document under an address; KeyError when it is none of theirs."""
        return {address_of(number): name for number, name in enumerate(self.trees)}[address]


def address_of(number: int) -> str:
    """Give the address of the document with that number, from 0; no protocol that fetches anything has it."""
    return f"{SCHEME}:///{number}.xsd"


def read_documents(schema: ContentSchema) -> Documents:
    """Read a schema's documents.

    Raises:
        SchemaUnusable: there are too many or too large ones, one is no acceptable XML or no schema, or one refers to
            something that is not among them.
    """
    _check_extent(schema)
    trees = {document.name: _tree(document) for document in schema.documents}
    for name, tree in trees.items():
        for reference in _references(tree):
            _lead(reference, name, trees)
    return Documents(trees=trees)


def unusable(document: str, line: int, sv: str, en: str) -> SchemaUnusable:
    """Say why a schema cannot be used."""
    return SchemaUnusable(SchemaFault(document=document, line=line, sv=sv, en=en))


def _check_extent(schema: ContentSchema) -> None:
    if not schema.documents:
        raise unusable("", 0, "inget schemadokument är angivet", "no schema document is given")
    entry = schema.documents[0].name
    if len({document.name for document in schema.documents}) < len(schema.documents):
        raise unusable(entry, 0, "samma dokument är angivet två gånger", "the same document is given twice")
    size = sum(len(document.text.encode("utf-8")) for document in schema.documents)
    if len(schema.documents) > MAX_DOCUMENTS or size > MAX_BYTES:
        sv = f"schemat har {len(schema.documents)} dokument på {size} byte; gränsen är {MAX_DOCUMENTS} och {MAX_BYTES}"
        en = f"the schema has {len(schema.documents)} documents of {size} bytes; the limit is {MAX_DOCUMENTS} and "
        raise unusable(entry, 0, sv, f"{en}{MAX_BYTES}")


def _tree(document: SchemaDocument) -> etree._Element:
    guarded = GuardedParser(schema=None)
    try:
        for events in guarded.read((document.text.removeprefix(_BOM).encode("utf-8"),)):
            for _ in events:
                pass
        root = guarded.root
    except XmlRefused as refused:
        sv = f"dokumentet är ingen godtagbar XML ({refused.code}: {refused.detail})"
        en = f"the document is no acceptable XML ({refused.code}: {refused.detail})"
        raise unusable(document.name, refused.line, sv, en) from refused
    if (namespace_of(root), local_name(root)) != (XSD, "schema"):
        sv, en = "dokumentet är inget XML-schema", "the document is no XML schema"
        raise unusable(document.name, line_of(root), sv, en)
    return root


def _references(tree: etree._Element) -> Iterator[etree._Element]:
    return (child for child in tree if namespace_of(child) == XSD and local_name(child) in _REFERRING)


def _lead(reference: etree._Element, name: str, trees: Mapping[str, etree._Element]) -> None:
    """Replace what a reference names by the address of the document it means."""
    location = reference.get("schemaLocation")
    meant = None if location is None else _resolved(location, name)
    if meant not in trees:
        meant = _imported(reference, trees)
    if meant is not None:
        reference.set("schemaLocation", address_of(list(trees).index(meant)))
    elif _is_built_in(reference):
        reference.attrib.pop("schemaLocation", "")
    else:
        asked = location or reference.get("namespace") or ""
        raise unusable(
            name,
            line_of(reference),
            f"{local_name(reference)} av {asked!r}, som inte är bland schemats dokument; inget hämtas någon annanstans",
            f"{local_name(reference)} of {asked!r}, which is not among the schema's documents; nothing is fetched "
            "from elsewhere",
        )


def _resolved(location: str, name: str) -> str:
    """Read a location as a name relative to the document that stands under `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(location.strip())))


def _imported(reference: etree._Element, trees: Mapping[str, etree._Element]) -> str | None:
    """Find the only listed document of an imported namespace: where it is said to lie is no more than a hint."""
    if local_name(reference) != "import":
        return None
    wanted = reference.get("namespace")
    found = [name for name, tree in trees.items() if wanted is not None and tree.get("targetNamespace") == wanted]
    return found[0] if len(found) == 1 else None


def _is_built_in(reference: etree._Element) -> bool:
    """Whether it is the import of the `xml:` attributes, which every processor knows."""
    return local_name(reference) == "import" and reference.get("namespace") == XML
