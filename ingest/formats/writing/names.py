"""What documents of an AIP call things: identifiers, references, timestamps and media types."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from ingest.domain.aips import Aip
from ingest.domain.conversions import DerivedObject
from ingest.domain.packages import DigitalObject
from ingest.domain.provenance import derived_id

UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def object_id(aip: Aip, one: DigitalObject | DerivedObject) -> str:
    """Name a delivered file or a copy with a UUID that is its own as long as its place and its bytes are."""
    return derived_id(aip.id, "object", one.place.aip_path, one.sha256)


def representation_id(aip: Aip, name: str) -> str:
    """Name a representation of the package with a UUID."""
    return derived_id(aip.id, "representation", name)


def xml_id(uuid: str) -> str:
    """Make an xs:ID of a UUID, which may begin with a digit and so is none by itself."""
    return f"ID-{uuid}"


def derived_xml_id(aip: Aip, *parts: str) -> str:
    """Make an xs:ID from the package and the words that tell this element from all others."""
    return xml_id(derived_id(aip.id, *parts))


def reference(path: str) -> str:
    """Give a POSIX path as a relative URL: percent-encoded but for unreserved characters and `/`."""
    return quote(path, safe="/")


def timestamp(moment: datetime) -> str:
    """Give an xs:dateTime; the zone stands when the moment has one."""
    return moment.isoformat()


def media_type(one: DigitalObject | DerivedObject) -> str:
    """Give the media type that the format identifier named, `application/octet-stream` when it named none."""
    return one.format.mime_type or UNKNOWN_MEDIA_TYPE


def given(attributes: Mapping[str, str | None]) -> dict[str, str]:
    """Keep the attributes that have a value."""
    return {name: value for name, value in attributes.items() if value is not None}
