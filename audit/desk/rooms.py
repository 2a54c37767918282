"""A room of the desk: an address, a method, and who answers there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from starlette.responses import RedirectResponse, Response

from audit.desk.desk import MOUNTED_AT
from audit.desk.headers import HEADERS
from audit.desk.visits import Visit
from ingest.domain.desk_use import Trace
from ingest.domain.people import Person


class For(StrEnum):
    """Whom a room is for."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"


class TakesIn(StrEnum):
    """What may come with the form of a room."""

    FIELDS = "fields"
    FILES = "fields and files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A person who has shown who they are: once that is recorded they are signed in, and shown `response`."""

    person: Person
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A handler at an address within the desk: it runs in a thread, and raises what `faults` has pages for.

    `trace` says what a visit leaves in the record where that does not follow from the method; `takes_in` is what may
    come with its form.
    """

    method: str
    path: str
    answer: Callable[[Visit], Response | Entered]
    who: For = For.SIGNED_IN
    trace: Trace | None = None
    takes_in: TakesIn = TakesIn.FIELDS

    @property
    def leaves(self) -> Trace:
        """What a visit leaves in the record of the desk."""
        if self.trace is not None or self.who is For.ANYBODY:
            return self.trace or Trace.NONE
        return Trace.READ if self.method == "GET" else Trace.WRITE


_NOTHING: Mapping[str, str] = MappingProxyType({})


def sent_to(path: str, headers: Mapping[str, str] = _NOTHING) -> RedirectResponse:
    """Send the browser on to another page of the desk."""
    return RedirectResponse(f"{MOUNTED_AT}{path}", status_code=303, headers={**HEADERS, **headers})
