"""What lists and pages of packages say, in both languages."""

from collections.abc import Mapping
from typing import Final

from audit.desk.access_texts import LEVELS, ROLES
from audit.desk.delivery_texts import (
    BY,
    DECIDED,
    FINDINGS,
    LINE,
    NEWEST,
    NO_FINDINGS,
    NO_RECEIPT,
    NOTE,
    NOTHING_YET,
    OLDER,
    OUTCOME,
    PRODUCER,
    RECEIPT,
    RECEIPT_OUTCOMES,
    REMEDY,
    SEARCH,
    SIGNED_BY,
    STEP_OF,
    TIMELINE,
    TIMES,
    TITLE,
    TOOK,
    UNTITLED,
    VERSION,
    WITH,
)
from audit.desk.terms import EVENTS, OUTCOMES, SEVERITIES
from ingest.application.desk_history import EXPORTED
from ingest.domain.findings import Text

__all__ = [
    "BY",
    "DECIDED",
    "EVENTS",
    "FINDINGS",
    "LEVELS",
    "LINE",
    "NEWEST",
    "NOTE",
    "NOTHING_YET",
    "NO_FINDINGS",
    "NO_RECEIPT",
    "OLDER",
    "OUTCOME",
    "OUTCOMES",
    "PRODUCER",
    "RECEIPT",
    "RECEIPT_OUTCOMES",
    "REMEDY",
    "ROLES",
    "SEARCH",
    "SEVERITIES",
    "SIGNED_BY",
    "STEP_OF",
    "TIMELINE",
    "TIMES",
    "TITLE",
    "TOOK",
    "UNTITLED",
    "VERSION",
    "WITH",
]

WORDS: Final = Text(sv="Ärendenummer, rubrik eller part", en="Case number, title or party")
CASE_NUMBER: Final = Text(sv="Ärendenummer", en="Case number")
CASE_STATUS: Final = Text(sv="Ärendets status, som closed", en="The case’s status, as closed")
PARTY: Final = Text(sv="Part", en="Party")
DATE: Final = Text(sv="Datum, som 2021-06", en="Date, as 2021-06")
RULE: Final = Text(sv="Regel, som EARKIV-SA-5", en="Rule, as EARKIV-SA-5")
PUID: Final = Text(sv="Format (PUID), som fmt/95", en="Format (PUID), as fmt/95")
REFERENCE: Final = Text(sv="Paketets eller leveransens identitet", en="The package’s or delivery’s id")
NONE: Final = Text(sv="Inga paket stämmer med sökningen.", en="No packages match the search.")
BEGINNINGS: Final = Text(
    sv="Det räcker med hur orden börjar. Alla ord ska finnas.",
    en="How the words begin is enough. All words must be there.",
)
CATCHING_UP: Final = Text(
    sv="Några paket går inte att söka efter med ord än; de kommer med om en stund.",
    en="Some packages cannot be found by words yet; they will be before long.",
)
STORED: Final = Text(sv="Arkiverat", en="Archived")
FILES: Final = Text(sv="Filer", en="Files")

ID: Final = Text(sv="Paketets identitet", en="The package’s id")
GENERATION: Final = Text(sv="Generation", en="Generation")
GENERATIONS: Final = Text(sv="Generationer och kopplade paket", en="Generations and linked packages")
CURRENT: Final = Text(sv="gäller nu", en="current")
BROUGHT_BY: Final = Text(sv="kom med leveransen", en="came with the delivery")
PREVIOUS: Final = Text(sv="Följer på paketet", en="Follows the package")
FOLLOWING: Final = Text(sv="Följs av", en="Followed by")
DELIVERY: Final = Text(sv="Leverans", en="Delivery")
DIALECT: Final = Text(sv="Leveranstyp", en="Dialect")
AGREEMENT: Final = Text(sv="Överenskommelse", en="Agreement")
CREATOR: Final = Text(sv="Arkivbildare", en="Archival creator")
SYSTEM: Final = Text(sv="Verksamhetssystem", en="Source system")
CONTENT: Final = Text(sv="Ärenden och handlingar", en="Cases and records")
CASE: Final = Text(sv="Ärende", en="Case")
PART: Final = Text(sv="Del av ärendet", en="Part of the case")
RECORD: Final = Text(sv="Handling", en="Record")
CLASSIFICATION: Final = Text(sv="Klassificering", en="Classification")
PARTIES: Final = Text(sv="Parter", en="Parties")
PROTECTED: Final = Text(sv="skyddad identitet", en="protected identity")
RESTRICTIONS: Final = Text(sv="Sekretess och skydd", en="Restrictions")
ENDS: Final = Text(sv="upphör", en="ends")
STARTS: Final = Text(sv="börjar", en="starts")
UNMARKED: Final = Text(
    sv="Omärkt. Det betyder inte att det är offentligt.", en="Unmarked. That does not mean that it is public."
)
DISPOSAL: Final = Text(sv="Gallring", en="Disposal")
DISPOSABLE: Final = Text(sv="ska gallras", en="to be disposed of")
KEPT: Final = Text(sv="ska bevaras", en="to be kept")
DATE_TYPES: Final[Mapping[str, Text]] = {
    "created": Text(sv="Skapat", en="Created"),
    "opened": Text(sv="Öppnat", en="Opened"),
    "received": Text(sv="Inkommet", en="Received"),
    "prepared": Text(sv="Upprättat", en="Prepared"),
    "expedited": Text(sv="Expedierat", en="Dispatched"),
    "sent": Text(sv="Skickat", en="Sent"),
    "decision_date": Text(sv="Beslutat", en="Decided"),
    "closed": Text(sv="Avslutat", en="Closed"),
    EXPORTED: Text(sv="Leveransen gjord av avsändaren", en="Delivery made by the sender"),
}
"""The ERMS date types that occur most, and when the delivery was made; others are shown as the source writes them."""
STATUSES: Final[Mapping[str, Text]] = {
    "open": Text(sv="öppet", en="open"),
    "in_progress": Text(sv="pågår", en="in progress"),
    "closed": Text(sv="avslutat", en="closed"),
}
"""The ERMS statuses that occur most; others are shown as the source writes them."""
RESTRICTION_TYPES: Final[Mapping[str, Text]] = {
    "confidential": Text(sv="sekretess", en="confidential"),
    "integrity": Text(sv="integritet", en="privacy"),
    "gdpr": Text(sv="personuppgifter", en="personal data"),
}
"""The ERMS types of restrictions; others are shown as the source writes them."""
TELLERS: Final[Mapping[str, Text]] = {
    "source": Text(sv="källan uppger", en="the source says"),
    "archive": Text(sv="arkivet gjorde", en="the archive did"),
    "decision": Text(sv="en person beslutade", en="a person decided"),
}
"""Who tells an entry of the timeline."""
TOLD_BY: Final = Text(sv="enligt", en="according to")
NO_DATE: Final = Text(sv="inget datum", en="no date")
ACCESS_DECIDED: Final = Text(sv="Vem som får se", en="Who may see")
WITHDRAWN: Final = Text(sv="Stängt genast", en="Closed at once")
WAITING: Final = Text(sv="väntar på sin post i journalen", en="waits for its entry in the journal")
REASON: Final = Text(sv="Skäl", en="Reason")
GROUND: Final = Text(sv="Lagrum", en="Legal ground")
PUBLISHED: Final = Text(sv="Till läsesalen", en="To the reading room")
RECORDS_LISTED: Final = Text(sv="{count} ärenden och handlingar", en="{count} cases and records")
TAKEN_OUT: Final = Text(sv="{count} togs ut", en="{count} taken out")
MORE_DATES: Final = Text(
    sv="Ytterligare {count} datum från källan står i ERMS.", en="{count} more dates of the source stand in ERMS."
)
DOCUMENTS: Final = Text(sv="Dokument", en="Documents")
GET: Final = Text(sv="hämta", en="get")
NOT_FOUND: Final = Text(sv="ingen fil har det namnet", en="no file has that name")
MORE_RECORDS: Final = Text(
    sv="Ytterligare {count} handlingar visas inte här; alla står i ERMS.",
    en="{count} more records are not shown here; all of them stand in ERMS.",
)
DEEPEST_PARTS: Final = 30
"""Parts of parts are shown down to this level: nobody reads deeper, and only what is to do harm goes there."""
DEEPER_PARTS: Final = Text(
    sv="Delar på djupare nivåer visas inte; alla står i dokumentet som det ligger.",
    en="Parts at deeper levels are not shown; all of them stand in the document as it lies.",
)
STATUS: Final = Text(sv="Status", en="Status")
TYPE: Final = Text(sv="Typ", en="Type")
NOTES: Final = Text(sv="Anteckningar", en="Notes")
OTHER_ID: Final = Text(sv="Annat id", en="Other id")
KEYWORDS: Final = Text(sv="Nyckelord", en="Keywords")
RELATION: Final = Text(sv="Hör ihop med", en="Related to")
FILE: Final = Text(sv="Fil", en="File")
FORMAT: Final = Text(sv="Format", en="Format")
UNKNOWN_FORMAT: Final = Text(sv="okänt", en="unknown")
SIZE: Final = Text(sv="Storlek", en="Size")
DIGEST: Final = Text(sv="SHA-256", en="SHA-256")
MORE_FILES: Final = Text(
    sv="Ytterligare {count} filer visas inte här; alla står i METS.",
    en="{count} more files are not shown here; all of them stand in METS.",
)
COPIES: Final = Text(sv="Exemplar", en="Copies")
STORE: Final = Text(sv="Lager", en="Store")
READ_BACK: Final = Text(sv="Återläst", en="Read back")
MADE_COPIES: Final = Text(sv="Bevarandekopior", en="Preservation copies")
SOURCE: Final = Text(sv="Av filen", en="Of the file")
TOOL: Final = Text(sv="Verktyg", en="Tool")
NOT_MADE: Final = Text(sv="kunde inte göras", en="could not be made")
DESCRIPTIONS: Final = Text(sv="Beskrivningar", en="Descriptions")
IN_WORDS: Final = Text(sv="Läs i klartext", en="Read in words")
LAID_OUT: Final = Text(sv="Läs som XML", en="Read as XML")
AS_IT_LIES: Final = Text(sv="Hämta som XML", en="Get as XML")
DESCRIPTION_NAMES: Final[Mapping[str, Text]] = {
    "mets": Text(sv="METS: vad paketet består av", en="METS: what the package consists of"),
    "premis": Text(sv="PREMIS: vad som har hänt med det", en="PREMIS: what has happened to it"),
    "erms": Text(sv="ERMS: ärenden och handlingar", en="ERMS: cases and records"),
}
"""The three descriptions in words."""
ACCESS: Final = Text(sv="Vem får se vad", en="Who may see what")
REVIEW_ACCESS: Final = Text(sv="Granska och besluta", en="Review and decide")
EXPORT: Final = Text(sv="Ge ut", en="Give out")
EXPORT_MEANS: Final = Text(
    sv="Hela paketet, varje byte kontrollerad på vägen. Hittas en skada avbryts hämtningen.",
    en="The whole package, every byte checked on the way. Where damage is found the download breaks off.",
)
FORMS: Final[Mapping[str, Text]] = {
    "csip": Text(sv="E-ARK (CSIP)", en="E-ARK (CSIP)"),
    "fgs-1.2": Text(sv="FGS 1.2", en="FGS 1.2"),
    "bagit": Text(sv="BagIt", en="BagIt"),
}
"""The forms of an export in words."""
VERIFY: Final = Text(sv="Kontrollera nu", en="Verify now")
VERIFY_MEANS: Final = Text(
    sv="Läser varje byte i varje exemplar igen och jämför.", en="Reads every byte of every copy again and compares."
)
VERIFIED: Final = Text(sv="Kontrollen av paketet", en="The verification of the package")
ALL_WELL: Final = Text(
    sv="Allt är som det lagrades: {objects} objekt, {bytes} lästa.",
    en="All is as it was stored: {objects} objects, {bytes} read.",
)
DAMAGED: Final = Text(sv="Skador hittades", en="Damage was found")
DOUBTS: Final = Text(sv="Tveksamma underskrifter", en="Doubtful signatures")
BACK: Final = Text(sv="Tillbaka till paketet", en="Back to the package")
