"""Keys that systems show to the API: whose they are, what they open. Of the key itself only a hash is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """In what capacity the holder of a key acts: the roles of DESIGN §8 that concern the API, and the producer's."""

    PRODUCER = "producer"
    ARCHIVIST = "archivist"
    OPERATOR = "operator"


class Action(StrEnum):
    """What a producer's key lets its holder do."""

    DELIVER = "deliver"
    READ = "read"


class Operation(StrEnum):
    """All that can be asked for with a key."""

    DELIVER = "deliver"
    VALIDATE = "validate"
    READ_DELIVERIES = "read deliveries"
    READ_PACKAGES = "read packages"
    READ_AGREEMENTS = "read agreements"
    EDIT_AGREEMENTS = "edit agreements"
    CORRECT_METADATA = "correct metadata"
    DECIDE_HELD = "decide held"
    READ_METRICS = "read metrics"
    READ_WEBHOOKS = "read webhooks"
    CHANGE_WEBHOOKS = "change webhooks"


_READING = frozenset({Operation.READ_DELIVERIES, Operation.READ_PACKAGES, Operation.READ_AGREEMENTS})
_OF_ACTION: Mapping[Action, frozenset[Operation]] = MappingProxyType(
    {
        Action.DELIVER: frozenset({Operation.DELIVER, Operation.VALIDATE, Operation.CHANGE_WEBHOOKS}),
        Action.READ: _READING | {Operation.READ_WEBHOOKS},
    }
)
_OF_ROLE: Mapping[Role, frozenset[Operation]] = MappingProxyType(
    {
        Role.PRODUCER: frozenset().union(*_OF_ACTION.values()),
        Role.ARCHIVIST: _READING
        | {Operation.VALIDATE, Operation.EDIT_AGREEMENTS, Operation.CORRECT_METADATA, Operation.DECIDE_HELD},
        Role.OPERATOR: frozenset({Operation.READ_METRICS}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key: `sha256` (hexadecimal) of it, and in what role it is held.

    A producer's names the agreements that it may deliver under, the default first; all others name their `holder`, a
    person or an office. Every key has 256 random bits, so that its hash needs no salt and no slowness. `last_used` is
    exact to the hour.

    Where `client` is not "", nothing secret is shown: the identity provider vouches for the client of that name, and
    `sha256` is that of the provider's and the client's names.
    """

    id: str
    sha256: str
    producer: str
    agreements: tuple[str, ...]
    actions: tuple[Action, ...]
    note: str
    created_at: datetime
    revoked_at: datetime | None = None
    last_used: datetime | None = None
    role: Role = Role.PRODUCER
    holder: str = ""
    client: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether it opens anything at all."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever has shown a valid key.

    `name` is how what they decide is signed, `key` the id of what was shown, "" for the embedded archive's own.
    `producer` is whose deliveries a producer's system sees, None = every
    producer's; `agreements` are those it may use, the default first.
    """

    role: Role
    name: str
    key: str = ""
    producer: str | None = None
    agreements: tuple[str, ...] = ()
    actions: frozenset[Action] = frozenset()

    def may(self, operation: Operation) -> bool:
        """Whether the caller's role, and for a producer its key, opens that."""
        if operation not in _OF_ROLE[self.role]:
            return False
        return self.role is not Role.PRODUCER or any(operation in _OF_ACTION[action] for action in self.actions)

    @property
    def sees_all(self) -> bool:
        """Whether what every producer has sent may be told to this caller."""
        return self.role is not Role.OPERATOR and self.producer is None

    def sees_deliveries_of(self, sender: str | None) -> bool:
        """Whether what that producer has sent may be told to this caller."""
        match self.role:
            case Role.PRODUCER:
                return self.producer is None or self.producer == sender
            case Role.ARCHIVIST:
                return True
            case Role.OPERATOR:
                return False

    def may_use(self, agreement_id: str) -> bool:
        """Whether the caller may deliver or judge under an agreement, and be told it."""
        match self.role:
            case Role.PRODUCER:
                return self.producer is None or agreement_id in self.agreements
            case Role.ARCHIVIST:
                return True
            case Role.OPERATOR:
                return False


def holder_of(key: ApiKey) -> Caller:
    """Give who shows a key."""
    return Caller(
        role=key.role,
        name=key.holder or key.producer,
        key=key.id,
        producer=key.producer if key.role is Role.PRODUCER else None,
        agreements=key.agreements,
        actions=frozenset(key.actions),
    )
