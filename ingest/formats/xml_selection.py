"""A parser that shows chosen elements only, for documents of any length: what is not shown costs no Python at all.

The bounds are those of `ingest.formats.xml_bounds`, kept with less work for each element: libxml2 has the same bound
for depth, and attributes are counted by libxml2 as elements pass out of memory. A breach is told as such; where it
is, `check_bounds` says.
"""

from collections.abc import Collection, Iterator
from typing import Any, cast

from lxml import etree

from ingest.formats.xml_bounds import MAX_ATTRIBUTES, GuardedParser, XmlFault, XmlRefused

_TOO_MANY = f"/@*[{MAX_ATTRIBUTES + 1}]"
_AMONG_PASSED = etree.XPath(f"boolean(*[position() < last()]/descendant-or-self::*{_TOO_MANY})")
_AMONG_ALL = etree.XPath(f"boolean(descendant-or-self::*{_TOO_MANY})")


class SelectiveParser(GuardedParser):
    """As its base, but only elements of `shown` give events; `sweep` is to be called when they have been looked at.

    `root` is the name of the document's root element. An element of `kept`, and all inside it, stays in memory until it
    has been read to its end and swept.
    """

    def __init__(
        self, *, schema: etree.XMLSchema | None, root: str, shown: Collection[str], kept: Collection[str]
    ) -> None:
        super().__init__(schema=schema, shown={root, *shown})
        self._kept = frozenset(kept)

    def _drained(self) -> Iterator[tuple[str, etree._Element]]:
        self._inspect()
        for event in self._pending:
            kind, item = event
            if kind not in {"start", "end"}:
                self._note(kind, item)
                continue
            if self._root is None:
                self._begin(item)
                self._inspect()
            yield event

    def _inspect(self) -> None:
        for level in self._levels():
            _refuse_if(_AMONG_PASSED(level))

    def sweep(self) -> None:
        """Forget every element that has been read to its end, but the last ones, which the parser still knows."""
        for level in self._levels():
            del level[:-1]

    def _levels(self) -> Iterator[etree._Element]:
        """Give the elements that may still be open and have passed children: the root, its last child, and so on."""
        level = self._root
        while level is not None and level.tag not in self._kept:
            count = len(level)
            if count > 1:
                yield level
            level = level[-1] if count else None

    def finish(self) -> None:
        """Look at what was never swept. Raises XmlRefused when something there has too many attributes."""
        _refuse_if(_AMONG_ALL(self.root))


def root_name(pieces: Iterator[bytes]) -> str:
    """Give the name of the root element, `{namespace}name`, having read no further than needed.

    Raises:
        XmlRefused: there is none within the bounds, or a document type stands before it.
    """
    guarded = GuardedParser(schema=None)
    for events in guarded.read(pieces):
        for _, element in events:
            return str(element.tag)
    return str(guarded.root.tag)


def _refuse_if(breach: object) -> None:
    if cast("Any", breach):
        detail = f"more than {MAX_ATTRIBUTES} attributes"
        raise XmlRefused(code=XmlFault.ATTRIBUTES, line=0, column=0, detail=detail)
