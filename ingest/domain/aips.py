"""An AIP about to be written: everything its METS, PREMIS and ERMS say, as one value (DESIGN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.domain.conversions import DerivedObject
from ingest.domain.packages import DigitalObject
from ingest.domain.provenance import Agent, PreservationEvent
from ingest.domain.submissions import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Aip:
    """One generation of one AIP; the same value always gives the same bytes.

    `id` is the package's UUID (OBJID is `urn:uuid:<id>`), `delivery` the archive's id of the delivery it came from.
    `objects` are in delivered order and hold their places; `derived` are the preservation copies made of them.
    `archive` preserves it, `software` made it.
    `supersedes` names the package that this one replaces, None when it replaces none. `corrected` is when its metadata
    was corrected last, None where it is as it was made.
    """

    id: str
    generation: int
    delivery: str
    created: datetime
    agreement: str
    agreement_version: int
    submission: Submission
    objects: tuple[DigitalObject, ...]
    events: tuple[PreservationEvent, ...]
    archive: Agent
    software: Agent
    supersedes: str | None = None
    derived: tuple[DerivedObject, ...] = ()
    corrected: datetime | None = None

    @property
    def representations(self) -> tuple[str, ...]:
        """The names of its representations: the delivered ones in order, then that of the preservation copies."""
        return tuple(dict.fromkeys((*representations_of(self.objects), *representations_of(self.derived))))

    @property
    def objid(self) -> str:
        """METS OBJID of the package (CSIP1)."""
        return f"urn:uuid:{self.id}"


def representations_of(objects: Iterable[DigitalObject | DerivedObject]) -> tuple[str, ...]:
    """Give the names of the representations that objects lie in, in the objects' order."""
    names = (one.place.representation for one in objects if one.place.representation is not None)
    return tuple(dict.fromkeys(names))
