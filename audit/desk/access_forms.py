"""The form of a decision on access: units travel in it with what was in view of each, and come back as they were."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from audit.desk.visits import Visit
from ingest.application.decide_access import WantedAccess
from ingest.domain.access.decisions import Reference, UnitInView, View
from ingest.domain.access.levels import Level
from ingest.domain.access.units import UnitKey

UNIT: Final = "unit-"
"""How the names of the boxes that are ticked begin."""
ALL_UNMARKED: Final = "all-unmarked"
"""The name of the box for all unmarked units at once; its value tells which they were, and what was in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What stands in the form; `level` is None where none was chosen, `units` are those ticked.

    `all_unmarked` is the `digest_of` all unmarked units as the page showed them, "" where they were not chosen.
    """

    level: Level | None = None
    reason: str = ""
    ground: str = ""
    personal_data: str = ""
    stub_text: str = ""
    reference: Reference = Reference.WITHHELD
    units: frozenset[UnitInView] = frozenset()
    all_unmarked: str = ""

    def wanted(self, package: str, level: Level) -> WantedAccess:
        """Give the decision that is asked for; its units stand in an order that is always the same."""
        return WantedAccess(
            package=package,
            units=tuple(sorted(self.units, key=lambda unit: unit.key)),
            level=level,
            reason=self.reason,
            ground=self.ground,
            personal_data=self.personal_data,
            reference=self.reference,
            stub_text=self.stub_text,
        )


def filled_in(visit: Visit) -> FilledIn | None:
    """Read the form; None for one that no page of ours has made."""
    units = [unit_in(value) for name, value in visit.form.items() if name.startswith(UNIT)]
    known = frozenset(unit for unit in units if unit is not None)
    if len(known) != len(units):
        return None
    return FilledIn(
        level=next((level for level in Level if level == visit.typed("level")), None),
        reason=visit.typed("reason"),
        ground=visit.typed("ground"),
        personal_data=visit.typed("personal-data"),
        stub_text=visit.typed("stub"),
        reference=Reference.SHOWN if visit.typed("reference") else Reference.WITHHELD,
        units=known,
        all_unmarked=visit.typed(ALL_UNMARKED),
    )


def unit_text(unit: UnitInView) -> str:
    """Write a unit with what is in view of it, as a box of the form holds it."""
    return json.dumps([*unit.key, unit.view.content, unit.view.hits, unit.closed])


def unit_in(text: str) -> UnitInView | None:
    """Read what `unit_text` wrote; None for anything else."""
    said = key_in(text)
    if said is None or len(said) < 4:  # noqa: PLR2004 - an id, two digests and what closed it at least
        return None
    *key, content, hits, closed = said
    return UnitInView(key=tuple(key), view=View(content=content, hits=hits), closed=closed)


def digest_of(units: frozenset[UnitInView]) -> str:
    """Give the SHA-256 of units with what is in view of each: another set, or another view, has another."""
    told = json.dumps(sorted(unit_text(unit) for unit in units))
    return hashlib.sha256(told.encode()).hexdigest()


def key_text(key: UnitKey) -> str:
    """Write a unit's key as an address holds it."""
    return json.dumps(key)


def key_in(text: str) -> UnitKey | None:
    """Read what `key_text` wrote; None for anything else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        return None
    return tuple(said)
