"""How much longer all takes on a machine that has more to do: a minute that is promised is one of an idle machine."""

import time
from statistics import fmean
from typing import Final

from tests.known_work import KNOWN_SECONDS, known_work

_TIMES: Final = 10
_REST_SECONDS: Final = 1.0


class Pace:
    """Looks at how long a piece of work takes that is long enough to wait for its turn, as all work does."""

    def __init__(self) -> None:
        self._took = [_work()]

    def rest(self) -> None:
        """Wait a moment, and look again."""
        time.sleep(_REST_SECONDS)
        self._took.append(_work())

    def stretched(self, seconds: float) -> float:
        """Give what so many seconds of an idle machine are here, by all looks so far; never less."""
        return seconds * max(1.0, fmean(self._took) / (KNOWN_SECONDS * _TIMES))


def _work() -> float:
    return known_work(time.monotonic, _TIMES)
