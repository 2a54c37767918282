"""Webhooks: what a producer's system is told of its deliveries, and how it can tell that the archive said so.

Every step of a delivery that its producer should know of becomes a `Notice` in the producer's feed, numbered from 1 in
the order in which they were committed. A `Subscription` goes through the feed in that order; `cursor` is the number of
the last notice that its receiver has taken. Message and signature are those of Standard Webhooks 1.0.0.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, assert_never

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState

SECRET_OVERLAP: Final = timedelta(hours=24)
"""So long a secret that was replaced still signs beside the new one."""
MOST_SECRETS: Final = 3
_PREFIX: Final = "whsec_"


class NoticeType(StrEnum):
    """What a notice tells."""

    RECEIVED = "delivery.received"
    HELD = "delivery.held"
    ACCEPTED = "delivery.accepted"
    TESTED = "delivery.tested"
    REJECTED = "delivery.rejected"
    QUARANTINED = "delivery.quarantined"
    REPEATED = "delivery.repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a transition has to tell, before it has its place in a feed.

    `producer` None: no producer's key came with it. `delivery` is the archive's id, `named` the producer's own, None
    while it is not known.
    """

    type: NoticeType
    producer: str | None
    delivery: str
    version: int
    state: DeliveryState
    named: str | None
    package: str | None
    repeat_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """News in its place: number `number` of its producer's feed."""

    number: int
    at: datetime
    news: News

    @property
    def id(self) -> str:
        """The same for the same news to every receiver, each time it is sent."""
        return f"{self.news.delivery}-{self.news.version}"


class SubscriptionStatus(StrEnum):
    """Whether notices are sent: `failing` has been given up until its producer asks for more."""

    ACTIVE = "active"
    FAILING = "failing"


class Outcome(StrEnum):
    """How it went to send a message."""

    TAKEN = "taken"
    REFUSED = "refused"
    GONE = "gone"
    FORBIDDEN_RECEIVER = "forbidden-receiver"
    NO_ADDRESS = "no-address"
    NO_CONNECTION = "no-connection"
    NO_ANSWER = "no-answer"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a message: `status` is the HTTP status, None where there was none."""

    outcome: Outcome
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An answer, and when it came."""

    at: datetime
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSecret:
    """`whsec_` and the key in base64; it signs until `until`, None = until it is replaced."""

    value: str = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A producer's wish to be told at `url`. `producer` None is whoever holds the embedded archive's own key.

    `failures` counts the attempts in vain since the last notice was taken. Nothing is sent before `next_at`, which a
    sender moves ahead to have the subscription to itself; `rests_until` is when the pause after the last attempt in
    vain is over, None when there was none. `test` is the id of a test message that is to be sent, once, whatever the
    status.
    """

    id: str
    producer: str | None
    url: str
    types: tuple[NoticeType, ...]
    secrets: tuple[SigningSecret, ...]
    created_at: datetime
    cursor: int
    next_at: datetime
    status: SubscriptionStatus = SubscriptionStatus.ACTIVE
    failures: int = 0
    last: Attempt | None = None
    test: str | None = None
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent: to where, with which headers, the body's bytes. `producer` says by whose allow-list."""

    producer: str | None
    url: str
    headers: Mapping[str, str]
    body: bytes


def news_of(transition: Transition) -> News | None:
    """Give what a transition has to tell its producer, None when it has nothing; a question tells `held` once more."""
    before, after = transition.before.state, transition.after
    if before is after.state is not DeliveryState.HELD:
        return None
    kind = _type_of(before, after.state)
    if kind is None:
        return None
    return News(
        type=kind,
        producer=after.sender,
        delivery=after.id,
        version=after.version,
        state=after.state,
        named=after.identity.delivery if after.identity else None,
        package=after.package if after.state in (DeliveryState.ARCHIVED, DeliveryState.TESTED) else None,
        repeat_of=after.repeat_of,
    )


def _type_of(before: DeliveryState, after: DeliveryState) -> NoticeType | None:
    match after:
        case DeliveryState.UPLOADING:
            return None
        case DeliveryState.RECEIVED | DeliveryState.CHECKING | DeliveryState.PRESERVING:
            return NoticeType.RECEIVED if before is DeliveryState.UPLOADING else None
        case DeliveryState.HELD:
            return NoticeType.HELD
        case DeliveryState.ARCHIVED:
            return NoticeType.ACCEPTED
        case DeliveryState.TESTED:
            return NoticeType.TESTED
        case DeliveryState.REJECTED:
            return NoticeType.REJECTED
        case DeliveryState.QUARANTINED:
            return NoticeType.QUARANTINED
        case DeliveryState.REPEATED:
            return NoticeType.REPEATED
        case _:
            assert_never(after)


def new_secret(random_hex: str) -> SigningSecret:
    """Give a secret of those random bytes (24 to 64 by the specification)."""
    return SigningSecret(value=_PREFIX + base64.b64encode(bytes.fromhex(random_hex)).decode("ascii"))


def with_new_secret(subscription: Subscription, secret: SigningSecret, now: datetime) -> Subscription:
    """Let a new secret sign; those before it sign beside it for a day, so that a receiver can change meanwhile."""
    end = now + SECRET_OVERLAP
    former = (replace(one, until=min(one.until or end, end)) for one in subscription.secrets)
    kept = tuple(one for one in former if one.until and one.until > now)[: MOST_SECRETS - 1]
    return replace(subscription, secrets=(secret, *kept))


def message(subscription: Subscription, notice: Notice, now: datetime) -> Message:
    """Give the message that tells a notice. It has ids and states alone: no title, no name, nobody's personal data."""
    news = notice.news
    told = {
        "id": news.delivery,
        "delivery": news.named,
        "state": news.state.value,
        "package": news.package,
        "repeatOf": news.repeat_of,
        "cursor": notice.number,
    }
    return _signed(subscription, notice.id, _body(news.type.value, notice.at, told), now)


def trial_message(subscription: Subscription, test_id: str, now: datetime) -> Message:
    """Give a message that tells nothing but that it arrives."""
    body = _body("webhook.test", now, {"webhook": subscription.id, "cursor": subscription.cursor})
    return _signed(subscription, test_id, body, now)


def _body(kind: str, at: datetime, told: Mapping[str, Any]) -> bytes:
    document = {"type": kind, "timestamp": at.isoformat(), "data": told}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _signed(subscription: Subscription, message_id: str, body: bytes, now: datetime) -> Message:
    seconds = str(int(now.timestamp()))
    valid = (secret for secret in subscription.secrets if secret.until is None or secret.until > now)
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signature(secret, message_id, seconds, body) for secret in valid),
    }
    return Message(producer=subscription.producer, url=subscription.url, headers=headers, body=body)


def signature(secret: SigningSecret, message_id: str, seconds: str, body: bytes) -> str:
    """Give the symmetric signature, `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64."""
    key = base64.b64decode(secret.value.removeprefix(_PREFIX))
    signed = b".".join((message_id.encode(), seconds.encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
