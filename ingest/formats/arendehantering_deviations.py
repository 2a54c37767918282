"""Where real exports leave FGS Ärendehantering 1.0: each known deviation of its XML has a rule that explains it.

What the schema does not allow is EARKIV-XML-4. Where the fault is a deviation that real systems are known for, the
rule below stands in its place, never beside it, so that an agreement can say how grave that deviation is.
"""

import re
from collections.abc import Iterable, Iterator

from ingest.domain.dates import Precision, parse_date
from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.arendehantering_words import DATES
from ingest.formats.schema_words import FaultKind, SchemaWords, taken_apart

NAMESPACE = "http://xml.ra.se/e-arkiv/FGS-ERMS"
NO_NAMESPACE = "FGS-ARH-1"
OWN_ELEMENT = "FGS-ARH-2"
FINER_DATE = "FGS-ARH-3"
EMPTY_DATE = "FGS-ARH-4"
STATUS_OF_CASE = "FGS-ARH-5"
STATUS_OF_RECORD = "FGS-ARH-6"
KIND_OF_RESTRICTION = "FGS-ARH-7"
DISPOSABLE = "FGS-ARH-8"
GREAT_SIZE = "FGS-ARH-9"

_DATES = frozenset({*DATES, "RestriktionsDatum", "GallringsPeriodSlut"})
_DIGITS = re.compile(r"\+?\d{1,18}\Z")
_GREATEST = (1 << 31) - 1
_VALUES = {
    ("StatusArande", ""): STATUS_OF_CASE,
    ("StatusHandling", ""): STATUS_OF_RECORD,
    ("Restriktion", "Typ"): KIND_OF_RESTRICTION,
    ("Gallring", "Gallras"): DISPOSABLE,
}
_NAMES = frozenset(
    {
        "Leveransobjekt",
        "SystemInfo",
        "AnpassadMetadataInformation",
        "ArkivbildarStruktur",
        "Arkivbildare",
        "Namn",
        "VerksamhetstidFran",
        "VerksamhetstidTill",
        "Historik",
        "Verksamhetsbeskrivning",
        "Informationsklass",
        "VerksamhetsbaseradArkivredovisning",
        "ArkivReferens",
        "KlassificeringsstrukturNamn",
        "KlassReferens",
        "HandlingstypsReferens",
        "ForvaringsenhetsReferens",
        "Bilaga",
        "Bevaras",
        "EgnaElement",
        "EgnaElementBeskrivning",
        "EgetElement",
        "Varde",
        "Egenskaper",
        "Egenskap",
        "TillkommandeXMLdata",
        "ArkivobjektListaArenden",
        "ArkivobjektListaHandlingar",
        "ArkivobjektArende",
        "ArkivobjektHandling",
        "ArkivobjektID",
        "MinaArendeoversikterKlassificering",
        "MinaArendeoversikterStatus",
        "ExtraID",
        "ArendeTyp",
        "Beskrivning",
        "Forvaringsplats",
        "Gallring",
        "GallringsFrist",
        "GallringsForklaring",
        "GallringsPeriodSlut",
        "Agent",
        "Roll",
        "Organisationsnamn",
        "Enhetsnamn",
        "Klass",
        "Restriktion",
        "ForklarandeText",
        "Lagrum",
        "RestriktionsDatum",
        "Motpart",
        "Avsandare",
        "Mottagare",
        "Organisation",
        "Postadress",
        "Postnummer",
        "Postort",
        "Land",
        "IDnummer",
        "Telefon",
        "Fax",
        "EPost",
        "SkyddadIdentitet",
        "Notering",
        "ArendeRelation",
        "HandlingRelation",
        "StatusArande",
        "StatusHandling",
        "Atkomst",
        "Arendemening",
        "Handlingstyp",
        "Lopnummer",
        "Rubrik",
        *DATES,
    }
)


def without_namespace(source: PackagePath, namespace: str, line: int) -> Iterator[Violation]:
    """FGS-ARH-1: the document has no namespace, as exports before the published schema have."""
    if namespace == "":
        yield Violation(rule=NO_NAMESPACE, location=Location(file=source, line=line))


def explained(faults: Iterable[Violation]) -> Iterator[Violation]:
    """Give schema faults, those that a rule here explains as breaches of that rule."""
    for fault in faults:
        words = taken_apart(fault.detail)
        rule = _rule(words)
        if rule is None:
            yield fault
            continue
        place = fault.location
        found = words.element if rule == OWN_ELEMENT else words.value
        location = Location(file=place.file, line=place.line, xpath=place.xpath, value=found)
        yield Violation(rule=rule, location=location)


def _rule(words: SchemaWords) -> str | None:
    match words.kind:
        case FaultKind.UNEXPECTED:
            known = words.namespace in {"", NAMESPACE} and words.element in _NAMES
            return None if known else OWN_ELEMENT
        case FaultKind.MISSING | FaultKind.VALUE if (words.element, words.attribute) in _VALUES:
            return _VALUES[words.element, words.attribute]
        case FaultKind.VALUE if words.element in _DATES:
            return _date_rule(words.value)
        case FaultKind.VALUE if (words.element, words.attribute) == ("Bilaga", "Storlek"):
            is_size = _DIGITS.match(words.value.strip()) is not None
            return GREAT_SIZE if is_size and int(words.value) > _GREATEST else None
        case _:
            return None


def _date_rule(written: str) -> str | None:
    if not written.strip():
        return EMPTY_DATE
    date = parse_date(written)
    is_finer = date is not None and date.precision is Precision.SECOND
    return FINER_DATE if is_finer and written == written.strip() else None
