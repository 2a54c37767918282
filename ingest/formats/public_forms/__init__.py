"""The forms in which a public record is carried over to the reading room, for harvesters and for the search there.

Each is a pure function of the public record (it keeps to `public-record.schema.json`) and the archive's own name:
nothing that is not in these two can be in them. What XML cannot carry is replaced by U+FFFD.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from ingest.formats.public_forms.dublin_core import write_oai_dc
from ingest.formats.public_forms.ead3 import write_ead3
from ingest.formats.public_forms.mets import write_mets
from ingest.formats.public_forms.search_text import search_text
from schemas.public_store import Form

__all__ = ["rendered", "search_text"]

_WRITERS: Final[Mapping[Form, Callable[[BinaryIO, Mapping[str, Any], str], None]]] = MappingProxyType(
    {Form.OAI_DC: write_oai_dc, Form.EAD3: write_ead3, Form.METS: write_mets}
)


def rendered(record: Mapping[str, Any], form: Form, archive: str) -> bytes:
    """Give a public record in one form, the same bytes each time; `archive` is the name of the archive."""
    sink = BytesIO()
    _WRITERS[form](sink, record, archive)
    return sink.getvalue()
