"""What can be done to an element of a document; every function changes the element it is given last."""

import copy
from typing import Final

from lxml import etree

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_IDENTITIES: Final = frozenset({"ID", "classificationSchemaId"})


def last(number: int, element: etree._Element) -> None:
    element.append(element[number])


def first(number: int, element: etree._Element) -> None:
    element.insert(0, element[number])


def after_the_next(number: int, element: etree._Element) -> None:
    element.insert(number + 1, element[number])


def moved_out(number: int, element: etree._Element) -> None:
    element.addnext(element[number])


def dropped(number: int, element: etree._Element) -> None:
    element.remove(element[number])


def repeated(number: int, times: int, element: etree._Element) -> None:
    for turn in range(times):
        twin = copy.deepcopy(element[number])
        for inside in twin.iter("*"):  # twice the same identity is another mistake
            for name in _IDENTITIES & set(inside.attrib):
                inside.set(name, f"{inside.get(name)}-{turn}")
        element.insert(number, twin)


def alike(number: int, element: etree._Element) -> None:
    """Twice, with the same identities."""
    element.insert(number, copy.deepcopy(element[number]))


def child_emptied(number: int, element: etree._Element) -> None:
    element[number].clear()


def child_renamed(number: int, name: str, element: etree._Element) -> None:
    element[number].tag = name


def emptied(element: etree._Element) -> None:
    element.clear()


def with_first(name: str, element: etree._Element) -> None:
    element.insert(0, etree.Element(name))


def with_last(name: str, element: etree._Element) -> None:
    element.append(etree.Element(name))


def with_comment(element: etree._Element) -> None:
    element.append(etree.Comment("comment"))


def with_instruction(element: etree._Element) -> None:
    element.append(etree.ProcessingInstruction("target", "text"))


def with_copy(other: etree._Element, element: etree._Element) -> None:
    element.append(copy.deepcopy(other))


def with_text(value: str, element: etree._Element) -> None:
    element.text = value


def with_text_between(element: etree._Element) -> None:
    if len(element):
        element[0].tail = "text"


def with_attribute(name: str, value: str, element: etree._Element) -> None:
    element.set(name, value)


def without_attribute(name: str, element: etree._Element) -> None:
    del element.attrib[name]


def attribute_renamed(name: str, other: str, element: etree._Element) -> None:
    element.set(other, element.attrib.pop(name))


def nil(element: etree._Element) -> None:
    element.set(f"{{{XSI}}}nil", "true")


def nil_and_emptied(element: etree._Element) -> None:
    element.clear()
    nil(element)


def typed(space: str, name: str, element: etree._Element) -> None:
    """State the type by name; the prefix is bound by an attribute that comes and goes."""
    if space:
        element.set(f"{{{space}}}prefix", "")
        prefix = next(prefix for prefix, uri in element.nsmap.items() if uri == space and prefix)
        del element.attrib[f"{{{space}}}prefix"]
        name = f"{prefix}:{name}"
    element.set(f"{{{XSI}}}type", name)
