"""FGS Paketstruktur 1.x: metadata sections, and that fileSec and structMap are there."""

from ingest.formats.mets_values import MdRef, MdWrap, Section
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.roots import outside
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary


def unknown_metadata_type(section: Section, _: Document) -> Breaches:
    """FGS-PKT-46: MDTYPE missing, or MDTYPE or OTHERMDTYPE outside its list."""
    parts: tuple[MdRef | MdWrap, ...] = (*section.references, *section.wrapped)
    return tuple(breach for part in parts for breach in _of_part(part))


def _of_part(part: MdRef | MdWrap) -> Breaches:
    return (
        *(KEPT if part.attribute("MDTYPE") else broken(part, "MDTYPE")),
        *outside(part, "MDTYPE", known.METADATA_TYPES | {""}),
        *outside(part, "OTHERMDTYPE", known.OTHER_METADATA_TYPES),
    )


def unsaid_metadata_type(section: Section, _: Document) -> Breaches:
    """FGS-PKT-45: MDTYPE is OTHER, and OTHERMDTYPE does not say what."""
    parts: tuple[MdRef | MdWrap, ...] = (*section.references, *section.wrapped)
    unsaid = (part for part in parts if part.attribute("MDTYPE") == "OTHER" and not part.attribute("OTHERMDTYPE"))
    return tuple(breach for part in unsaid for breach in broken(part, "MDTYPE=OTHER"))


def no_file_section(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-47: no fileSec."""
    return KEPT if summary.file_sections else broken(summary.root)


def no_structure(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-59: no structMap."""
    return KEPT if summary.structures else broken(summary.root)


RULES: tuple[MetsRule[Section], ...] = (
    MetsRule(id="FGS-PKT-45", check=unsaid_metadata_type),
    MetsRule(id="FGS-PKT-46", check=unknown_metadata_type),
)
SUMMARY: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="FGS-PKT-47", check=no_file_section),
    MetsRule(id="FGS-PKT-59", check=no_structure),
)
