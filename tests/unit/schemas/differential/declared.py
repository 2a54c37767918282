"""What a schema declares, read from the schema itself: every place an element can stand, and what it may hold there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import xmlschema
from xmlschema.validators import XsdAttribute, XsdComplexType, XsdElement, XsdGroup, XsdSimpleType

XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
"""Left out: a wrong value is stopped by the XML parser, before any schema."""

Place = tuple[XsdElement, ...]
"""The declarations from the document element down to one element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A schema, opened for reading, and the namespaces of it that are compared."""

    schema: xmlschema.XMLSchema
    root: str
    namespaces: tuple[str, ...]

    def places(self) -> tuple[Place, ...]:
        """One place for each element in each type that holds it, the shortest way from the document element."""
        waiting: list[Place] = [(self.schema.maps.elements[self.root],)]
        seen: set[tuple[int, str]] = set()
        found: list[Place] = []
        while waiting:
            place = waiting.pop(0)
            found.append(place)
            for child in children(place[-1]):
                key = (id(place[-1].type), str(child.name))
                if key not in seen:
                    seen.add(key)
                    waiting.append((*place, child))
        return tuple(found)

    def documents(self) -> tuple[XsdElement, ...]:
        """The elements that the schema allows as a document, sorted by name."""
        elements = self.schema.maps.elements
        return tuple(elements[name] for name in sorted(elements) if self._compared(name))

    def attributes(self) -> tuple[XsdAttribute, ...]:
        """The attributes that may stand wherever foreign ones may, sorted by name."""
        attributes = self.schema.maps.attributes
        return tuple(attributes[name] for name in sorted(attributes) if self._compared(name) and name != XML_ID)

    def _compared(self, name: str) -> bool:
        return (name[1:].split("}", maxsplit=1)[0] if name.startswith("{") else "") in self.namespaces


def group(element: XsdElement) -> XsdGroup | None:
    """The content model of an element; none when it holds text alone."""
    kind = element.type
    content = kind.content if isinstance(kind, XsdComplexType) else None
    return content if isinstance(content, XsdGroup) else None


def text(element: XsdElement) -> XsdSimpleType | None:
    """The type of an element's text; none when it holds elements."""
    kind = element.type
    found = kind.content if isinstance(kind, XsdComplexType) else kind
    return found if isinstance(found, XsdSimpleType) else None


def children(element: XsdElement) -> Iterator[XsdElement]:
    """The declarations of what an element may hold, in the order of the schema."""
    content = group(element)
    if content is not None:
        yield from (child for child in content.iter_elements() if isinstance(child, XsdElement))


def attributes(element: XsdElement) -> dict[str, XsdAttribute]:
    """The attributes declared for an element, by name."""
    return {name: item for name, item in element.attributes.items() if name and isinstance(item, XsdAttribute)}


def open_to_others(element: XsdElement) -> bool:
    """Whether an element may carry attributes that another namespace declares."""
    return None in element.attributes
