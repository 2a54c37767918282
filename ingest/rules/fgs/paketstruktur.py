"""Which METS rules hold for which version of FGS Paketstruktur: the table of contents of the package rules."""

from collections.abc import Mapping
from types import MappingProxyType

from ingest.domain.submissions import Dialect
from ingest.rules.fgs import agents, draft, files, headers, record_ids, roots, sections
from ingest.rules.mets.registry import RuleSet

_SUMMARIES = (*headers.SUMMARY, *agents.SUMMARY, *record_ids.SUMMARY, *sections.SUMMARY)
_PUBLISHED = RuleSet(
    roots=roots.RULES,
    headers=headers.RULES,
    agents=agents.RULES,
    record_ids=record_ids.RULES,
    sections=sections.RULES,
    files=files.RULES,
    summaries=_SUMMARIES,
)
_DRAFT = RuleSet(
    roots=(*roots.COMMON, *draft.ROOTS),
    headers=headers.COMMON,
    agents=agents.RULES,
    record_ids=(*record_ids.COMMON, *draft.RECORD_IDS),
    sections=sections.RULES,
    files=(*files.COMMON, *draft.FILES),
    summaries=(*_SUMMARIES, *draft.SUMMARY),
)
BY_DIALECT: Mapping[Dialect, RuleSet] = MappingProxyType(
    {
        Dialect.EARD: _DRAFT,
        Dialect.FGS_1_0: _PUBLISHED,
        Dialect.FGS_1_1: _PUBLISHED,
        Dialect.FGS_1_2: _PUBLISHED,
    }
)
