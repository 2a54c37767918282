"""The feed of what was released or changed last (Atom, RFC 4287): public records alone, never stubs."""

from collections.abc import Iterator
from datetime import datetime

from access.oai_identifiers import oai_identifier
from access.records import PublicRecord, read_record
from access.reuse.about import About
from access.reuse.entries import Entries, Entry
from access.reuse.templating import templates

LENGTH = 50
_LOOKED_THROUGH = 500


def feed(entries: Entries, about: About, now: datetime) -> bytes:
    """Write the feed: the last `LENGTH` releases among the last entries that changed, the newest first."""
    shown = tuple(_released(entries))[:LENGTH]
    updated = shown[0][0].changed_at if shown else now
    template = templates().get_template("feed.xml")
    return template.render(about=about, shown=shown, updated=updated, identifier=_identifier).encode()


def _released(entries: Entries) -> Iterator[tuple[Entry, PublicRecord]]:
    for entry in entries.newest(_LOOKED_THROUGH):
        record = read_record(entry.record)
        if record.level == "public":
            yield entry, record


def _identifier(entry: Entry, about: About) -> str:
    return oai_identifier(entry.id, about.repository)
