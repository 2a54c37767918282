"""FGS Paketstruktur 1.x: what each entry of the listing says (fileSec/fileGrp/file)."""

import re
from collections.abc import Iterator

from ingest.formats.mets_values import File
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.moments import has_time, moment
from ingest.rules.fgs.roots import foreign_extension, outside
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;.*)?\Z", re.DOTALL)
_SIZE = re.compile(r"\s*\+?\d{1,19}\s*\Z", re.ASCII)
_GREATEST = (1 << 63) - 1
_PUID = re.compile(r"(x-)?fmt/\d+\Z")
_WITH_SCHEME = "file:///"


def no_id(file: File, _: Document) -> Breaches:
    """FGS-PKT-48: an entry without ID."""
    return KEPT if file.id else broken(file, _name(file))


def no_media_type(file: File, _: Document) -> Breaches:
    """FGS-PKT-49: an entry without MIMETYPE."""
    return KEPT if (file.mime_type or "").strip() else broken(file, _name(file))


def odd_media_type(file: File, _: Document) -> Breaches:
    """FGS-PKT-63: a MIMETYPE that is none."""
    stated = (file.mime_type or "").strip()
    return KEPT if not stated or _MEDIA_TYPE.match(stated) else broken(file, stated)


def no_size(file: File, _: Document) -> Breaches:
    """FGS-PKT-50: an entry without SIZE, or with one that is no number of bytes."""
    stated = file.size or ""
    if _SIZE.match(stated) and int(stated) <= _GREATEST:
        return KEPT
    return broken(file, f"{_name(file)}: SIZE={stated!r}")


def no_creation_date(file: File, _: Document) -> Breaches:
    """FGS-PKT-51: an entry without CREATED, or with one that is no point in time."""
    stated = file.created or ""
    date = moment(stated)
    if date is not None and has_time(date):
        return KEPT
    return broken(file, f"{_name(file)}: CREATED={stated!r}")


def unknown_checksum_type(file: File, _: Document) -> Breaches:
    """FGS-PKT-52: CHECKSUMTYPE outside its list."""
    return outside(file, "CHECKSUMTYPE", known.CHECKSUM_TYPES)


def no_location(file: File, _: Document) -> Breaches:
    """FGS-PKT-53: an entry without FLocat."""
    return KEPT if file.locations else broken(file, file.id)


def unknown_location_type(file: File, _: Document) -> Breaches:
    """FGS-PKT-54: LOCTYPE missing or outside its list, or a link that is not simple."""
    for place in file.locations:
        if place.attribute("LOCTYPE") not in known.LOCATION_TYPES:
            return broken(place, f"LOCTYPE={place.attribute('LOCTYPE')!r}")
        if place.attribute("xlink:type") not in {None, "simple"}:
            return broken(place, f"xlink:type={place.attribute('xlink:type')!r}")
    return KEPT


def other_location_type(file: File, _: Document) -> Breaches:
    """FGS-PKT-55: LOCTYPE is not URL."""
    for place in file.locations:
        stated = place.attribute("LOCTYPE")
        if stated in known.LOCATION_TYPES and stated != "URL":
            return broken(place, f"LOCTYPE={stated!r}")
    return KEPT


def bare_link(file: File, _: Document) -> Breaches:
    """FGS-PKT-56: a link that does not begin with `file:///`."""
    for href in _hrefs(file):
        if not href.startswith(_WITH_SCHEME):
            return broken(file.locations[0], href)
    return KEPT


def unknown_registry(file: File, _: Document) -> Breaches:
    """FGS-PKT-57: ext:FORMATREGISTRY outside its list."""
    return outside(file, "ext:FORMATREGISTRY", known.FORMAT_REGISTRIES)


def odd_format_key(file: File, _: Document) -> Breaches:
    """FGS-PKT-58: a format key without registry, a registry OTHER without its name, or no PRONOM key."""
    registry, key = file.attribute("ext:FORMATREGISTRY"), file.attribute("ext:FORMATREGISTRYKEY")
    if registry is None and key is None:
        return KEPT
    is_unnamed = registry == "OTHER" and not file.attribute("ext:OTHERFORMATREGISTRY")
    is_no_puid = registry == "PRONOM" and key is not None and not _PUID.match(key.strip())
    return broken(file, f"{registry}: {key}") if registry is None or is_unnamed or is_no_puid else KEPT


def stray_extension(file: File, _: Document) -> Breaches:
    """FGS-PKT-23: an attribute of the extension that `file` has not."""
    return foreign_extension(file, known.FILE_EXTENSIONS)


def _hrefs(file: File) -> Iterator[str]:
    return (href for href in file.hrefs if href)


def _name(file: File) -> str:
    return next(_hrefs(file), file.id or "")


COMMON: tuple[MetsRule[File], ...] = (
    MetsRule(id="FGS-PKT-48", check=no_id),
    MetsRule(id="FGS-PKT-49", check=no_media_type),
    MetsRule(id="FGS-PKT-50", check=no_size),
    MetsRule(id="FGS-PKT-51", check=no_creation_date),
    MetsRule(id="FGS-PKT-52", check=unknown_checksum_type),
    MetsRule(id="FGS-PKT-53", check=no_location),
    MetsRule(id="FGS-PKT-54", check=unknown_location_type),
    MetsRule(id="FGS-PKT-55", check=other_location_type),
    MetsRule(id="FGS-PKT-63", check=odd_media_type),
)
RULES: tuple[MetsRule[File], ...] = (
    *COMMON,
    MetsRule(id="FGS-PKT-23", check=stray_extension),
    MetsRule(id="FGS-PKT-56", check=bare_link),
    MetsRule(id="FGS-PKT-57", check=unknown_registry),
    MetsRule(id="FGS-PKT-58", check=odd_format_key),
)
