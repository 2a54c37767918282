"""What xmlschema says of a document that does not follow its schema, as faults: where, the value, the reason."""

import re
from decimal import Decimal
from typing import Any

from lxml import etree
from xmlschema import XMLSchemaChildrenValidationError, XMLSchemaValidationError
from xmlschema.exceptions import XMLResourceError, XMLSchemaException
from xmlschema.validators.assertions import XsdAssert

from ingest.domain.content_schemas import ContentFault
from ingest.formats.xml_words import local_name

_MAX_VALUE = 500
_SPACE = re.compile(r"\s+")


def stopped(fault: XMLSchemaException, xpath: str) -> ContentFault:
    """Tell of content at which the library stops instead of reporting it (an xsi:type that there is not).

    Raises what it is given when the content is not to blame: the file cannot be read, or a bound is reached.
    """
    if isinstance(fault, OSError | XMLResourceError):
        raise fault
    return ContentFault(line=0, xpath=xpath, value="", reason=one_line(str(fault)))


def fault_at(error: XMLSchemaValidationError) -> ContentFault:
    """Give an error in a document that is read whole as a fault, still without its line."""
    element = _element(error)
    return _fault(error, "" if element is None else xpath_of(element))


def fault_along(error: XMLSchemaValidationError) -> ContentFault:
    """Give an error in a document that is read piece by piece as a fault, still without its line.

    The library then knows the place by its path alone, and only about: it may be that of an element just before.
    """
    root, *steps = (error.path or "/").removeprefix("/").split("/")
    return _fault(error, "/" + "/".join((root, *(s if s.endswith("]") else f"{s}[1]" for s in steps))))


def _element(error: XMLSchemaValidationError) -> etree._Element | None:
    """Give the element that the fault is about: the child that does not belong, else the one that is wrong."""
    child = error.invalid_child if isinstance(error, XMLSchemaChildrenValidationError) else None
    found: object = error.elem if child is None else child
    return found if etree.iselement(found) else None


def xpath_of(element: etree._Element) -> str:
    """Give an element's path as `validation.SchemaError.xpath` has it."""
    steps: list[str] = []
    at: etree._Element | None = element
    while at is not None:
        elders = sum(elder.prefix == at.prefix for elder in at.itersiblings(at.tag, preceding=True))
        name = f"{at.prefix}:{local_name(at)}" if at.prefix else local_name(at)
        above = at.getparent()
        steps.append(name if above is None else f"{name}[{elders + 1}]")
        at = above
    return "/" + "/".join(reversed(steps))


def _fault(error: XMLSchemaValidationError, xpath: str) -> ContentFault:
    reason = str(error.reason or error.message)
    if isinstance(error.validator, XsdAssert):
        reason = f"{reason}: {error.validator.path}"
    return ContentFault(line=0, xpath=xpath, value=_value(error), reason=one_line(reason))


def _value(error: XMLSchemaValidationError) -> str:
    """Give the value that is wrong, as it stands; an element that has others inside has none of its own."""
    wrong: Any = error.obj  # the library says: anything
    element: Any = error.elem
    if isinstance(wrong, str):
        return wrong[:_MAX_VALUE]
    if etree.iselement(element) and len(element) == 0:
        return (element.text or "").strip()[:_MAX_VALUE]
    return str(wrong)[:_MAX_VALUE] if isinstance(wrong, int | float | Decimal) else ""


def one_line(words: str) -> str:
    """Put words that stand on several lines on one."""
    return _SPACE.sub(" ", words).strip()
