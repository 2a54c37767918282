"""A PREMIS 3 document as a stream of its entities: objects, events, agents and rights, one at a time."""

from pathlib import Path
from typing import Final

from ingest.formats.xml_elements import ElementStream

PREMIS: Final = "http://www.loc.gov/premis/v3"
PREMIS_SCHEMA: Final = "premis-3.0"
_ENTITIES: Final = ("object", "event", "agent", "rights")


def open_premis(path: Path) -> ElementStream:
    """Open a PREMIS document to be read entity by entity and judged by its schema in the same pass.

    Raises (while iterating):
        schemas.SchemasMissing: the schemas are not installed.
    """
    return ElementStream(path, namespace=PREMIS, whole=_ENTITIES, schema=PREMIS_SCHEMA)
