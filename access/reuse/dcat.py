"""The catalogue of open data (DCAT-AP-SE 3.0.1, RDF/XML): one dataset, and the ways to reach it."""

from datetime import datetime

from access.reuse.about import About
from access.reuse.entries import Entries
from access.reuse.templating import templates


def catalogue(entries: Entries, about: About, now: datetime) -> bytes:
    """Write the catalogue; it has changed when the index has, and all its addresses are absolute."""
    _, latest = entries.how_many_listed()
    return templates().get_template("dcat.xml").render(about=about, modified=latest or now).encode()
