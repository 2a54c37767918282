"""What the pages of METS, PREMIS and ERMS say, in both languages."""

from collections.abc import Mapping
from typing import Final

from audit.desk.package_texts import (
    AS_IT_LIES,
    BACK,
    BY,
    CASE,
    CLASSIFICATION,
    CONTENT,
    DATE_TYPES,
    DEEPER_PARTS,
    DEEPEST_PARTS,
    DESCRIPTION_NAMES,
    DIGEST,
    DISPOSABLE,
    DISPOSAL,
    DOCUMENTS,
    ENDS,
    EVENTS,
    FILE,
    FILES,
    FORMAT,
    GET,
    IN_WORDS,
    KEPT,
    KEYWORDS,
    LAID_OUT,
    NOT_FOUND,
    NOTES,
    OTHER_ID,
    OUTCOMES,
    PART,
    PARTIES,
    PROTECTED,
    RECORD,
    RELATION,
    RESTRICTION_TYPES,
    RESTRICTIONS,
    SIZE,
    STARTS,
    STATUS,
    STATUSES,
    TYPE,
    UNKNOWN_FORMAT,
    UNMARKED,
    UNTITLED,
    WITH,
)
from ingest.domain.findings import Text

__all__ = [
    "AS_IT_LIES",
    "BACK",
    "BY",
    "CASE",
    "CLASSIFICATION",
    "CONTENT",
    "DATE_TYPES",
    "DEEPER_PARTS",
    "DEEPEST_PARTS",
    "DESCRIPTION_NAMES",
    "DIGEST",
    "DISPOSABLE",
    "DISPOSAL",
    "DOCUMENTS",
    "ENDS",
    "EVENTS",
    "FILE",
    "FILES",
    "FORMAT",
    "GET",
    "IN_WORDS",
    "KEPT",
    "KEYWORDS",
    "LAID_OUT",
    "NOTES",
    "NOT_FOUND",
    "OTHER_ID",
    "OUTCOMES",
    "PART",
    "PARTIES",
    "PROTECTED",
    "RECORD",
    "RELATION",
    "RESTRICTIONS",
    "RESTRICTION_TYPES",
    "SIZE",
    "STARTS",
    "STATUS",
    "STATUSES",
    "TYPE",
    "UNKNOWN_FORMAT",
    "UNMARKED",
    "UNTITLED",
    "WITH",
]

OURS: Final = Text(sv="arkivets", en="the archive’s")
DELIVERED: Final = Text(sv="levererad", en="as delivered")
OF_THIS_KIND: Final = Text(sv="Beskrivningar i paketet", en="Descriptions in the package")
TOO_LARGE: Final = Text(
    sv="Dokumentet är för stort att läsa på en sida. Hämta det som det ligger.",
    en="The document is too large to be read on a page. Get it as it lies.",
)
UNREADABLE: Final = Text(
    sv="Dokumentet går inte att läsa i klartext. Hämta det som det ligger.",
    en="The document cannot be read in words. Get it as it lies.",
)
NOT_LAID_OUT: Final = Text(
    sv="Dokumentet är för stort att visa på en sida, eller ingen XML. Hämta det som det ligger.",
    en="The document is too large to show on a page, or no XML. Get it as it lies.",
)
PIECE: Final = Text(sv="{first}–{last} av {count}", en="{first}–{last} of {count}")
EARLIER: Final = Text(sv="Föregående", en="Previous")
LATER: Final = Text(sv="Nästa", en="Next")
NOTHING: Final = Text(sv="Inget.", en="Nothing.")
NAMELESS: Final = Text(sv="utan namn", en="no name")
ABOUT: Final = Text(sv="Om dokumentet", en="About the document")

PACKAGE_ID: Final = Text(sv="Paketets identitet", en="The package’s id")
LABEL: Final = Text(sv="Rubrik", en="Label")
CONTENT_TYPE: Final = Text(sv="Slag av innehåll", en="Kind of content")
PROFILE: Final = Text(sv="Profil", en="Profile")
INFORMATION_TYPE: Final = Text(sv="Innehållets specifikation", en="Specification of the content")
PACKAGE_TYPE: Final = Text(sv="Pakettyp", en="Package type")
CREATED: Final = Text(sv="Skapat", en="Created")
CHANGED: Final = Text(sv="Ändrat", en="Changed")
RECORD_STATUS: Final = Text(sv="Leveransens slag", en="Kind of delivery")
DOCUMENT_ID: Final = Text(sv="Dokumentets identitet", en="The document’s id")
AGENTS: Final = Text(sv="Agenter", en="Agents")
ROLE: Final = Text(sv="Roll", en="Role")
NAME: Final = Text(sv="Namn", en="Name")
METADATA: Final = Text(sv="Metadata", en="Metadata")
NO_REFERENCE: Final = Text(sv="inbäddad i dokumentet", en="embedded in the document")
GROUP: Final = Text(sv="Filgrupp", en="File group")
MIME_TYPE: Final = Text(sv="Medietyp", en="Media type")
CHECKSUM: Final = Text(sv="Kontrollsumma", en="Checksum")
STRUCTURE: Final = Text(sv="Struktur", en="Structure")
STRUCTURE_MAP: Final = Text(sv="Strukturkarta", en="Structural map")
UNLABELLED: Final = Text(sv="(utan rubrik)", en="(no label)")
ROLES: Final[Mapping[str, Text]] = {
    "CREATOR": Text(sv="skapare", en="creator"),
    "ARCHIVIST": Text(sv="arkivbildare", en="archivist (archival creator)"),
    "PRESERVATION": Text(sv="bevarande", en="preservation"),
    "SUBMITTER": Text(sv="levererar", en="submitter"),
    "EDITOR": Text(sv="redaktör", en="editor"),
    "DISSEMINATOR": Text(sv="tillhandahåller", en="disseminator"),
    "CUSTODIAN": Text(sv="förvaltar", en="custodian"),
    "IPOWNER": Text(sv="rättighetshavare", en="owner of rights"),
    "PRODUCER": Text(sv="levererande organisation", en="producer"),
}
"""The roles of METS and its profiles; others are shown as the document writes them."""
AGENT_TYPES: Final[Mapping[str, Text]] = {
    "ORGANIZATION": Text(sv="organisation", en="organisation"),
    "INDIVIDUAL": Text(sv="person", en="person"),
    "SOFTWARE": Text(sv="program", en="software"),
    "organization": Text(sv="organisation", en="organisation"),
    "person": Text(sv="person", en="person"),
    "software": Text(sv="program", en="software"),
    "hardware": Text(sv="maskin", en="hardware"),
}
"""The types of agents in METS and PREMIS; others are shown as written."""
RECORD_STATUSES: Final[Mapping[str, Text]] = {
    "NEW": Text(sv="ny leverans", en="new"),
    "SUPPLEMENT": Text(sv="komplettering", en="supplement"),
    "VERSION": Text(sv="ny version", en="version"),
    "REPLACEMENT": Text(sv="ersättning", en="replacement"),
    "TEST": Text(sv="prov", en="test"),
    "OTHER": Text(sv="annat", en="other"),
}
"""METS RECORDSTATUS; others are shown as written."""

OBJECTS: Final = Text(sv="Objekt", en="Objects")
OBJECT: Final = Text(sv="Objekt", en="Object")
EVENT_HEADING: Final = Text(sv="Händelser", en="Events")
EVENT: Final = Text(sv="Händelse", en="Event")
WHEN: Final = Text(sv="När", en="When")
OUTCOME: Final = Text(sv="Utfall", en="Outcome")
DETAIL: Final = Text(sv="Närmare", en="Detail")
STEP_OR_DETAIL: Final = Text(sv="Steg", en="Step")
AGENT: Final = Text(sv="Agent", en="Agent")
VERSION: Final = Text(sv="Version", en="Version")
RELATIONS: Final = Text(sv="Samband", en="Relations")
RIGHTS: Final = Text(sv="Rättigheter", en="Rights")
BASIS: Final = Text(sv="Grund", en="Basis")
SAID: Final = Text(sv="Uppgifter", en="Statements")
ALL_OF: Final = Text(sv="{count} objekt", en="{count} objects")
CATEGORIES: Final[Mapping[str, Text]] = {
    "intellectualEntity": Text(sv="intellektuell enhet", en="intellectual entity"),
    "representation": Text(sv="representation", en="representation"),
    "file": Text(sv="fil", en="file"),
    "bitstream": Text(sv="bitström", en="bitstream"),
}
"""The categories of PREMIS objects."""
RELATION_TYPES: Final[Mapping[str, Text]] = {
    "is Included In": Text(sv="ingår i", en="is included in"),
    "is Part Of": Text(sv="är del av", en="is part of"),
    "includes": Text(sv="innehåller", en="includes"),
    "represents": Text(sv="representerar", en="represents"),
    "has Source": Text(sv="är gjord av", en="has source"),
    "is Source Of": Text(sv="är källa till", en="is source of"),
    "supersedes": Text(sv="ersätter", en="supersedes"),
}
"""The relations that we write; others are shown as written."""
LINK_ROLES: Final[Mapping[str, Text]] = {
    "executing program": Text(sv="utfört av programmet", en="executing program"),
    "implementer": Text(sv="ansvarig", en="implementer"),
    "source": Text(sv="källa", en="source"),
    "outcome": Text(sv="resultat", en="outcome"),
}
"""The roles in events that we write; others are shown as written."""

LOOSE_RECORDS: Final = Text(sv="Handlingar utan ärende", en="Records without a case")
CASES: Final = Text(sv="Ärenden", en="Cases")
OF_THE_WHOLE: Final = Text(sv="Om leveransen som helhet", en="Of the delivery as a whole")
MORE_RECORDS: Final = Text(
    sv="Ytterligare {count} handlingar står på nästa sida.", en="{count} more records stand on the next page."
)
RECORDS_GO_ON: Final = Text(sv="Handlingarna i varje ärende", en="The records of each case")
