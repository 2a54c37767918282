"""Every small way to change an XML document, made one at a time and systematically."""

import copy
from collections.abc import Iterator
from typing import Final

from lxml import etree

PROBES: Final = ("", "otillåtet", "1", "-1", "7", "true", "2021-04", "2021-04-01", "2021-13-45T25:61:61")
"""Values of which each built-in type of the schemas takes some and refuses others."""

Mutant = tuple[str, bytes]


def mutants(document: bytes) -> Iterator[Mutant]:
    """Give each change of each element and attribute with its name, in document order."""
    tree = etree.ElementTree(etree.fromstring(document))
    for element in tree.getroot().iter("*"):
        place = tree.getpath(element)
        for change in (_structure(element), _content(element), _attributes(element)):
            for name in change:
                yield f"{place} {name}", etree.tostring(tree)


def _structure(element: etree._Element) -> Iterator[str]:
    parent, following = element.getparent(), element.getnext()
    if parent is None:
        return
    place = parent.index(element)
    twin = copy.deepcopy(element)
    parent.insert(place, twin)
    yield "duplicated"
    parent.remove(twin)
    if following is not None:
        following.addnext(element)
        yield "after its follower"
        parent.insert(place, element)
        parent.append(element)
        yield "last"
        parent.insert(place, element)
    parent.remove(element)
    yield "dropped"
    parent.insert(place, element)


def _content(element: etree._Element) -> Iterator[str]:
    tag, text = element.tag, element.text
    for name in (f"{{{etree.QName(element).namespace}}}okand", "{urn:annan}okand", "okand"):
        element.tag = name
        yield f"renamed {name}"
        element.tag = tag
        child = etree.SubElement(element, name)
        yield f"with a child {name}"
        element.remove(child)
    for probe in ("otillåtet",) if len(element) else (*PROBES, f" {text or ''} "):
        element.text = probe
        yield f"text {probe!r}"
    element.text = text


def _attributes(element: etree._Element) -> Iterator[str]:
    for name in (*element.attrib, "okand", "{urn:annan}okand", "{ExtensionMETS}OAISTYPE"):
        before = element.get(str(name))
        if before is not None:
            del element.attrib[str(name)]
            yield f"@{name!s} dropped"
        for probe in (*PROBES, f" {before or ''}  "):
            element.set(str(name), probe)
            yield f"@{name!s} {probe!r}"
        del element.attrib[str(name)]
        if before is not None:
            element.set(str(name), before)
