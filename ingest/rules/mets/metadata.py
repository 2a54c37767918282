"""CSIP18 to CSIP57: sections of descriptive, provenance and rights metadata, and what each points to.

The three kinds ask the same of a reference (mdRef) under ids of their own; a section may hold several.
"""

from collections.abc import Callable

from ingest.formats.mets_values import MdRef, Section, SectionKind
from ingest.rules.mets.breaches import KEPT, Breaches, broken, gravely_broken
from ingest.rules.mets.subjects import Document, MetsRule
from ingest.rules.mets.vocabularies import (
    CHECKSUM_TYPES,
    METADATA_TYPES,
    STATUSES,
    is_media_type,
    is_moment,
    is_size,
)

_SectionCheck = Callable[[Section], Breaches]
_ReferenceCheck = Callable[[MdRef], Breaches]


def _identified(section: Section) -> Breaches:
    return KEPT if (section.id or "").strip() else broken(section)


def _dated(section: Section) -> Breaches:
    stated = section.attribute("CREATED") or ""
    return KEPT if is_moment(stated) else broken(section, stated or section.id)


def _current(section: Section) -> Breaches:
    stated = section.attribute("STATUS")
    if stated is None:
        return broken(section, section.id)
    return KEPT if stated in STATUSES else gravely_broken(section, stated)


def _referring(section: Section) -> Breaches:
    return KEPT if section.references else broken(section, section.id)


def _locator(pointer: MdRef) -> Breaches:
    stated = pointer.attribute("LOCTYPE")
    return KEPT if stated == "URL" else broken(pointer, stated or pointer.href)


def _link(pointer: MdRef) -> Breaches:
    stated = pointer.attribute("xlink:type")
    return KEPT if stated == "simple" else broken(pointer, stated or pointer.href)


def _place(pointer: MdRef) -> Breaches:
    return KEPT if (pointer.href or "").strip() else broken(pointer)


def _kind(pointer: MdRef) -> Breaches:
    stated = pointer.attribute("MDTYPE")
    return KEPT if stated in METADATA_TYPES else broken(pointer, stated or pointer.href)


def _media_type(pointer: MdRef) -> Breaches:
    return KEPT if is_media_type(pointer.mime_type or "") else broken(pointer, pointer.mime_type or pointer.href)


def _size(pointer: MdRef) -> Breaches:
    return KEPT if is_size(pointer.size or "") else broken(pointer, pointer.size or pointer.href)


def _created(pointer: MdRef) -> Breaches:
    return KEPT if is_moment(pointer.created or "") else broken(pointer, pointer.created or pointer.href)


def _checksum(pointer: MdRef) -> Breaches:
    return KEPT if (pointer.checksum or "").strip() else broken(pointer, pointer.href)


def _checksum_type(pointer: MdRef) -> Breaches:
    return KEPT if pointer.checksum_type in CHECKSUM_TYPES else broken(pointer, pointer.checksum_type or pointer.href)


_OF_REFERENCE: tuple[_ReferenceCheck, ...] = (
    _locator,
    _link,
    _place,
    _kind,
    _media_type,
    _size,
    _created,
    _checksum,
    _checksum_type,
)
"""In the order in which CSIP numbers them: CSIP22 to CSIP30, CSIP36 to CSIP44, CSIP49 to CSIP57."""


def _section_rule(number: int, kind: SectionKind, judge: _SectionCheck) -> MetsRule[Section]:
    def check(section: Section, document: Document) -> Breaches:
        del document
        return judge(section) if section.kind is kind else KEPT

    return MetsRule(id=f"CSIP{number}", check=check)


def _reference_rule(number: int, kind: SectionKind, judge: _ReferenceCheck) -> MetsRule[Section]:
    def each(section: Section) -> Breaches:
        return tuple(breach for pointer in section.references for breach in judge(pointer))

    return _section_rule(number, kind, each)


def _reference_rules(first: int, kind: SectionKind) -> tuple[MetsRule[Section], ...]:
    return tuple(_reference_rule(first + place, kind, judge) for place, judge in enumerate(_OF_REFERENCE))


RULES: tuple[MetsRule[Section], ...] = (
    _section_rule(18, SectionKind.DMD, _identified),
    _section_rule(19, SectionKind.DMD, _dated),
    _section_rule(20, SectionKind.DMD, _current),
    _section_rule(21, SectionKind.DMD, _referring),
    *_reference_rules(22, SectionKind.DMD),
    _section_rule(33, SectionKind.DIGIPROV, _identified),
    _section_rule(34, SectionKind.DIGIPROV, _current),
    _section_rule(35, SectionKind.DIGIPROV, _referring),
    *_reference_rules(36, SectionKind.DIGIPROV),
    _section_rule(46, SectionKind.RIGHTS, _identified),
    _section_rule(47, SectionKind.RIGHTS, _current),
    _section_rule(48, SectionKind.RIGHTS, _referring),
    *_reference_rules(49, SectionKind.RIGHTS),
)
