"""Every METS rule, in one tuple per kind of element: the table of contents of `ingest.rules.mets`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ingest.domain.submissions import Dialect
from ingest.formats.mets_values import Div, Element, File, FileGroup, FileSection, Section, SectionKind, StructMap
from ingest.rules.mets import (
    divisions,
    files,
    groups,
    headers,
    metadata,
    other_kinds,
    representations,
    roots,
    sip,
    structures,
)
from ingest.rules.mets.identifiers import NameRule, ReferenceRule
from ingest.rules.mets.sip import is_of
from ingest.rules.mets.subjects import MetsRule, Summary
from ingest.rules.mets.versions import Kind

DOUBLED = "EARKIV-METS-1"
DANGLING = "EARKIV-METS-2"


def doubled(element: Element) -> str:
    """Give the rule for a doubled id where the specification has none of its own."""
    del element
    return DOUBLED


def dangling(element: Element, attribute: str) -> str:
    """Give the rule for a reference to nothing where the specification has none of its own."""
    del element, attribute
    return DANGLING


def no_more(summary: Summary) -> tuple[MetsRule[Summary], ...]:
    """Give no rules beyond those that hold for every document."""
    del summary
    return ()


Rules = tuple[MetsRule[Any], ...]
"""Rules over one kind of element; which kind stands in the name of the field that holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of a dialect: per kind of element, and over a whole document at its end.

    `by_kind` gives those that hold only for the kind of package that a document says it is.
    """

    roots: Rules = ()
    headers: Rules = ()
    agents: Rules = ()
    record_ids: Rules = ()
    sections: Rules = ()
    file_sections: Rules = ()
    groups: Rules = ()
    files: Rules = ()
    summaries: Rules = ()
    by_kind: Callable[[Summary], tuple[MetsRule[Summary], ...]] = no_more
    doubled: NameRule = doubled
    dangling: ReferenceRule = dangling

    @property
    def all(self) -> Rules:
        """Every rule once, in the order of the elements."""
        parts = (self.roots, self.headers, self.agents, self.record_ids, self.sections)
        return tuple(
            rule for rules in (*parts, self.file_sections, self.groups, self.files, self.summaries) for rule in rules
        )


_SECTIONS = {SectionKind.DMD: "CSIP18", SectionKind.DIGIPROV: "CSIP33", SectionKind.RIGHTS: "CSIP46"}
_DIVISIONS = {
    groups.METADATA: "CSIP89",
    groups.DOCUMENTATION: "CSIP94",
    groups.SCHEMAS: "CSIP98",
    groups.REPRESENTATIONS: "CSIP102",
}


def csip_doubled(element: Element) -> str:
    """Give CSIP's own rule for a doubled id, by the element."""
    match element:
        case File():
            return "CSIP67"
        case FileGroup():
            return "CSIP65"
        case FileSection():
            return "CSIP59"
        case Section(kind=kind):
            return _SECTIONS.get(kind, DOUBLED)
        case StructMap(label="CSIP"):
            return "CSIP83"
        case Div(map=StructMap(label="CSIP")):
            return _division(element)
        case _:
            return DOUBLED


def _division(division: Div) -> str:
    if division.parent is None:
        return "CSIP85"
    if division.parent.parent is not None:
        return DOUBLED
    label = division.label or ""
    is_representation = label.startswith(groups.REPRESENTATIONS + "/")
    return "CSIP106" if is_representation else _DIVISIONS.get(label, DOUBLED)


def csip_dangling(element: Element, attribute: str) -> str:
    """Give CSIP's own rule for a reference to nothing, by the element and the attribute."""
    match element, attribute:
        case FileGroup(), "ADMID":
            return "CSIP61"
        case File(), "ADMID":
            return "CSIP74"
        case File(), "DMDID":
            return "CSIP75"
        case Div(label=groups.METADATA), "ADMID":
            return "CSIP91"
        case Div(label=groups.METADATA), "DMDID":
            return "CSIP92"
        case _:
            return DANGLING


_COMMON: tuple[MetsRule[Summary], ...] = (
    *headers.SUMMARY_RULES,
    *groups.SUMMARY_RULES,
    *structures.RULES,
    *divisions.RULES,
    *representations.RULES,
)
_OF_KINDS: Mapping[Kind, tuple[MetsRule[Summary], ...]] = MappingProxyType(
    {Kind.SIP: sip.RULES, Kind.AIP: other_kinds.AIP_RULES, Kind.DIP: other_kinds.DIP_RULES}
)


def _of_kinds(summary: Summary) -> tuple[MetsRule[Summary], ...]:
    return tuple(rule for kind, rules in _OF_KINDS.items() if is_of(summary, kind) for rule in rules)


EARK = RuleSet(
    roots=(*roots.RULES, *sip.ROOT_RULES),
    headers=headers.RULES,
    record_ids=sip.RECORD_ID_RULES,
    sections=metadata.RULES,
    file_sections=groups.SECTION_RULES,
    groups=groups.RULES,
    files=files.RULES,
    summaries=_COMMON,
    by_kind=_of_kinds,
    doubled=csip_doubled,
    dangling=csip_dangling,
)
NONE = RuleSet()
BY_DIALECT: Mapping[Dialect, RuleSet] = MappingProxyType(
    dict.fromkeys((Dialect.EARK_2_0, Dialect.EARK_2_1, Dialect.EARK_2_2), EARK)
)
KIND_RULES: tuple[MetsRule[Summary], ...] = tuple(rule for rules in _OF_KINDS.values() for rule in rules)
