"""What was found of personal numbers in the packages last asked for: a search reads every document of one."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import Final

from ingest.domain.access.units import UnitKey
from ingest.domain.holdings import ArchivedPackage
from ingest.domain.personal_numbers.found import UnitHits

MOST_KEPT: Final = 32
"""Of so many generations the answers are kept: places and kinds, never a number."""

_Hits = Mapping[UnitKey, UnitHits]


class RecentNumbers:
    """`HitFinder` for a process that lives long: of two who ask at once, one searches; may be shared by threads."""

    def __init__(self, search: Callable[[ArchivedPackage], _Hits], most: int = MOST_KEPT) -> None:
        """Keep the last `most` answers of `search`."""
        self._search = search
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[ArchivedPackage, Future[_Hits]] = OrderedDict()

    def hits_in(self, package: ArchivedPackage) -> Mapping[UnitKey, UnitHits]:
        """Give what was found in that generation; a search that failed is kept for nobody but those who wait for it."""
        with self._lock:
            known = self._kept.get(package)
            answer = Future[_Hits]() if known is None else known
            self._kept[package] = answer
            self._kept.move_to_end(package)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return self._searched(package, answer) if known is None else answer.result()

    def _searched(self, package: ArchivedPackage, answer: Future[_Hits]) -> _Hits:
        try:
            found = self._search(package)
        except BaseException as error:
            with self._lock:
                if self._kept.get(package) is answer:
                    del self._kept[package]
            answer.set_exception(error)
            raise
        answer.set_result(found)
        return found
