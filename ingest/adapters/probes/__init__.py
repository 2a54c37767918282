"""Looks inside delivered files for what their format alone does not say: locks, macros, damage, signatures.

A probe is chosen by a file's first bytes and reads within bounds. What it cannot make out is a value, never a fault:
the files are the producer's. The libraries behind a probe are imported when a file needs them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.adapters.probes import binaries, images, markup, packed, portable
from ingest.adapters.probes.detached import check_detached
from ingest.adapters.probes.kinds import HEAD_BYTES, Kind, kind_of
from ingest.adapters.probes.xml_signed import check_xml, is_markup
from ingest.domain.characteristics import NOTHING, Observed

_PROBES: Mapping[Kind, Callable[[Path], Observed]] = {
    Kind.PDF: portable.probe,
    Kind.OLE: binaries.probe,
    Kind.ZIP: packed.probe,
    Kind.IMAGE: images.probe,
    Kind.XML: markup.probe,
}


def look_inside(path: Path, signed: Path | None) -> Observed:
    """Look inside a file; `signed` is the file that it, a detached signature, is about. Raises StoreUnavailable."""
    if signed is not None:
        return check_detached(path, signed)
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    kind = kind_of(head)
    seen = NOTHING if kind is None else _PROBES[kind](path)
    signatures = check_xml(path) if is_markup(head) else ()
    return replace(seen, signatures=(*seen.signatures, *signatures)) if signatures else seen
