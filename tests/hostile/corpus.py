"""The hostile corpus: every case once, by its name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tests.hostile import name_cases, tar_cases, twofold_cases, xml_cases, zip_cases
from tests.hostile.case import Case

CONTAINERS: Final = (*zip_cases.cases(), *name_cases.cases(), *tar_cases.cases(), *twofold_cases.cases())
"""What the container readers alone can judge."""
CASES: Final[Mapping[str, Case]] = MappingProxyType({case.name: case for case in (*CONTAINERS, *xml_cases.cases())})
OURS: Final = "EARKIV-"
ABOUT_NAMES: Final = frozenset({"PKG-16", "PKG-17", "PKG-18", "PKG-19", "FMT-5"})
"""The warnings that a case states; others (a format that is not known) are not its matter."""
BOMBS: Final = tuple(name for name in CASES if name.startswith(("bomb-", "xml-laughs", "xml-quadratic", "xml-very")))
EXPENSIVE: Final = frozenset({"bomb-zip-entries", "bomb-tar-entries"})
"""Half a million entries: made and read in the slower tier alone."""
