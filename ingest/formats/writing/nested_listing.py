"""Write what a nested container holds as a PREMIS `objectCharacteristicsExtension` (docs/reference/containers.md)."""

from typing import Final

from ingest.domain.nested import NestedFault, NestedFile, NestedListing
from ingest.formats.xml_writer import XmlWriter

NESTED: Final = "urn:earkiv:schema:nested-listing:1"


def write_listing(extension: XmlWriter, listing: NestedListing) -> None:
    """Write the files of a container in its order, then what was wrong with it. Raises as `XmlWriter` does."""
    attributes = {"files": str(listing.count), "bytes": str(listing.unpacked)}
    with extension.element(_name("listing"), attributes) as written:
        for file in listing.files:
            written.leaf(_name("file"), _file(file))
        for fault in listing.faults:
            written.leaf(_name("fault"), _fault(fault))


def _file(file: NestedFile) -> dict[str, str]:
    optional = {"puid": file.puid or "", "seen": ", ".join(file.traits)}
    stated = {"path": _writable(file.path), "size": str(file.size), "sha256": file.sha256}
    return {**stated, **{name: value for name, value in optional.items() if value}}


def _fault(fault: NestedFault) -> dict[str, str]:
    optional = {"path": _writable(fault.path), "detail": _writable(fault.detail)}
    stated = {"kind": fault.kind.value, "times": str(fault.times)}
    return {**stated, **{name: value for name, value in optional.items() if value}}


def _writable(text: str) -> str:
    """Write what XML cannot carry as an escape: names in containers are told also where no file may have them."""
    return "".join(letter if _is_carried(letter) else f"\\u{ord(letter):04x}" for letter in text)


def _is_carried(letter: str) -> bool:
    return " " <= letter < "\ud800" or "\ue000" <= letter < "\ufffe" or letter > "\uffff"


def _name(local: str) -> str:
    return f"{{{NESTED}}}{local}"
