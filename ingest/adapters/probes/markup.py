"""XML among the content: whether it is well-formed; no entity is ever expanded, nothing is ever fetched."""

from pathlib import Path

from ingest.adapters.probes.reading import beyond, damage
from ingest.adapters.store_faults import faults_of
from ingest.domain.characteristics import NOTHING, Observed
from ingest.formats.xml_bounds import XmlFault, XmlRefused, check_bounds


def probe(path: Path) -> Observed:
    """Read the file as XML. One with a DOCTYPE or XInclude is not read further: neither is carried out."""
    try:
        with faults_of(path.parent):
            check_bounds(path)
    except XmlRefused as refused:
        return _told(refused)
    return NOTHING


def _told(refused: XmlRefused) -> Observed:
    match refused.code:
        case XmlFault.DOCTYPE | XmlFault.INCLUSION:
            return NOTHING
        case XmlFault.NOT_WELL_FORMED | XmlFault.ENCODING:
            return damage(f"line {refused.line}, column {refused.column}: {refused.detail}")
        case XmlFault.DEPTH | XmlFault.ATTRIBUTES | XmlFault.NAMESPACES | XmlFault.TOO_LARGE:
            return beyond(refused.detail)
