"""XML and HTML as text: words as they are read, and after them what hides in attributes and comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from lxml import etree, html

from ingest.domain.texts import Layer, TextPart, TextPiece, Unread, UnreadReason
from ingest.formats.texts.inside import Inside
from ingest.formats.xml_bounds import GuardedParser, XmlFault, XmlRefused

APART: Final = "\f"
_HEAD: Final = 2048
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_RANDOM_NAMES: Final = frozenset({"id", "paraId", "textId"})
_RANDOM_ELEMENTS: Final = frozenset({"creationId", "modId"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What stands between words where a mark does, by the mark's local name; `other` for all not named.

    `other` None keeps apart all but what stands in running text. `with_random` also gives identifiers, which in
    office documents are numbers drawn by lot.
    """

    between: dict[str, str]
    other: str | None
    with_random: bool = True


def _apart(names: str, **others: str) -> dict[str, str]:
    return {**dict.fromkeys(names.split(), APART), **others}


_XML: Final = Style(between={}, other=None)
OFFICE: Final = Style(
    between=_apart(
        "p h tc tr c row si table-cell table-row list-item sheetData comment title subject creator keywords "
        "description lastModifiedBy category user-defined initial-creator Company Manager property lpwstr lpstr",
        br="\n",
        cr="\n",
        tab="\t",
        s=" ",
        noBreakHyphen="-",
        softHyphen="",
        **{"line-break": "\n"},
    ),
    other="",
    with_random=False,
)
_HTML_STYLE: Final = Style(
    between=_apart(
        "p div td th tr li dd dt table ul ol dl h1 h2 h3 h4 h5 h6 title option section article header footer form "
        "label button textarea caption pre blockquote hr address main nav aside script style",
        br="\n",
    ),
    other="",
)


def is_html(text: str) -> bool:
    """Tell HTML by its first marks; XHTML too."""
    return _HTML.search(text, 0, _HEAD) is not None


def is_xml(text: str) -> bool:
    """Tell what may be XML; whether it is, reading it says."""
    start = text.lstrip()
    return start.startswith("<") and ">" in start


def html_texts(text: str, inside: Inside) -> Iterator[TextPiece]:
    """Give the text of a page, however it was written, and its markup as text where nothing can be made of it."""
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    # A declaration of an encoding contradicts text that is decoded; a NUL would end the page for libxml2.
    cleaned = _DECLARATION.sub("", text.replace("\0", " "))
    try:
        root: Any = html.document_fromstring(cleaned, parser=parser)
        yield from _texts(root, _HTML_STYLE, inside.part)
    except Exception as error:  # noqa: BLE001 - lxml raises what it likes over foreign letters
        yield TextPart(part=inside.part, text=text)
        yield inside.damaged("", error)


def xml_texts(content: bytes, text: str, part: str, style: Style = _XML) -> Iterator[TextPiece]:
    """Give the text of a document, and its markup as text where it is no acceptable XML."""
    try:
        root = _root(content)
    except XmlRefused as refused:
        reason = UnreadReason.ENTITIES if refused.code is XmlFault.DOCTYPE else UnreadReason.DAMAGED
        yield TextPart(part=part, text=text)
        yield Unread(part=part, reason=reason, detail=str(refused.code))
    else:
        yield from _texts(root.getroottree(), style, part)


def _root(content: bytes) -> etree._Element:
    """Read a document. Raises XmlRefused."""
    guarded = GuardedParser(schema=None)
    for events in guarded.read([content]):
        for _ in events:
            pass
    return guarded.root


def _texts(tree: Any, style: Style, part: str) -> Iterator[TextPart]:  # noqa: ANN401 - a tree or its root
    words: list[str] = []
    aside: list[str] = []
    walk = cast("Any", etree.iterwalk)(tree, events=("start", "end", "comment", "pi"))
    for moment, node in walk:
        if moment in ("comment", "pi"):
            aside.append(node.text or "")
            words.append(node.tail or "")
            continue
        between = _between(node, style)
        if moment == "start":
            words += (between, node.text or "")
            aside += _names(node)
            aside += _attributes(node, style)
        else:
            words += (between, node.tail or "")
    yield TextPart(part=part, text="".join(words))
    if aside:
        yield TextPart(part=part, text=APART.join(aside), layer=Layer.BESIDE)


def _between(node: Any, style: Style) -> str:  # noqa: ANN401 - an element
    name = _local(node.tag)
    if style.other is not None:
        return style.between.get(name, style.other)
    parent = node.getparent()
    return "" if parent is not None and _is_running_text(parent) else APART


def _is_running_text(parent: Any) -> bool:  # noqa: ANN401 - an element
    """Tell an element with words beside its first elements from one that only holds others."""
    first = next(iter(parent), None)
    return bool((parent.text or "").strip() or (first is not None and (first.tail or "").strip()))


def _attributes(node: Any, style: Style) -> Iterator[str]:  # noqa: ANN401 - an element
    if not style.with_random and _local(node.tag) in _RANDOM_ELEMENTS:
        return
    for name, value in node.attrib.items():
        if style.with_random or _local(name) not in _RANDOM_NAMES:
            yield value


def _names(node: Any) -> Iterator[str]:  # noqa: ANN401 - an element
    """Give the names that have digits: in a page that is badly written they are words of the text."""
    return (name for name in map(_local, (node.tag, *node.attrib)) if _DIGIT.search(name))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
