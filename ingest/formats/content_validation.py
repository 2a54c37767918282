"""Does an XML document follow the content schema it is registered for, and where does it not?

First the document is read as all XML from outside is, within the bounds of `ingest.formats.xml`, and its elements are
counted. One of `MAX_WHOLE` elements at most is then judged as a whole; a larger one is judged piece by piece, each
child of the root for itself, in flat memory. A schema with assertions cannot be judged so: an assertion may look at
anything inside its element. Lines come from one more pass, over documents with faults only. Schema locations that a
document states are not followed.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree
from xmlschema import XMLResource, XMLSchemaChildrenValidationError, XMLSchemaValidationError
from xmlschema.exceptions import XMLSchemaWarning
from xmlschema.validators.assertions import XsdAssert

from ingest.domain.content_schemas import ContentCheck, ContentFault, ContentSchema
from ingest.domain.paths import PackagePath
from ingest.formats.content_schemas import FAULTS, compiled
from ingest.formats.validation import lines_at
from ingest.formats.xml import parse
from ingest.formats.xml_bounds import GuardedParser, XmlRefused, chunks, forget
from ingest.formats.xml_words import local_name

MAX_WHOLE = 500_000
"""How many elements a document may have and still be judged as a whole: about a kilobyte of memory each."""
MAX_WHOLE_BYTES = 256 * 1024 * 1024
MAX_TOLD = 20
"""How many faults of one document are told; the rest are counted."""

_MAX_VALUE = 500
_SPACE = re.compile(r"\s+")
_Errors = Iterator[XMLSchemaValidationError]


@dataclass(slots=True)
class _Told:
    """The first faults, without lines, and how many there are beyond them."""

    faults: list[ContentFault] = field(default_factory=list)
    more: int = 0


def count_elements(path: Path) -> int:
    """Count a document's elements in flat memory.

    Raises:
        XmlRefused: the document is no acceptable XML.
        OSError: the file cannot be read.
    """
    guarded = GuardedParser(schema=None)
    found = 0
    for events in guarded.read(chunks(path, None)):
        for kind, element in events:
            if kind == "start":
                found += 1
            else:
                forget(element)
    return found


def check(path: Path, name: PackagePath, schema: ContentSchema, *, most_whole: int = MAX_WHOLE) -> ContentCheck:
    """Hold a document against a schema; whatever its bytes are, the answer says what came of it.

    Raises:
        SchemaUnusable: the schema cannot be compiled.
        OSError: the file cannot be read.
    """
    ready = compiled(schema)
    try:
        elements = count_elements(path)
        fits = elements <= most_whole and path.stat().st_size <= MAX_WHOLE_BYTES
        if not (fits or ready.streams):
            return ContentCheck(path=name, unfinished=f"{elements} elements, and a schema with assertions")
        told = _told(_whole if fits else _piecemeal, path, ready.schema.iter_errors)
        return ContentCheck(path=name, faults=_placed(path, told), more=told.more)
    except XmlRefused as refused:
        fault = ContentFault(line=refused.line, xpath="", value="", reason=f"{refused.code}: {refused.detail}")
        return ContentCheck(path=name, faults=(fault,))
    except OSError:
        raise  # of the file, never of its content
    except FAULTS as fault:
        return ContentCheck(path=name, unfinished=f"{type(fault).__name__}: {_one_line(str(fault))}")


def _told(
    read: Callable[[Path, Callable[..., _Errors]], Iterator[ContentFault]], path: Path, judge: Callable[..., _Errors]
) -> _Told:
    told = _Told()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLSchemaWarning)
        for fault in read(path, judge):
            if len(told.faults) < MAX_TOLD:
                told.faults.append(fault)
            else:
                told.more += 1
    return told


def _whole(path: Path, judge: Callable[..., _Errors]) -> Iterator[ContentFault]:
    """Judge a document that is read whole."""
    for error in judge(parse(path, limit=MAX_WHOLE_BYTES)):
        element = _element(error)
        yield _fault(error, "" if element is None else _xpath(element))


def _piecemeal(path: Path, judge: Callable[..., _Errors]) -> Iterator[ContentFault]:
    """Judge a document piece by piece; it has been found free of document types before."""
    with path.open("rb") as source:
        for error in judge(XMLResource(source, lazy=True, allow="none", defuse="always")):
            root, *steps = (error.path or "/").removeprefix("/").split("/")
            yield _fault(error, "/" + "/".join((root, *(s if s.endswith("]") else f"{s}[1]" for s in steps))))


def _element(error: XMLSchemaValidationError) -> etree._Element | None:
    """Give the element that the fault is about: the child that does not belong, else the one that is wrong."""
    child = error.invalid_child if isinstance(error, XMLSchemaChildrenValidationError) else None
    found: object = error.elem if child is None else child
    return found if etree.iselement(found) else None


def _xpath(element: etree._Element) -> str:
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
    return ContentFault(line=0, xpath=xpath, value=_value(error), reason=_one_line(reason))


def _value(error: XMLSchemaValidationError) -> str:
    """Give the value that is wrong, as it stands; an element that has others inside has none of its own."""
    wrong: Any = error.obj  # the library says: anything
    if isinstance(wrong, str):
        return wrong[:_MAX_VALUE]
    if etree.iselement(wrong) and len(wrong) == 0:
        return (wrong.text or "").strip()[:_MAX_VALUE]
    return ""


def _one_line(words: str) -> str:
    return _SPACE.sub(" ", words).strip()


def _placed(path: Path, told: _Told) -> tuple[ContentFault, ...]:
    """Give each fault its line; one whose own place cannot be found again has the nearest element above it."""
    wanted = {above for fault in told.faults for above in _upwards(fault.xpath)}
    lines = lines_at(path, wanted) if wanted else {}
    return tuple(
        replace(fault, line=next((lines[place] for place in _upwards(fault.xpath) if place in lines), 0))
        for fault in told.faults
    )


def _upwards(xpath: str) -> Iterator[str]:
    """Give the path of an element, then those of the elements around it."""
    while xpath:
        yield xpath
        xpath = xpath.rpartition("/")[0]
