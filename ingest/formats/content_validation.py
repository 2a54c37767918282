"""Does an XML document follow the content schema it is registered for, and where does it not?

First the document is read as all XML from outside is, within the bounds of `ingest.formats.xml`, and its elements are
counted. One of `MAX_WHOLE` elements at most is then judged as a whole; a larger one is judged piece by piece, each
child of the root for itself, in flat memory. A schema with assertions or keys cannot be held against it so, for those
look at anything inside their element. Lines come from one more pass, over documents with faults only. Schema
locations that a document states are not followed.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree
from xmlschema import XMLResource, XMLSchemaValidationError
from xmlschema.exceptions import XMLSchemaException, XMLSchemaWarning

from ingest.domain.content_schemas import ContentCheck, ContentFault, ContentSchema
from ingest.domain.paths import PackagePath
from ingest.formats.content_faults import fault_along, fault_at, one_line, stopped, xpath_of
from ingest.formats.content_schemas import FAULTS, compiled
from ingest.formats.validation import lines_at
from ingest.formats.xml import parse
from ingest.formats.xml_bounds import GuardedParser, XmlRefused, chunks, forget

MAX_WHOLE = 500_000
"""How many elements a document may have and still be judged as a whole: about a kilobyte of memory each."""
MAX_WHOLE_BYTES = 256 * 1024 * 1024
MAX_TOLD = 20
"""How many faults of one document are told; others are counted."""
MAX_COUNTED = 1000
"""How many faults of one document are counted; then the reading ends."""

_Judge = Callable[..., Iterator[XMLSchemaValidationError]]
_Faults = Iterator[Callable[[], ContentFault]]  # finding the place of one costs time: only of those that are told


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
            return ContentCheck(path=name, unfinished=f"{elements} elements, and a schema with assertions or keys")
        told = _told(_whole if fits else _piecemeal, path, ready.schema.iter_errors)
        return ContentCheck(path=name, faults=_placed(path, told), more=told.more)
    except XmlRefused as refused:
        fault = ContentFault(line=refused.line, xpath="", value="", reason=f"{refused.code}: {refused.detail}")
        return ContentCheck(path=name, faults=(fault,))
    except OSError:
        raise  # of the file, never of its content
    except FAULTS as fault:
        return ContentCheck(path=name, unfinished=f"{type(fault).__name__}: {one_line(str(fault))}")


def _told(read: Callable[[Path, _Judge], _Faults], path: Path, judge: _Judge) -> _Told:
    told = _Told()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLSchemaWarning)
        for described in islice(read(path, judge), MAX_COUNTED):
            if len(told.faults) < MAX_TOLD:
                told.faults.append(described())
            else:
                told.more += 1
    return told


def _whole(path: Path, judge: _Judge) -> _Faults:
    """Judge a document that is read whole."""
    met = _Met()
    try:
        for error in judge(parse(path, limit=MAX_WHOLE_BYTES), validation_hook=met):
            yield partial(fault_at, error)
    except XMLSchemaException as fault:
        last = stopped(fault, "" if met.element is None else xpath_of(met.element))
        yield partial(replace, last)


def _piecemeal(path: Path, judge: _Judge) -> _Faults:
    """Judge a document piece by piece; it has been found free of document types before."""
    with _Source(path) as source:
        try:
            for error in judge(XMLResource(source, lazy=True, allow="none", defuse="always")):
                yield partial(fault_along, error)
        except XMLSchemaException as fault:
            last = stopped(fault, "")
            yield partial(replace, last)


class _Met:
    """Remembers the element that the library came to last."""

    def __init__(self) -> None:
        self.element: etree._Element | None = None

    def __call__(self, element: Any, xsd_element: object) -> bool:  # noqa: ANN401 - as the library has it
        """Let the element be judged as ever."""
        del xsd_element
        self.element = element
        return False


class _Source(FileIO):
    """A file that may be asked once more when it is closed: the library does so where a reading was broken off."""

    def seekable(self) -> bool:
        """Say whether it can be read from its start again."""
        return not self.closed and super().seekable()


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
