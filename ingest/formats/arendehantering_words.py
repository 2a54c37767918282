"""The words of FGS Ärendehantering 1.0 and what they are called in ERMS (FGS 2.0), the case model's own language.

A word that is in no table is kept as written: the judgement is a rule's.
"""

from collections.abc import Mapping

from lxml import etree

from ingest.domain.dates import parse_date
from ingest.domain.descriptions import TypedDate, TypedText
from ingest.formats.xml_words import line_of, local_name, text_of

STATUSES: Mapping[str, str] = {
    "Öppet": "open",
    "Vilande": "on_hold",
    "Stängt": "closed",
    "Makulerat": "obliterated",
    "Ad Acta.": "ad_acta",
    "Initierad": "initiated",
    "Under arbete": "in_progress",
    "Inkommen": "received",
    "Upprättad": "prepared",
    "Expedierad": "expedited",
}
RELATIONS: Mapping[str, str] = {
    "Ersätter": "replaces",
    "Är ersatt med": "is_replaced_with",
    "Referens": "reference",
    "Refereras av": "referenced_by",
    "Kräver": "demands",
    "Krävs av": "needed_by",
    "Innehåller": "contains",
    "Ingår i": "part_of",
    "Annan format version": "other_format_version",
    "Är annat format av": "another_format_version_of",
    "Har version": "has_version",
    "Är version av": "is_version_of",
    "Maskad version": "has_redacted_version",
    "Är maskad version av": "is_redacted_version_of",
    "Egen relationsdefinition": "own_relation_definition",
}
RESTRICTIONS: Mapping[str, str] = {
    "Sekretess": "confidential",
    "Integritet": "integrity",
    "Annan typ": "other_type",
}
DATES: Mapping[str, str] = {
    "Arkiverat": "archived",
    "Avslutat": "closed",
    "Beslutat": "decision_date",
    "SistaAnvandandetidpunkt": "last_addition",
    "Skapad": "created",
    "Inkommen": "received",
    "Upprattad": "prepared",
    "Expedierad": "expedited",
}
PERSONS: Mapping[str, str] = {"Motpart": "counterpart", "Avsandare": "sender", "Mottagare": "receiver"}
ADDRESSES: Mapping[str, str] = {
    "Postadress": "postal_address",
    "Postnummer": "postal_code",
    "Postort": "postal_city",
    "Land": "country",
}
CONTACTS: Mapping[str, str] = {"Telefon": "phonenumber", "Fax": "fax", "EPost": "email"}


class Parts:
    """The children of an element by local name: an older document has no namespace, a newer one Riksarkivet's."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._found: dict[str, list[etree._Element]] = {}
        for child in element.iterchildren("*"):
            self._found.setdefault(local_name(child), []).append(child)

    def all(self, name: str) -> tuple[etree._Element, ...]:
        """Give the children of that name, in order."""
        return tuple(self._found.get(name, ()))

    def one(self, name: str) -> etree._Element | None:
        """Give the first child of that name, None when there is none."""
        return next(iter(self._found.get(name, ())), None)

    def text(self, name: str) -> str | None:
        """Give the text of the first child of that name as delivered, None when there is none."""
        child = self.one(name)
        return None if child is None else text_of(child)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the texts of the children of that name as delivered."""
        return tuple(text_of(child) for child in self.all(name))

    def typed(self, table: Mapping[str, str]) -> tuple[TypedText, ...]:
        """Give the texts of the children that a table names, in its words, in document order."""
        return tuple(
            TypedText(type=table[local_name(child)], text=text_of(child))
            for child in self.element.iterchildren("*")
            if local_name(child) in table
        )

    def dates(self) -> tuple[TypedDate, ...]:
        """Give all dates in document order, impossible ones included; an empty element states none."""
        dates = (typed_date(DATES[local_name(c)], c) for c in self.element.iterchildren("*") if local_name(c) in DATES)
        return tuple(date for date in dates if date is not None)


def translated(table: Mapping[str, str], word: str | None) -> str | None:
    """Give the ERMS word for a Swedish one, or the word as written when the table does not have it."""
    return None if word is None else table.get(word.strip(), word)


def typed_date(kind: str, element: etree._Element | None) -> TypedDate | None:
    """Read a date of a kind (EgetTidDatum), with what was written; None when nothing was."""
    raw = "" if element is None else text_of(element)
    if element is None or not raw.strip():
        return None
    return TypedDate(type=kind, raw=raw, value=parse_date(raw), line=line_of(element))
