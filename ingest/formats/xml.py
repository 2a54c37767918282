"""The one XML reader for what producers send: offline, without document types, bounded in every direction.

Refused: any DOCTYPE (and so every entity of the document's own), elements nested deeper than `MAX_DEPTH`,
more than `MAX_ATTRIBUTES` attributes on one element, more than `MAX_NAMESPACES` namespace declarations in one
document, more than `MAX_REMARKS` comments and processing instructions, the namespace of XInclude, and documents beyond
the caller's size limit. Nothing is ever fetched, and a text or an attribute beyond libxml2's own limit (10 million
characters) is refused as too large. UTF-8 with or without a byte order mark, UTF-16 and the encodings libxml2 knows
are read.

What is wrong with a document is an `XmlRefused`; that a file cannot be read is an `OSError`, which passes
through.
"""

from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path

from lxml import etree

from ingest.formats.xml_bounds import (
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_NAMESPACES,
    GuardedParser,
    XmlFault,
    XmlRefused,
    check_bounds,
    chunks,
)
from ingest.formats.xml_selection import SelectiveParser, root_name
from ingest.formats.xsd import compiled

__all__ = [
    "MAX_ATTRIBUTES",
    "MAX_DEPTH",
    "MAX_NAMESPACES",
    "Moment",
    "XmlFault",
    "XmlRefused",
    "XmlStream",
    "parse",
    "stream",
]


class Moment(StrEnum):
    """When a streamed element is shown."""

    START = "start"
    END = "end"
    PAUSE = "pause"


def parse(path: Path, *, limit: int) -> etree._ElementTree:
    """Read a small document whole; `limit` is the most bytes it may have.

    Raises:
        XmlRefused: the document breaks one of the bounds above, or is not well-formed.
        OSError: the file cannot be read.
    """
    guarded = GuardedParser(schema=None)
    for events in guarded.read(chunks(path, limit)):
        for _ in events:
            pass
    return guarded.root.getroottree()


def stream(
    path: Path,
    *,
    schema: str | None,
    tags: Collection[str],
    openings: Collection[str] = (),
    quiet: Collection[str] = (),
) -> "XmlStream":
    """Read a document of any size element by element, in flat memory.

    `tags`, `openings` and `quiet` are names as `{namespace}name`; `XmlStream` says what they do.

    With `schema` (a short name of the catalogue) the document is validated in the same pass.
    """
    return XmlStream(path, schema=schema, tags=frozenset(tags), openings=frozenset(openings), quiet=frozenset(quiet))


class XmlStream:
    """One pass over a document.

    An element of `openings` is shown as it starts (`Moment.START`): its attributes and ancestors are there,
    its content is not. An element of `tags` is shown when it is whole (`Moment.END`) and is forgotten soon after
    that, so take what is wanted at once; inside another element of `tags` it is kept until the outer one has
    been shown. All else is forgotten as it passes. Iterating again reads the file again.

    An element of `quiet` is kept like one of `tags`, but not shown: after each piece of the document there is a
    `Moment.PAUSE` with the root, when whoever knows its parent may look at the finished ones before they are forgotten.
    They may be taken out of the tree then, as may any elder sibling of an element that is being shown.

    Raises (while iterating):
        XmlRefused: the document breaks a bound of this module, or is not well-formed.
        OSError: the file cannot be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        schema: str | None,
        tags: frozenset[str],
        openings: frozenset[str],
        quiet: frozenset[str],
    ) -> None:
        self._path = path
        self._schema = schema
        self._tags = tags
        self._openings = openings
        self._quiet = quiet
        # Says something only when an iteration has ended. `validation.located_errors` finds where the faults
        # are; double xs:ID and dangling xs:IDREF are not seen by a streaming validation.
        self.schema_valid = True

    def __iter__(self) -> Iterator[tuple[Moment, etree._Element]]:
        tags, openings = self._tags, self._openings
        selected = SelectiveParser(
            schema=None if self._schema is None else compiled(self._schema),
            root=root_name(chunks(self._path, None)),
            shown=tags | openings,
            kept=tags | self._quiet,
        )
        try:
            for events in selected.read(chunks(self._path, None)):
                for kind, element in events:
                    if kind == "start":
                        if element.tag in openings:
                            yield Moment.START, element
                    elif element.tag in tags:
                        yield Moment.END, element
                if self._quiet and selected.has_root:
                    yield Moment.PAUSE, selected.root
                selected.sweep()
            selected.finish()
        except XmlRefused:
            check_bounds(self._path)  # neither a validating parser nor a selective one knows the place
            raise
        if not selected.schema_valid:
            check_bounds(self._path)
        self.schema_valid = selected.schema_valid
