"""Write XML that is the same for the same content, readable by a person, and streams in flat memory.

UTF-8 with a declaration, the prefixes the caller gives, attributes in the order given, two spaces of
indentation, a line feed at the end; no time or chance of its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO, Protocol

from lxml import etree

_NOTHING: Mapping[str, str] = {}


class _XmlFile(Protocol):
    """What `lxml.etree.xmlfile` gives and its stubs do not describe."""

    def write_declaration(self) -> None: ...
    def element(
        self, tag: str, attrib: Mapping[str, str], nsmap: Mapping[str, str] | None = None
    ) -> AbstractContextManager[object]: ...
    def write(self, *content: str | etree._Element, with_tail: bool = True) -> None: ...


class XmlWriter:
    """An open element of a document being written; tags and attribute names are `{namespace}name` or `name`.

    Raises (all methods):
        ValueError: a text or a value holds a character that XML cannot carry.
        OSError: the sink cannot be written.
    """

    def __init__(self, xml: _XmlFile, depth: int) -> None:
        self._xml = xml
        self._depth = depth

    def leaf(self, tag: str, attributes: Mapping[str, str] = _NOTHING, text: str = "") -> None:
        """Write an element that holds a text or nothing."""
        self._indent(self._depth)
        with self._xml.element(tag, attributes):
            if text:
                self._xml.write(text)

    @contextmanager
    def element(self, tag: str, attributes: Mapping[str, str] = _NOTHING) -> Iterator["XmlWriter"]:
        """Write an element around what the block writes with the writer given."""
        self._indent(self._depth)
        with self._xml.element(tag, attributes):
            yield XmlWriter(self._xml, self._depth + 1)
            self._indent(self._depth)

    def subtree(self, element: etree._Element) -> None:
        """Write a ready-made element as it stands, without its tail."""
        self._indent(self._depth)
        self._xml.write(element, with_tail=False)

    def _indent(self, depth: int) -> None:
        self._xml.write("\n" + "  " * depth)


@contextmanager
def write_xml(
    sink: BinaryIO, root: str, *, namespaces: Mapping[str, str], attributes: Mapping[str, str] = _NOTHING
) -> Iterator[XmlWriter]:
    """Write a document with this root element; `namespaces` maps the prefixes it declares to their URIs.

    Nothing is written before the block begins; the document is complete when it has ended without an error.
    The sink stays open.
    """
    opened: AbstractContextManager[_XmlFile] = etree.xmlfile(sink, encoding="UTF-8")
    with opened as xml:
        xml.write_declaration()
        with xml.element(root, attributes, nsmap=dict(namespaces)):
            yield XmlWriter(xml, 1)
            xml.write("\n")
    sink.write(b"\n")
