"""A delivery and its life (DESIGN §4).

    uploading → received → checking → [held] → preserving → archived
                    │          │         │           │
                    └──────────┴─────────┴───────────┴──→ rejected    checking → quarantined (infected)
    preserving → tested       (a test delivery: the whole way into the test store, and nothing of it is archived)
    received → repeated       (no new delivery: it is the same as an earlier one, whose answer it gets)
    received → preserving     (a correction of the archive's own: no new content, so nothing to check)
    preserving → held, rejected   (the agreement asks so for what could not be copied for preservation)

Final states are final. `received` promises durable staging only; custody passes at `archived`.
A test delivery has an identity of its own: it never meets the real delivery of the same name.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ingest.domain.receipts import Copy
from ingest.domain.submissions import Dialect, RecordStatus


class DeliveryState(StrEnum):
    """Where a delivery is in its life."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    CHECKING = "checking"
    HELD = "held"
    PRESERVING = "preserving"
    ARCHIVED = "archived"
    TESTED = "tested"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    REPEATED = "repeated"


FINAL_STATES = frozenset(
    {
        DeliveryState.ARCHIVED,
        DeliveryState.TESTED,
        DeliveryState.REJECTED,
        DeliveryState.QUARANTINED,
        DeliveryState.REPEATED,
    }
)

_S = DeliveryState
_FOLLOWING: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.UPLOADING: frozenset({_S.RECEIVED}),
    _S.RECEIVED: frozenset({_S.CHECKING, _S.PRESERVING, _S.REJECTED, _S.REPEATED}),
    _S.CHECKING: frozenset({_S.HELD, _S.PRESERVING, _S.REJECTED, _S.QUARANTINED}),
    _S.HELD: frozenset({_S.PRESERVING, _S.REJECTED}),
    _S.PRESERVING: frozenset({_S.HELD, _S.ARCHIVED, _S.TESTED, _S.REJECTED}),
    _S.ARCHIVED: frozenset(),
    _S.TESTED: frozenset(),
    _S.REJECTED: frozenset(),
    _S.QUARANTINED: frozenset(),
    _S.REPEATED: frozenset(),
}


CORRECTION = "correction"
"""The kind of source of a correction: not delivered by anybody, but made by the archive of what it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContainer:
    """What was handed over: a folder, or a container with its own digest and size (bytes); the name is the producer's.

    `key` is the container's staging key ("" for a folder, whose files are staged one by one); `side_car` the path
    under which a delivery note that came beside it is kept, "" when there was none. A folder has size and digest only
    if it was refused when it was handed over: the bytes of its files, and the SHA-256 of what was seen of them.
    A correction's `name` is the archive's id of the delivery that it corrects; it has neither size nor digest.
    """

    name: str
    kind: str
    size: int = 0
    sha256: str = ""
    key: str = ""
    side_car: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether it is a folder whose package could not be read: its files were not taken over."""
        return bool(self.sha256) and not self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who delivers what: the key by which a repeat is known (DESIGN §4); `sameness` is a SHA-256 in hexadecimal."""

    producer: str
    delivery: str
    sameness: str


class IdentityTaken(Exception):
    """Another delivery took the same (producer, delivery, attempt) first: decide anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery, and the work on it: `step` is the next to be done, `version` grows with every change.

    `copies` are those that were read back, known once the package is stored.

    `id` is the archive's own (UUID); `identity`, `dialect` and `title` are unknown until the descriptor has been
    read. `sender` is the registered producer whose key it came with, None where none was shown (the command line).
    `package` and `generation` say which AIP it becomes. `refused` marks that a refusal was decided and only
    the receipt remains to be written.
    """

    id: str
    state: DeliveryState
    step: str
    version: int
    received_at: datetime
    source: SourceContainer
    agreement: str
    agreement_version: int
    sender: str | None = None
    attempt: int = 1
    identity: Identity | None = None
    dialect: Dialect | None = None
    record_status: RecordStatus = RecordStatus.NEW
    title: str = ""
    package: str | None = None
    generation: int = 1
    repeat_of: str | None = None
    refused: bool = False
    copies: tuple[Copy, ...] = ()

    @property
    def is_trial(self) -> bool:
        """Whether it is a test delivery (RECORDSTATUS TEST): it goes the whole way, and never into the archive."""
        return self.record_status is RecordStatus.TEST

    @property
    def corrects(self) -> str | None:
        """The archive's id of the delivery whose metadata this one corrects; None where it is no correction."""
        return self.source.name if self.source.kind == CORRECTION else None

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINAL_STATES


def may_follow(before: DeliveryState, after: DeliveryState) -> bool:
    """Say whether a delivery may go from one state to the other; staying is always allowed until it is final."""
    if before in FINAL_STATES:
        return False
    return before is after or after in _FOLLOWING[before]


def moved(delivery: Delivery, state: DeliveryState, step: str) -> Delivery:
    """Give the delivery in its next state and step, one version on.

    Raises ValueError for a move that its life does not know: a fault in the program, never in a delivery.
    """
    if not may_follow(delivery.state, state):
        message = f"a delivery cannot go from {delivery.state} to {state}"
        raise ValueError(message)
    return replace(delivery, state=state, step=step, version=delivery.version + 1)
