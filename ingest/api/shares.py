"""How many of the places that all share one producer may hold, so that it never keeps everybody else out."""

import anyio


class Shares:
    """A share of so many places for each producer, kept in the event loop."""

    def __init__(self, most: int) -> None:
        """Let one producer hold `most` places."""
        self._most = most
        self._of: dict[str, anyio.Semaphore] = {}

    def of(self, producer: str | None) -> anyio.Semaphore:
        """Give what bounds a producer; None, whoever is no producer, is bounded by the places alone."""
        if producer is None:
            return anyio.Semaphore(1)
        # Only registered producers get this far: they are few.
        return self._of.setdefault(producer, anyio.Semaphore(self._most))
