"""XML elements as plain values, for rules that look at single elements: one vocabulary at a time, no lxml outside.

Only elements of the vocabulary's own namespace are given; what lies inside a foreign element is not looked at.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from ingest.formats.xml import stream
from ingest.formats.xml_words import line_of, local_name, text_of

XSI_TYPE = "xsi:type"
_NONE: Mapping[str, str] = MappingProxyType({})
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of one vocabulary: local names, its line (from 1, 0 = not known), its text as delivered.

    `text` is that of an element with no other inside it, "" for a frame around others. `attributes` has those without
    namespace and `xsi:type`; `foreign` says whether elements of other vocabularies lie inside.
    """

    name: str
    line: int
    attributes: Mapping[str, str]
    text: str
    children: tuple["Element", ...]
    foreign: bool

    def named(self, name: str) -> Iterator["Element"]:
        """Give the children of that name, in order."""
        return (child for child in self.children if child.name == name)

    def first(self, *path: str) -> "Element | None":
        """Give the first element at the end of a path of names below this one, None when there is none."""
        here: Element | None = self
        for name in path:
            here = None if here is None else next(here.named(name), None)
        return here

    def words(self, *path: str) -> str:
        """Give the text of the first element at a path, without spaces around it; "" when there is none."""
        found = self.first(*path)
        return "" if found is None else found.text.strip()

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it at all: a text, an attribute, an element."""
        return bool(self.children or self.attributes or self.foreign or self.text.strip())

    def stated(self, name: str) -> str:
        """Give an attribute without spaces around it, "" when it is absent."""
        return self.attributes.get(name, "").strip()


class ElementStream:
    """One pass over a document of one vocabulary, by its schema if one is named (a short name of the catalogue).

    Gives each outermost element of the names in `whole`, with all of the vocabulary inside it, and its parent's
    name. `schema_valid` says something only when an iteration has ended.

    Raises (while iterating):
        XmlRefused: the document is not well-formed or breaks the parser's bounds; all before that has come.
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path, *, namespace: str, whole: Collection[str], schema: str | None) -> None:
        self._tag = f"{{{namespace}}}"
        self._whole = frozenset(self._tag + name for name in whole)
        self._events = stream(path, schema=schema, tags=self._whole)

    @property
    def schema_valid(self) -> bool:
        """Whether the document follows its schema, True without one."""
        return self._events.schema_valid

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        for _, element in self._events:
            parent = element.getparent()
            inside = any(above.tag in self._whole for above in element.iterancestors())
            if parent is not None and not inside:
                yield local_name(parent), _element(element, self._tag)


def _element(element: etree._Element, tag: str) -> Element:
    inside = tuple(element.iterchildren("*"))
    own = tuple(child for child in inside if str(child.tag).startswith(tag))
    return Element(
        name=local_name(element),
        line=line_of(element),
        attributes=_attributes(element),
        text="" if inside else text_of(element),
        children=tuple(_element(child, tag) for child in own),
        foreign=len(own) < len(inside),
    )


def _attributes(element: etree._Element) -> Mapping[str, str]:
    if not element.attrib:
        return _NONE
    found = {str(name): str(value) for name, value in element.attrib.items()}
    kind = found.pop(_XSI + "type", None)
    plain = {name: value for name, value in found.items() if not name.startswith("{")}
    return plain if kind is None else {**plain, XSI_TYPE: kind.rpartition(":")[2]}
