"""The METS rules of every dialect: E-ARK's and those of FGS Paketstruktur 1.x."""

from collections.abc import Mapping
from types import MappingProxyType

from ingest.domain.submissions import Dialect
from ingest.rules.fgs import paketstruktur
from ingest.rules.mets.registry import BY_DIALECT, RuleSet

RULE_SETS: Mapping[Dialect, RuleSet] = MappingProxyType({**BY_DIALECT, **paketstruktur.BY_DIALECT})
