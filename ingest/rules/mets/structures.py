"""CSIP80 to CSIP92: the structural map labelled CSIP, its one top division, and the division of metadata."""

from collections.abc import Callable

from ingest.formats.mets_values import Section, SectionKind
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken, gravely_broken
from ingest.rules.mets.groups import METADATA
from ingest.rules.mets.subjects import Division, Document, MetsRule, Structure, Summary
from ingest.rules.mets.versions import Version

_CSIP = "CSIP"
_PHYSICAL = "PHYSICAL"


def csip_maps(summary: Summary) -> tuple[Structure, ...]:
    """Give the structural maps with that label."""
    return tuple(one for one in summary.structures if one.element.label == _CSIP)


def csip_map(summary: Summary) -> Structure | None:
    """Give the structural map that CSIP describes, None when there is none; the first when there are several."""
    return next(iter(csip_maps(summary)), None)


def labelled(summary: Summary, label: str) -> tuple[Division, ...]:
    """Give the divisions below the top one with exactly that label."""
    structure = csip_map(summary)
    divisions = structure.divisions if structure else ()
    return tuple(division for division in divisions if division.element.label == label)


def without_id(divisions: tuple[Division, ...]) -> Breaches:
    """Give a breach for each division without ID."""
    nameless = (one.element for one in divisions if not (one.element.id or "").strip())
    return tuple(Breach(line=one.line, value=one.label or "") for one in nameless)


def one_csip_map(summary: Summary, document: Document) -> Breaches:
    """CSIP80, CSIP82: exactly one structural map is CSIP's."""
    del document
    maps = csip_maps(summary)
    if len(maps) == 1:
        return KEPT
    places = [one.element for one in (*maps[1:], *summary.structures)]
    return broken((*places, summary.root)[0], ", ".join(one.element.label or "-" for one in summary.structures))


def physical(summary: Summary, document: Document) -> Breaches:
    """CSIP81: its TYPE is PHYSICAL; where none is labelled CSIP, that of one map at least is."""
    del document
    is_other = [one for one in summary.structures if one.element.attribute("TYPE") != _PHYSICAL]
    asked = csip_maps(summary) or (tuple(is_other) if len(is_other) == len(summary.structures) else ())
    others = (one.element for one in asked if one.element.attribute("TYPE") != _PHYSICAL)
    return tuple(Breach(line=one.line, value=one.attribute("TYPE") or "") for one in others)


def map_identified(summary: Summary, document: Document) -> Breaches:
    """CSIP83: it has an ID."""
    del document
    return tuple(Breach(line=one.element.line) for one in csip_maps(summary) if not (one.element.id or "").strip())


def one_top_division(summary: Summary, document: Document) -> Breaches:
    """CSIP84: it has exactly one division at its top."""
    del document
    structure = csip_map(summary)
    if structure is None or len(structure.tops) == 1:
        return KEPT
    return broken((*[top.element for top in structure.tops[1:]], structure.element)[0], f"{len(structure.tops)} × div")


def top_identified(summary: Summary, document: Document) -> Breaches:
    """CSIP85: the top division has an ID."""
    del document
    structure = csip_map(summary)
    return without_id(tuple(structure.tops)) if structure else KEPT


def top_labelled(summary: Summary, document: Document) -> Breaches:
    """CSIP86, of 2.0.4 alone: the top division's label is OBJID."""
    structure = csip_map(summary)
    if Version.V2_0_4 not in document.versions or structure is None or not structure.tops:
        return KEPT
    top = structure.tops[0].element
    return KEPT if top.label == summary.root.object_id else broken(top, top.label, summary.root.object_id or "")


def one_metadata_division(summary: Summary, document: Document) -> Breaches:
    """CSIP88, CSIP90: exactly one division is labelled Metadata, an empty one if need be."""
    del document
    structure = csip_map(summary)
    found = labelled(summary, METADATA)
    if structure is None or len(found) == 1:
        return KEPT
    return broken((*[one.element for one in found[1:]], structure.element)[0], f"{len(found)} × {METADATA}")


def metadata_identified(summary: Summary, document: Document) -> Breaches:
    """CSIP89: that division has an ID."""
    del document
    return without_id(labelled(summary, METADATA))


def administrative_named(summary: Summary, document: Document) -> Breaches:
    """CSIP91: ADMID of that division names the current administrative sections, or the amdSec around them."""
    return _unnamed(summary, document, "ADMID", lambda section: section.kind is not SectionKind.DMD)


def descriptive_named(summary: Summary, document: Document) -> Breaches:
    """CSIP92: DMDID of that division names the current descriptive sections."""
    return _unnamed(summary, document, "DMDID", lambda section: section.kind is SectionKind.DMD)


def _unnamed(summary: Summary, document: Document, attribute: str, asked: Callable[[Section], bool]) -> Breaches:
    """2.0.4 says that all must be named, later versions that the current ones should."""
    found = labelled(summary, METADATA)
    if not found:
        return KEPT
    named = {one for division in found for one in (division.element.attribute(attribute) or "").split()}
    is_grave = Version.V2_0_4 in document.versions
    told = gravely_broken if is_grave else broken
    sections = [section for section in summary.sections if asked(section) and _is_due(section, document)]
    return tuple(
        breach
        for section in sections
        if named.isdisjoint({section.id, section.amd.id if section.amd else None})
        for breach in told(found[0].element, section.id, f"@{attribute}")
    )


def _is_due(section: Section, document: Document) -> bool:
    stated = section.attribute("STATUS")
    return stated == "CURRENT" or (stated is None and Version.V2_0_4 in document.versions)


RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="CSIP80", check=one_csip_map),
    MetsRule(id="CSIP81", check=physical),
    MetsRule(id="CSIP82", check=one_csip_map),
    MetsRule(id="CSIP83", check=map_identified),
    MetsRule(id="CSIP84", check=one_top_division),
    MetsRule(id="CSIP85", check=top_identified),
    MetsRule(id="CSIP86", check=top_labelled),
    MetsRule(id="CSIP88", check=one_metadata_division),
    MetsRule(id="CSIP89", check=metadata_identified),
    MetsRule(id="CSIP90", check=one_metadata_division),
    MetsRule(id="CSIP91", check=administrative_named),
    MetsRule(id="CSIP92", check=descriptive_named),
)
