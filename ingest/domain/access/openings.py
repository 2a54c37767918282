"""The most that decisions alone let be seen of each unit: what the reading room may hold, told without any reading.

What stands in force can only be stricter (`ingest.domain.access.standing`): a decision may lack something, and what is
told of a unit may close it. So whatever is shown at a laxer level than this is shown by mistake.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from ingest.domain.access.decisions import AccessDecision
from ingest.domain.access.levels import Level, strictest
from ingest.domain.access.units import UnitKey, above, is_among


def most_open(
    decisions: Iterable[AccessDecision],
    waiting: Iterable[AccessDecision] = (),
    withdrawn: AbstractSet[str] = frozenset(),
) -> Mapping[UnitKey, Level]:
    """Give the laxest level that each unit can have, of those ever named; `decisions` stand in their order.

    Those `waiting` for a place in the journal close, and open nothing; nor does what was decided by pre-approvals that
    are `withdrawn`. Of any other unit nothing was ever decided, so nothing of it may be shown.
    """
    levels = _opened(one for one in decisions if one.approval is None or one.approval.id not in withdrawn)
    for decision in waiting:
        named = {unit.key for unit in decision.units}
        levels |= {key: strictest(level, decision.level) for key, level in levels.items() if is_among(key, named)}
        levels |= dict.fromkeys(named - levels.keys(), strictest(Level.ON_REQUEST, decision.level))
    return levels


def _opened(decisions: Iterable[AccessDecision]) -> dict[UnitKey, Level]:
    levels: dict[UnitKey, Level] = {}
    inside: defaultdict[UnitKey, set[UnitKey]] = defaultdict(set)
    for decision in decisions:
        keys = [unit.key for unit in decision.units]
        if decision.level is not Level.PUBLIC:
            below = {inner for key in keys for inner in inside[key]}
            levels |= {inner: strictest(levels[inner], decision.level) for inner in below}
        for key in keys:
            levels[key] = decision.level
            for over in above(key):
                inside[over].add(key)
    return levels
