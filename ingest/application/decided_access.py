"""What decisions on access say of a package, told of what the catalogue knows: short, and at once."""

from collections import Counter
from typing import Any

from ingest.application.known_decisions import known_decisions
from ingest.application.pre_approval_chains import no_longer_in_force
from ingest.domain.access.levels import Level
from ingest.domain.access.openings import most_open
from ingest.pipeline.step import Ports


def decided_access(package: str, ports: Ports) -> dict[str, Any]:
    """Tell how many decisions there are, how many wait for the journal, and how many units are at most at which level.

    All that no decision names is closed. What stands in force can be stricter, which takes reading: `told_access`.
    """
    known = known_decisions(package, ports)
    units = Counter(most_open(known.settled, known.waiting, no_longer_in_force(known.settled, ports)).values())
    return {
        "decisions": len(known.settled) + len(known.waiting),
        "waiting": len(known.waiting),
        "atMost": {level.value: units[level] for level in Level},
    }
