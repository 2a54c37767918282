"""The sections of the desk, and who is shown the way to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audit.desk import frame_texts as texts
from ingest.domain.findings import Text
from ingest.domain.people import Deed, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A link in the frame."""

    path: str
    title: Text
    is_here: bool


_DOORS: Final = (
    ("/overview", texts.OVERVIEW, Deed.SEE_OVERVIEW),
    ("/deliveries", texts.DELIVERIES, Deed.READ_DELIVERIES),
    ("/packages", texts.PACKAGES, Deed.READ_PACKAGES),
    ("/requests", texts.REQUESTS, Deed.READ_REQUESTS),
    ("/agreements", texts.AGREEMENTS, Deed.READ_AGREEMENTS),
    ("/time-proposals", texts.TIME_PROPOSALS, Deed.REVIEW_ACCESS),
    ("/pre-approvals", texts.PRE_APPROVALS, Deed.REVIEW_ACCESS),
    ("/record", texts.RECORD, Deed.READ_JOURNAL),
)


def doors_for(person: Person, here: str) -> Iterator[Door]:
    """Give the sections a person may enter; `here` is the path within the desk."""
    for path, title, deed in _DOORS:
        if person.may(deed):
            yield Door(path=path, title=title, is_here=here == path or here.startswith(f"{path}/"))


def first_door(person: Person) -> str | None:
    """Give where a person begins; None for one that may enter nowhere."""
    return next((door.path for door in doors_for(person, "")), None)
