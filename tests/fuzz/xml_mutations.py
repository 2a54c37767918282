"""Structured changes of an XML document: elements and attributes removed, repeated, renamed, given odd values."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Final, cast

from lxml import etree

from tests.fuzz.odd import ODD

_NAMES: Final = ("x", "å", "mets", "file", "name", "Arende", "aggregation", "{urn:x}y", "{http://www.loc.gov/METS/}div")
_ENCODINGS: Final = ("utf-8", "utf-8", "utf-8", "utf-16", "iso-8859-1", "us-ascii", "cp1252")
_DEEP: Final = 300
_MANY: Final = 600


def xml_mutated(octets: bytes, random: Random) -> bytes:
    """Change a document in one place; what is no XML at all is given back cut short."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return octets[: random.randint(0, len(octets))]
    elements = list(root.iter("*"))
    try:
        random.choice(_CHANGES)(random.choice(elements), random)
    except ValueError:  # A name that was only recovered, such as one with an undeclared prefix, cannot be written.
        return octets
    changed = etree.tostring(root.getroottree(), encoding=random.choice(_ENCODINGS), xml_declaration=True)
    return cast("bytes", changed)  # An encoding by name gives bytes; the stubs cannot tell it from "unicode".


def _remove(element: etree._Element, _: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, random: Random) -> None:
    for _ in range(random.choice((1, 1, 1, 2, 50))):
        if element.getparent() is not None:
            element.addnext(deepcopy(element))


def _swap(element: etree._Element, random: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(random.randrange(len(parent)), element)


def _move(element: etree._Element, random: Random) -> None:
    root = element.getroottree().getroot()
    target = random.choice(list(root.iter("*")))
    target.append(deepcopy(element))


def _rename(element: etree._Element, random: Random) -> None:
    local = etree.QName(element).localname
    element.tag = random.choice((*_NAMES, local, f"{{urn:annan}}{local}"))


def _drop_attribute(element: etree._Element, random: Random) -> None:
    if element.attrib:
        del element.attrib[random.choice(list(element.attrib))]


def _set_attribute(element: etree._Element, random: Random) -> None:
    if element.attrib:
        element.set(random.choice(list(element.attrib)), random.choice(ODD))


def _take_value(element: etree._Element, random: Random) -> None:
    """Give an attribute the value that another one somewhere has."""
    root = element.getroottree().getroot()
    values = [value for each in root.iter("*") for value in each.attrib.values()]
    if element.attrib and values:
        element.set(random.choice(list(element.attrib)), random.choice(values))


def _add_attribute(element: etree._Element, random: Random) -> None:
    element.set(random.choice(("x", "ID", "{urn:x}y", "{http://www.w3.org/1999/xlink}href")), random.choice(ODD))


def _set_text(element: etree._Element, random: Random) -> None:
    element.text = random.choice(ODD)


def _set_tail(element: etree._Element, random: Random) -> None:
    if element.getparent() is not None:
        element.tail = random.choice(ODD)


def _split_text(element: etree._Element, random: Random) -> None:
    """Put a comment, an instruction or an element between the letters of a text."""
    between = random.choice((etree.Comment("x"), etree.ProcessingInstruction("x", "y"), etree.Element("x")))
    text = element.text or ""
    element.text, between.tail = text[: len(text) // 2], text[len(text) // 2 :]
    element.insert(0, between)


def _empty(element: etree._Element, _: Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _deepen(element: etree._Element, random: Random) -> None:
    for _ in range(random.choice((1, 10, _DEEP))):
        element = etree.SubElement(element, element.tag)


def _broaden(element: etree._Element, random: Random) -> None:
    for number in range(random.choice((3, _MANY))):
        element.set(f"x{number}", "")


def _namespaces(element: etree._Element, random: Random) -> None:
    for number in range(random.choice((1, 70))):
        etree.SubElement(element, f"{{urn:{number}}}x", nsmap={f"p{number}": f"urn:{number}"})


_CHANGES: Final[tuple[Callable[[etree._Element, Random], None], ...]] = (
    _remove,
    _remove,
    _repeat,
    _swap,
    _move,
    _rename,
    _drop_attribute,
    _drop_attribute,
    _set_attribute,
    _set_attribute,
    _set_attribute,
    _take_value,
    _add_attribute,
    _set_text,
    _set_text,
    _set_tail,
    _split_text,
    _empty,
    _deepen,
    _broaden,
    _namespaces,
)
