"""A few requests at a time: with small objects it is the way to the store and back that takes time."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

AT_A_TIME: Final = 8
"""So many objects below 8 MiB are in memory at most."""
_Answer = TypeVar("_Answer")


def side_by_side(tasks: Iterable[Callable[[], _Answer]]) -> tuple[_Answer, ...]:
    """Carry tasks out, a few at a time, and give their answers in order; the next is asked for when one may begin.

    Raises what the first in order raises that fails; those begun by then are ended, no other is begun.
    """
    begun: list[Future[_Answer]] = []
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        for task in tasks:
            begun.append(threads.submit(task))
            if len(begun) >= AT_A_TIME:
                begun[-AT_A_TIME].result()
        return tuple([one.result() for one in begun])
