"""What a vocabulary demands of single elements, as a table: rule id, element, and what breaks it.

A demand looks at one element in its place and nothing else. What lies between elements (references, doubles)
is for rules of their own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.xml_elements import Element

Broken = Callable[["Seen"], str | None]
"""Gives what was found in place of what is demanded ("" for nothing to quote), None when the demand is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An element in its place: the names above it from the nearest out, and what a person calls the unit it is in."""

    element: Element
    above: tuple[str, ...]
    unit: str
    source: PackagePath

    @property
    def parent(self) -> str:
        """The name of the element around it."""
        return self.above[0] if self.above else ""

    def violation(self, rule: str, detail: str = "") -> Violation:
        """Tell a breach at this element's line, with the unit it belongs to."""
        location = Location(file=self.source, line=self.element.line, value=self.unit)
        return Violation(rule=rule, location=location, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A rule on every element of one name; `within` are the parents it holds under, none = all."""

    rule: str
    element: str
    broken: Broken
    within: frozenset[str] = frozenset()


Demands = Mapping[str, tuple[Demand, ...]]


def by_element(demands: Iterable[Demand]) -> Demands:
    """Arrange demands by the name of the element they look at."""
    arranged: dict[str, list[Demand]] = defaultdict(list)
    for demand in demands:
        arranged[demand.element].append(demand)
    return {name: tuple(found) for name, found in arranged.items()}


def breaches_of(demands: Demands, seen: Seen, kind: str | None = None) -> Iterator[Violation]:
    """Put one element to the demands on elements of its name, or on those of the `kind` it is one of."""
    for demand in demands.get(seen.element.name if kind is None else kind, ()):
        if demand.within and seen.parent not in demand.within:
            continue
        found = demand.broken(seen)
        if found is not None:
            yield seen.violation(demand.rule, found)


def walk(top: Seen, unit_of: Callable[[Element], str | None]) -> Iterator[Seen]:
    """Give an element and all below it, outermost first; `unit_of` names the elements that are units themselves."""
    pending = [top]
    while pending:
        seen = pending.pop()
        yield seen
        above = (seen.element.name, *seen.above)
        pending.extend(
            Seen(element=child, above=above, unit=unit_of(child) or seen.unit, source=seen.source)
            for child in reversed(seen.element.children)
        )


# ---------------------------------------------------------------------------------------- what breaks a demand


def no_attribute(name: str) -> Broken:
    """The attribute is absent or empty."""
    return lambda seen: None if seen.element.stated(name) else f"@{name}"


def no_child(*names: str) -> Broken:
    """None of the child elements is there, or those that are say nothing at all."""

    def broken(seen: Seen) -> str | None:
        children = (child for child in seen.element.children if child.name in names)
        return None if any(child.says_something for child in children) else "|".join(names)

    return broken


def no_text(seen: Seen) -> str | None:
    """The element is empty."""
    return None if seen.element.text.strip() else f"<{seen.element.name}>"


def foreign_term(attribute: str, terms: Callable[[], frozenset[str]]) -> Broken:
    """The attribute has a value that its vocabulary has not; absent, it breaks nothing."""

    def broken(seen: Seen) -> str | None:
        value = seen.element.attributes.get(attribute)
        return None if value is None or value in terms() else f"@{attribute}={value!r}"

    return broken


def no_term(attribute: str, terms: Callable[[], frozenset[str]]) -> Broken:
    """The attribute is absent, empty, or outside its vocabulary."""
    absent, foreign = no_attribute(attribute), foreign_term(attribute, terms)

    def broken(seen: Seen) -> str | None:
        found = absent(seen)
        return foreign(seen) if found is None else found

    return broken


def unexplained(attribute: str, value: str, companion: str) -> Broken:
    """The attribute has the value that means "something else", and its companion does not say what."""
    absent = no_attribute(companion)
    return lambda seen: absent(seen) if seen.element.stated(attribute) == value else None
