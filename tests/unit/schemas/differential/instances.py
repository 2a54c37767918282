"""Documents that a schema allows, built from what it declares: as little as possible around, all of it in one place."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from xmlschema.validators import XsdAnyElement, XsdAttribute, XsdElement, XsdGroup

from tests.unit.schemas.differential.declared import Place, attributes, group, text
from tests.unit.schemas.differential.values import sample

FOREIGN = "{urn:foreign}element"
Leaf = XsdElement | XsdAnyElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A document and the way (child by child) to the element in it that is to be changed."""

    name: str
    root: etree._Element
    way: tuple[int, ...]

    def element(self, root: etree._Element) -> etree._Element:
        """The element to change, in a copy of the document."""
        for step in self.way:
            root = root[step]
        return root


def bases(place: Place) -> Iterator[Base]:
    """The smallest document with an element at a place, that with each child alone, and those with all there is."""
    content = group(place[-1])
    if content is None:
        yield _base("bare", place, (), _required(place[-1]))
        yield _base("full", place, (), attributes(place[-1]))
        return
    yield _base("bare", place, least(content, None), _required(place[-1]))
    for number in range(_alternatives(content)):
        yield _base(f"full {number + 1}", place, most(content, number), attributes(place[-1]))
    for leaf in content.iter_elements():
        name = str(leaf.local_name) if isinstance(leaf, XsdElement) else "anything"
        yield _base(f"only {name}", place, least(content, leaf), _required(place[-1]))


def least(content: XsdGroup, wanted: Leaf | None) -> tuple[Leaf, ...]:
    """The shortest content that a model allows, one that has the wanted declaration in it where one is given."""
    here = wanted is not None and any(leaf is wanted for leaf in content.iter_elements())
    if content.min_occurs == 0 and not here:
        return ()
    if content.model == "choice":
        having = [part for part in content if _has(part, wanted)] if here else list(content)
        return _least_of(having[0], wanted) if having else ()
    return tuple(leaf for part in content for leaf in _least_of(part, wanted))


def _least_of(part: Leaf | XsdGroup, wanted: Leaf | None) -> tuple[Leaf, ...]:
    if isinstance(part, XsdGroup):
        return least(part, wanted)
    return (part,) * max(part.min_occurs, int(part is wanted))


def _has(part: Leaf | XsdGroup, wanted: Leaf | None) -> bool:
    return part is wanted or (isinstance(part, XsdGroup) and any(leaf is wanted for leaf in part.iter_elements()))


def most(content: XsdGroup, number: int) -> tuple[Leaf, ...]:
    """The content that has everything once at least; of a choice, the alternative of this number."""
    parts = list(content)
    if content.model == "choice" and content.max_occurs is not None and content.max_occurs < len(parts):
        parts = [parts[number % len(parts)]]
    return tuple(leaf for part in parts for leaf in _most_of(part, number))


def _most_of(part: Leaf | XsdGroup, number: int) -> tuple[Leaf, ...]:
    if isinstance(part, XsdGroup):
        return most(part, number)
    return (part,) * max(part.min_occurs, 1)


def _alternatives(content: XsdGroup) -> int:
    inside = [_alternatives(part) for part in content if isinstance(part, XsdGroup)]
    return max([len(content) if content.model == "choice" else 1, *inside])


def _required(element: XsdElement) -> dict[str, XsdAttribute]:
    return {name: item for name, item in attributes(element).items() if item.use == "required"}


def _base(name: str, place: Place, inside: tuple[Leaf, ...], carried: dict[str, XsdAttribute]) -> Base:
    return _Building().base(name, place, inside, carried)


def smallest(element: XsdElement) -> etree._Element:
    """The smallest instance of a declaration."""
    return _Building().instance(element)


@dataclass(slots=True, kw_only=True)
class _Building:
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def base(self, name: str, place: Place, inside: tuple[Leaf, ...], carried: dict[str, XsdAttribute]) -> Base:
        if len(place) == 1:
            return Base(name=name, root=self.element(place[0], inside, carried), way=())
        below = self.base(name, place[1:], inside, carried)
        content = group(place[0])
        assert content is not None
        around = least(content, place[1])
        position = next(number for number, leaf in enumerate(around) if leaf is place[1])
        root = self.element(place[0], around, _required(place[0]))
        root.replace(root[position], below.root)
        return Base(name=name, root=root, way=(position, *below.way))

    def instance(self, element: XsdElement) -> etree._Element:
        content = group(element)
        inside = least(content, None) if content is not None else ()
        return self.element(element, inside, _required(element))

    def element(
        self, declared: XsdElement, inside: tuple[Leaf, ...], carried: dict[str, XsdAttribute]
    ) -> etree._Element:
        made = etree.Element(str(declared.name))
        for name, attribute in carried.items():
            made.set(name, self.value(attribute))
        for leaf in inside:
            made.append(self.instance(leaf) if isinstance(leaf, XsdElement) else etree.Element(FOREIGN))
        kind = text(declared)
        if kind is not None:
            made.text = sample(kind)
        return made

    def value(self, attribute: XsdAttribute) -> str:
        if attribute.fixed is not None:
            return str(attribute.fixed)
        return f"id{next(self.numbers)}" if attribute.type.is_key() else sample(attribute.type)
