"""Webhooks as they go over the wire."""

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from ingest.domain.receivers import MOST_CHARACTERS
from ingest.domain.webhooks import NoticeType

MOST_CURSOR: Final = (1 << 31) - 1


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewWebhook(_Document):
    """Where a producer wants to be told, and of what; without `events`, of what its agreements name, else of all."""

    url: str = Field(min_length=1, max_length=MOST_CHARACTERS, examples=["https://diariet.example.se/hooks/arkiv"])
    events: list[NoticeType] | None = Field(default=None, min_length=1, max_length=2 * len(NoticeType))


class Replay(_Document):
    """Where to go on: behind that number, or behind what was taken last."""

    after: int | None = Field(default=None, ge=0, le=MOST_CURSOR)


class Attempt(_Document):
    """How the last message went."""

    at: str
    outcome: str = Field(examples=["taken"])
    status: int | None = Field(description="The HTTP status of the receiver, null where it gave none.")


class Webhook(_Document):
    """A producer's webhook and where it stands."""

    id: str
    url: str
    events: list[NoticeType]
    status: str = Field(examples=["active"], description="active, or failing: nothing more is sent until a replay.")
    cursor: int = Field(description="The number of the last event that its receiver has taken.")
    newest: int = Field(description="The number of the last event there is.")
    failures: int = Field(description="Attempts in vain since the last event was taken.")
    lastAttempt: Attempt | None  # noqa: N815 - a name of the wire
    nextAttemptAt: str | None  # noqa: N815 - a name of the wire
    testWaits: bool = Field(description="Whether a test message is still to be sent.")  # noqa: N815 - a name of the wire
    createdAt: str  # noqa: N815 - a name of the wire


class WebhookWithSecret(Webhook):
    """A webhook with its new secret, which is shown this once."""

    secret: str = Field(pattern="^whsec_", description="By it the receiver proves signatures; keep it safe.")


class Webhooks(_Document):
    """A producer's webhooks, oldest first."""

    webhooks: list[Webhook]
