"""One-time links: whoever reads the terminal of an embedded archive may sit down at its desk (DESIGN §6)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from audit.desk.sessions import hashed

VALID: Final = timedelta(minutes=30)
PAUSE: Final = timedelta(seconds=5)
"""A new link is not printed sooner: whoever asks again and again fills nobody's terminal."""


class OneTimeLinks:
    """The links that are valid until somebody goes in by one of them; may be shared by threads."""

    def __init__(self, secret: Callable[[], str]) -> None:
        """Make links of `secret`, which gives 256 random bits as text."""
        self._secret = secret
        self._lock = Lock()
        self._made: dict[str, datetime] = {}
        self._last: datetime | None = None

    def make(self, now: datetime) -> str | None:
        """Give the secret part of a new link; None where one was made a moment ago.

        Those before it stay good for their time: anybody may ask for a new one, and must keep nobody out by that.
        """
        with self._lock:
            if self._last is not None and abs(now - self._last) < PAUSE:
                return None
            token = self._secret()
            self._made = {made: at for made, at in self._made.items() if abs(now - at) <= VALID}
            self._made[hashed(token)] = self._last = now
            return token

    def is_valid(self, token: str, now: datetime) -> bool:
        """Say whether a link would let its holder in; it is not used up by that."""
        with self._lock:
            return self._fits(token, now)

    def redeem(self, token: str, now: datetime) -> bool:
        """Use a link up, and all others with it. False for one that is used, too old or none."""
        with self._lock:
            if not self._fits(token, now):
                return False
            self._made.clear()
            return True

    def _fits(self, token: str, now: datetime) -> bool:
        made = self._made.get(hashed(token))
        # Nor does a clock that was set back make it hold for longer.
        return made is not None and abs(now - made) <= VALID
