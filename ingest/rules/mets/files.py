"""CSIP67 to CSIP79 and SIP32 to SIP35: one file of the file section.

Each is a look-up or two, and a rule that is kept makes nothing. Of ordinary files (`formats.file_shapes`) one of each
kind is judged for all its like: between them a rule may not tell by anything but what makes the kind.
"""

from ingest.formats.mets_values import File
from ingest.rules.mets.breaches import KEPT, Breaches, broken, mildly_broken
from ingest.rules.mets.subjects import Document, MetsRule
from ingest.rules.mets.vocabularies import CHECKSUM_TYPES, is_media_type, is_size, looks_like_media_type

_DAY_LENGTH = 10


def _name(file: File) -> str:
    return next(iter(file.hrefs), "") or file.id or ""


def identified(file: File, document: Document) -> Breaches:
    """CSIP67: an ID; that it is unique is told with all other ids."""
    del document
    return KEPT if file.attributes.get("ID") else broken(file, _name(file))


def media_type(file: File, document: Document) -> Breaches:
    """CSIP68: MIMETYPE is a media type; one that only lacks its registration is a warning (ADR 0011)."""
    del document
    stated = file.attributes.get("MIMETYPE", "")
    if is_media_type(stated):
        return KEPT
    tell = mildly_broken if looks_like_media_type(stated) else broken
    return tell(file, _name(file), stated)


def size(file: File, document: Document) -> Breaches:
    """CSIP69: SIZE is a number of bytes."""
    del document
    stated = file.attributes.get("SIZE", "")
    return KEPT if is_size(stated) else broken(file, _name(file), stated)


def created(file: File, document: Document) -> Breaches:
    """CSIP70: CREATED is a moment; the schema says where it is none of the calendar."""
    del document
    stated = file.attributes.get("CREATED", "")
    return KEPT if "T" in stated[_DAY_LENGTH:] else broken(file, _name(file), stated)


def checksum(file: File, document: Document) -> Breaches:
    """CSIP71: CHECKSUM is there."""
    del document
    return KEPT if file.attributes.get("CHECKSUM", "").strip() else broken(file, _name(file))


def checksum_type(file: File, document: Document) -> Breaches:
    """CSIP72: CHECKSUMTYPE is one that METS knows."""
    del document
    stated = file.attributes.get("CHECKSUMTYPE", "")
    return KEPT if stated in CHECKSUM_TYPES else broken(file, _name(file), stated)


def owner_id(file: File, document: Document) -> Breaches:
    """CSIP73: OWNERID says something where it stands."""
    del document
    return broken(file, _name(file)) if not file.attributes.get("OWNERID", "-").strip() else KEPT


def located(file: File, document: Document) -> Breaches:
    """CSIP76: exactly one FLocat."""
    del document
    count = len(file.locations)
    return KEPT if count == 1 else broken(file, _name(file), f"{count} × FLocat")


def locator(file: File, document: Document) -> Breaches:
    """CSIP77: LOCTYPE is URL."""
    del document
    for place in file.locations:
        if place.attributes.get("LOCTYPE") != "URL":
            return broken(place, place.href, place.attributes.get("LOCTYPE", ""))
    return KEPT


def link(file: File, document: Document) -> Breaches:
    """CSIP78: xlink:type is simple."""
    del document
    for place in file.locations:
        if place.attributes.get("xlink:type") != "simple":
            return broken(place, place.href, place.attributes.get("xlink:type", ""))
    return KEPT


def place(file: File, document: Document) -> Breaches:
    """CSIP79: xlink:href is there; whether a file answers to it is asked when the files are known."""
    del document
    for where in file.locations:
        if not where.attributes.get("xlink:href", "").strip():
            return broken(where, file.id)
    return KEPT


def format_name(file: File, document: Document) -> Breaches:
    """SIP32: sip:FILEFORMATNAME says something where it stands."""
    return _said(file, document, "sip:FILEFORMATNAME")


def format_version(file: File, document: Document) -> Breaches:
    """SIP33: sip:FILEFORMATVERSION says something where it stands."""
    return _said(file, document, "sip:FILEFORMATVERSION")


def format_registry(file: File, document: Document) -> Breaches:
    """SIP34: the registry says something, under the schema's name or the text's (ADR 0010)."""
    return _said(file, document, "sip:FORMATREGISTRY", "sip:FILEFORMATREGISTRY")


def format_key(file: File, document: Document) -> Breaches:
    """SIP35: the key in it says something, under the schema's name or the text's (ADR 0010)."""
    return _said(file, document, "sip:FORMATREGISTRYKEY", "sip:FILEFORMATKEY")


def _said(file: File, document: Document, *names: str) -> Breaches:
    del document
    for name in names:
        if name in file.attributes and not file.attributes[name].strip():
            return mildly_broken(file, _name(file))
    return KEPT


RULES: tuple[MetsRule[File], ...] = (
    MetsRule(id="CSIP67", check=identified),
    MetsRule(id="CSIP68", check=media_type),
    MetsRule(id="CSIP69", check=size),
    MetsRule(id="CSIP70", check=created),
    MetsRule(id="CSIP71", check=checksum),
    MetsRule(id="CSIP72", check=checksum_type),
    MetsRule(id="CSIP73", check=owner_id),
    MetsRule(id="CSIP76", check=located),
    MetsRule(id="CSIP77", check=locator),
    MetsRule(id="CSIP78", check=link),
    MetsRule(id="CSIP79", check=place),
    MetsRule(id="SIP32", check=format_name),
    MetsRule(id="SIP33", check=format_version),
    MetsRule(id="SIP34", check=format_registry),
    MetsRule(id="SIP35", check=format_key),
)
