"""The sitemap: an index, and parts that each hold no more addresses than the protocol of sitemaps.org allows."""

from collections.abc import Iterable

from access.reuse.about import About
from access.reuse.entries import Entries, Page
from access.reuse.templating import templates

MOST_ADDRESSES = 50_000
FRONT_PAGES = ("/", "/datasets/dcat")
PART = MOST_ADDRESSES - len(FRONT_PAGES)
"""Records in one part; the first part holds the front pages too."""


def sitemap_index(entries: Entries, about: About) -> bytes:
    """Write the index of all parts; there is always a first one."""
    count, _ = entries.how_many_listed()
    parts = range(1, max(1, -(-count // PART)) + 1)
    return templates().get_template("sitemap-index.xml").render(about=about, parts=parts).encode()


def sitemap_part(number: int, entries: Entries, about: About) -> bytes | None:
    """Write part `number`, counted from 1; None where there is no such part."""
    if number < 1:
        return None
    listed = tuple(entries.listed(offset=(number - 1) * PART, limit=PART))
    if not listed and number > 1:
        return None
    return _written(number, listed, about)


def _written(number: int, listed: Iterable[Page], about: About) -> bytes:
    pages = FRONT_PAGES if number == 1 else ()
    return templates().get_template("sitemap.xml").render(about=about, pages=pages, listed=listed).encode()
