"""AIPM2 to AIPM7 and DIP2 to DIP4: what an AIP and a DIP add to the common rules."""

from ingest.formats.mets_values import SectionKind
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.sip import other_type
from ingest.rules.mets.subjects import Document, MetsRule, Summary
from ingest.rules.mets.versions import Kind

# AIPM2 writes the AIP profile's address with the DIP's host; the AIP's own is taken as well (ADR 0010).
_AIP_PROFILES = frozenset(
    f"https://{host}.dilcis.eu/profile/E-ARK-AIP{version}.xml"
    for host in ("earkdip", "earkaip")
    for version in ("", "-v2-0-4", "-v2-1-0", "-v2-2-0")
)
_DIP_PROFILES = frozenset(
    f"https://earkdip.dilcis.eu/profile/E-ARK-DIP{version}.xml" for version in ("", "-v2-0-4", "-v2-1-0", "-v2-2-0")
)
_CURRENT = "CURRENT"


def aip_profile(summary: Summary, document: Document) -> Breaches:
    """AIPM2: PROFILE is the address of the AIP profile."""
    del document
    return KEPT if summary.root.profile in _AIP_PROFILES else broken(summary.root, summary.root.profile)


def aip_type(summary: Summary, document: Document) -> Breaches:
    """AIPM3: csip:OAISPACKAGETYPE is AIP."""
    del document
    return other_type(summary, Kind.AIP)


def aip_description(summary: Summary, document: Document) -> Breaches:
    """AIPM4: one description is the current one; a package without descriptions has none to name."""
    del document
    found = [section for section in summary.sections if section.kind is SectionKind.DMD]
    is_current = any(section.attribute("STATUS") == _CURRENT for section in found)
    return broken(found[0], found[0].id) if found and not is_current else KEPT


def aip_provenance(summary: Summary, document: Document) -> Breaches:
    """AIPM5: provenance is there and refers to a document."""
    del document
    provenance = (section for section in summary.sections if section.kind is SectionKind.DIGIPROV)
    return KEPT if any(section.references for section in provenance) else broken(summary.root)


def aip_premis(summary: Summary, document: Document) -> Breaches:
    """AIPM6: one of those documents is PREMIS."""
    del document
    kinds = _provenance_kinds(summary)
    return broken(summary.root, ", ".join(kind for kind, _ in kinds)) if kinds and not _premis(kinds) else KEPT


def aip_premis_version(summary: Summary, document: Document) -> Breaches:
    """AIPM7: MDTYPEVERSION of PREMIS begins with 3."""
    del document
    versions = _premis(_provenance_kinds(summary))
    is_third = any(version.startswith("3") for version in versions)
    return broken(summary.root, ", ".join(versions)) if versions and not is_third else KEPT


def _provenance_kinds(summary: Summary) -> list[tuple[str, str]]:
    provenance = (section for section in summary.sections if section.kind is SectionKind.DIGIPROV)
    return [
        (pointer.md_type or "", pointer.attribute("MDTYPEVERSION") or "")
        for section in provenance
        for pointer in section.references
    ]


def _premis(kinds: list[tuple[str, str]]) -> list[str]:
    return [version for kind, version in kinds if kind.partition(":")[0] == "PREMIS"]


def dip_profile(summary: Summary, document: Document) -> Breaches:
    """DIP2: PROFILE is the address of the DIP profile."""
    del document
    return KEPT if summary.root.profile in _DIP_PROFILES else broken(summary.root, summary.root.profile)


def dip_type(summary: Summary, document: Document) -> Breaches:
    """DIP3: csip:OAISPACKAGETYPE is DIP."""
    del document
    return other_type(summary, Kind.DIP)


def dip_description(summary: Summary, document: Document) -> Breaches:
    """DIP4: descriptions are CURRENT."""
    del document
    found = [section for section in summary.sections if section.kind is SectionKind.DMD]
    outdated = [section for section in found if section.attribute("STATUS") not in (None, _CURRENT)]
    return broken(outdated[0], outdated[0].attribute("STATUS")) if outdated else KEPT


AIP_RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="AIPM2", check=aip_profile),
    MetsRule(id="AIPM3", check=aip_type),
    MetsRule(id="AIPM4", check=aip_description),
    MetsRule(id="AIPM5", check=aip_provenance),
    MetsRule(id="AIPM6", check=aip_premis),
    MetsRule(id="AIPM7", check=aip_premis_version),
)
DIP_RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="DIP2", check=dip_profile),
    MetsRule(id="DIP3", check=dip_type),
    MetsRule(id="DIP4", check=dip_description),
)
