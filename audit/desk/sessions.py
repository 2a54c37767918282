"""Who is signed in: kept by this process alone, by the hash of what the browser shows."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from ingest.domain.people import Person

IDLE: Final = timedelta(minutes=60)
"""Whoever does nothing for so long has left."""
LONGEST: Final = timedelta(hours=10)
"""A working day: after that a person signs in anew."""
MOST: Final = 1000
"""Sessions that are kept; where there are more, the one that has been still for longest ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person who is signed in; `proof` stands in every form, and nobody else can know it."""

    person: Person
    proof: str
    opened: datetime
    seen: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it is too long since it was opened, or since anything was asked; or nobody can tell.

        A clock that is set back by more than that would let it go on for as long.
        """
        return abs(now - self.seen) > IDLE or now - self.opened > LONGEST


def hashed(token: str) -> str:
    """Give what is kept of a token: it has 256 random bits, so that no salt and no slowness is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """The sessions of one process; may be shared by threads."""

    def __init__(self, secret: Callable[[], str]) -> None:
        """Make tokens of `secret`, which gives 256 random bits as text."""
        self._secret = secret
        self._lock = Lock()
        self._held: dict[str, Session] = {}

    def open(self, person: Person, now: datetime) -> str:
        """Sign a person in, and give the token that the browser is to show."""
        token = self._secret()
        session = Session(person=person, proof=self._secret(), opened=now, seen=now)
        with self._lock:
            self._held = {name: one for name, one in self._held.items() if not one.is_over(now)}
            if len(self._held) >= MOST:
                del self._held[min(self._held, key=lambda name: self._held[name].seen)]
            self._held[hashed(token)] = session
        return token

    def of(self, token: str, now: datetime) -> Session | None:
        """Give the session of a token and note that it was used; None where it is none, or over."""
        name = hashed(token)
        with self._lock:
            session = self._held.get(name)
            if session is None:
                return None
            if session.is_over(now):
                del self._held[name]
                return None
            self._held[name] = replace(session, seen=max(now, session.seen))
            return session

    def close(self, token: str) -> None:
        """Sign out; a token that is none is no error."""
        with self._lock:
            self._held.pop(hashed(token), None)
