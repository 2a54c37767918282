"""Sign-ins that are under way at the identity provider, each known by a cookie of the browser that began it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from audit.desk.sessions import hashed
from ingest.domain.sign_in import SignInFlow

VALID: Final = timedelta(minutes=10)
MOST: Final = 1000
"""Sign-ins that may be under way; where there are more, the oldest is forgotten."""


class Flows:
    """What is under way in one process; may be shared by threads."""

    def __init__(self, secret: Callable[[], str]) -> None:
        """Make flows of `secret`, which gives 256 random bits as text."""
        self._secret = secret
        self._lock = Lock()
        self._begun: dict[str, tuple[SignInFlow, datetime]] = {}

    def begin(self, now: datetime) -> tuple[str, SignInFlow]:
        """Give a flow, and the token by which the browser is known when it comes back."""
        token = self._secret()
        flow = SignInFlow(state=self._secret(), nonce=self._secret(), verifier=self._secret())
        with self._lock:
            fresh = {name: one for name, one in self._begun.items() if now - one[1] <= VALID}
            for name in list(fresh)[: max(0, len(fresh) - MOST + 1)]:
                del fresh[name]
            self._begun = {**fresh, hashed(token): (flow, now)}
        return token, flow

    def end(self, token: str, now: datetime) -> SignInFlow | None:
        """Give the flow that a browser began, once; None for one that is used, too old or none."""
        with self._lock:
            flow, begun = self._begun.pop(hashed(token), (None, now))
        return flow if abs(now - begun) <= VALID else None
