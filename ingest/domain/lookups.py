"""What people look up at the desk: what they wish to see, and what the catalogue tells of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding


class WordKind(StrEnum):
    """What a word that a package is found by says of it."""

    CASE = "case"
    TITLE = "title"
    PARTY = "party"
    DATE = "date"
    STATUS = "status"
    RULE = "rule"
    PUID = "puid"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a list goes on: behind this moment and id, newest first."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWish:
    """Which deliveries are wished for: test deliveries or real ones, in these states (none = any), from a producer.

    `reference` is the archive's or the producer's own id. `after` is where the list goes on, None = at the newest.
    """

    trials: frozenset[bool] = frozenset({False})
    states: frozenset[DeliveryState] = frozenset()
    producer: str = ""
    reference: str = ""
    after: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDelivery:
    """A delivery, and when it last moved (None until it did)."""

    delivery: Delivery
    moved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageWish:
    """Which packages are wished for: from a producer, with all these beginnings of words.

    `anywhere` are looked for among case numbers, titles and parties alike. `reference` is the id of a package or
    delivery. `after` is where the list goes on, None = at the newest.
    """

    producer: str = ""
    reference: str = ""
    anywhere: tuple[str, ...] = ()
    words: tuple[tuple[WordKind, str], ...] = ()
    after: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """So many deliveries came to that state on a day (UTC)."""

    day: date
    state: DeliveryState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refused delivery: whose it was ("" = nobody's that is known), and what was found."""

    producer: str
    findings: tuple[Finding, ...]
