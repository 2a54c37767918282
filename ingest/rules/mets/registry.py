"""Every METS rule, in one tuple per kind of element: the table of contents of `ingest.rules.mets`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ingest.domain.submissions import Dialect
from ingest.formats.mets_values import Element
from ingest.rules.mets.identifiers import NameRule, ReferenceRule
from ingest.rules.mets.subjects import MetsRule

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


Rules = tuple[MetsRule[Any], ...]
"""Rules over one kind of element; which kind stands in the name of the field that holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of a dialect: per kind of element, and over a whole document at its end."""

    roots: Rules = ()
    headers: Rules = ()
    agents: Rules = ()
    record_ids: Rules = ()
    sections: Rules = ()
    file_sections: Rules = ()
    groups: Rules = ()
    files: Rules = ()
    summaries: Rules = ()
    doubled: NameRule = doubled
    dangling: ReferenceRule = dangling

    @property
    def all(self) -> Rules:
        """Every rule once, in the order of the elements."""
        parts = (self.roots, self.headers, self.agents, self.record_ids, self.sections)
        return tuple(
            rule for rules in (*parts, self.file_sections, self.groups, self.files, self.summaries) for rule in rules
        )


NONE = RuleSet()
BY_DIALECT: Mapping[Dialect, RuleSet] = MappingProxyType({})


def rules_for(dialect: Dialect) -> RuleSet:
    """Give the rules for METS documents of a package in this dialect."""
    return BY_DIALECT.get(dialect, NONE)
