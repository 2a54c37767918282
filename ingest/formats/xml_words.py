"""What an XML element says: its line, its text, its readable name."""

from lxml import etree


def line_of(element: etree._Element) -> int:
    """Give the line (from 1) where the element's start tag ends, 0 when it is not known."""
    line: int | None = element.sourceline  # type: ignore[assignment] # the stubs say `...`
    return line or 0


def text_of(element: etree._Element) -> str:
    """Give all text inside the element as delivered, comments left out."""
    if len(element) == 0:
        return element.text or ""
    return str(element.xpath("string()"))


def local_name(element: etree._Element) -> str:
    """Give the element's name without its namespace, "" for a comment or a processing instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace_of(element: etree._Element) -> str:
    """Give the element's namespace, "" when it has none."""
    tag: object = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def canonical_xml(element: etree._Element) -> str:
    """Give an element (no comment, no instruction) with all inside it as exclusive canonical XML, comments kept.

    Canonical XML knows no namespace that is a relative or an impossible URI: where one is in force, the element is
    given as it is written, the same each time.
    """
    try:
        octets = etree.tostring(element, method="c14n", exclusive=True, with_comments=True, with_tail=False)
    except etree.C14NError:
        return etree.tostring(element, encoding="unicode", with_tail=False)
    return octets.decode("utf-8")
