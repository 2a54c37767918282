"""One package with every kind of container that can be told of, and what is told of each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from ingest.domain.nested import NestedListing, NestedRequest
from ingest.ports import ObjectStore
from ingest.tool_ports import NestedOpener
from tests.hostile.nested_cases import CASES
from tests.hostile.zips import zipped
from tests.unit.adapters.probes import files

TOLD: Final[Mapping[str, frozenset[str]]] = {
    "cut.zip": frozenset({"EARKIV-NST-1", "EARKIV-FMT-4"}),
    "two-readings.zip": frozenset({"EARKIV-NST-2"}),
    "climbing.zip": frozenset({"EARKIV-NST-3"}),
    "linked.tar": frozenset({"EARKIV-NST-4"}),
    "flat-bomb.zip": frozenset({"EARKIV-NST-5"}),
    "encrypted.zip": frozenset({"EARKIV-NST-6", "EARKIV-DOC-1"}),
    "locked-file.zip": frozenset({"EARKIV-NST-6"}),
    "depth-three.zip": frozenset({"EARKIV-NST-7"}),
    "slow.zip": frozenset({"EARKIV-NST-8"}),
    "programs.zip": frozenset({"EARKIV-NST-9"}),
    "empty-file.zip": frozenset({"EARKIV-NST-10"}),
    "ordinary.zip": frozenset(),
    "ordinary.tar.gz": frozenset(),
    "office.docx": frozenset(),
}
"""Under an agreement that opens two levels; without one, of each only what is told of any file."""
RULES: Final = frozenset(rule for rules in TOLD.values() for rule in rules)
MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    **{name: case.make for name, case in CASES.items()},
    "slow.zip": lambda: zipped({b"a.txt": b"a", b"b.txt": b"b"}),
    "office.docx": files.docx,
}


class Hurried:
    """The real opener, which has no time for the container that tells of time."""

    def __init__(self, opener: NestedOpener) -> None:
        """Stand before this one."""
        self._opener = opener

    def listing(self, staging: ObjectStore, request: NestedRequest) -> NestedListing | None:
        """Ask the real one."""
        if request.size == len(MAKERS["slow.zip"]()):
            request = replace(request, budget=replace(request.budget, seconds=-60.0))
        return self._opener.listing(staging, request)
