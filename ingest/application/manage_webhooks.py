"""Let a producer say where it wants to be told, and change its mind. Another's webhook is as if it were not there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ingest.domain.receivers import ReceiverFault
from ingest.domain.webhook_progress import resumed, tried
from ingest.domain.webhooks import (
    Attempt,
    NoticeType,
    Outcome,
    SigningSecret,
    Subscription,
    SubscriptionStatus,
    new_secret,
    with_new_secret,
)
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

MOST_WEBHOOKS: Final = 10
"""For each producer."""
_TOLD: Final = {Outcome.FORBIDDEN_RECEIVER: Outcome.NO_ADDRESS}
"""Whether a name leads nowhere or to the inside is one to a producer: it would find out what the inside is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a producer asks for: to be told of `types` at `url`, of what happens from now on.

    No `types` = those that its `agreements` name.
    """

    producer: str | None
    url: str
    types: tuple[NoticeType, ...] = ()
    agreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription and the secret that it was given, which is not shown again."""

    subscription: Subscription
    secret: SigningSecret


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAllowed:
    """The messages may not go there."""

    fault: ReceiverFault


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMany:
    """The producer has as many as it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere:
    """A cursor behind the end of the feed, which ends at `newest`."""

    newest: int


def subscribe(wanted: Wanted, ports: Ports) -> Subscribed | NotAllowed | TooMany:
    """Make a subscription, with a secret of its own."""
    fault = ports.messenger.fault_of(wanted.url, wanted.producer)
    if fault is not None:
        return NotAllowed(fault=fault)
    now, secret = ports.clock.now(), new_secret(ports.ids.secret())
    subscription = Subscription(
        id=ports.ids.new(),
        producer=wanted.producer,
        url=wanted.url,
        types=wanted.types or _agreed_types(wanted.agreements, ports),
        secrets=(secret,),
        created_at=now,
        cursor=ports.catalogue.newest_notice(wanted.producer),
        next_at=now,
    )
    if not ports.catalogue.add_subscription_within(MOST_WEBHOOKS, subscription):
        return TooMany()
    return Subscribed(subscription=subscription, secret=secret)


def _agreed_types(agreements: tuple[str, ...], ports: Ports) -> tuple[NoticeType, ...]:
    """What any of them that is in force names; all types where one names none, or there is none."""
    in_force = [found for one in agreements if (found := ports.catalogue.agreement(one)) is not None]
    named = {kind for one in in_force for kind in one.notifications or NoticeType}
    return tuple(kind for kind in NoticeType if kind in named or not named)


def own_webhooks(producer: str | None, ports: Ports) -> tuple[Subscription, ...]:
    """List a producer's subscriptions, oldest first."""
    return tuple(one for one in ports.catalogue.subscriptions() if one.producer == producer)


def own_webhook(webhook_id: str, producer: str | None, ports: Ports) -> Subscription:
    """Give a subscription of that producer. Raises UnknownSubject."""
    return _own(ports.catalogue.subscription(webhook_id), producer)


def renew_secret(webhook_id: str, producer: str | None, ports: Ports) -> Subscribed:
    """Give it a new secret, beside which the former one signs for a day more. Raises UnknownSubject."""
    secret = new_secret(ports.ids.secret())
    now = ports.clock.now()
    changed = _changed(webhook_id, producer, lambda one: with_new_secret(one, secret, now), ports)
    return Subscribed(subscription=changed, secret=secret)


def ask_for_test(webhook_id: str, producer: str | None, ports: Ports) -> Subscription:
    """Let a test message be sent soon, whatever the status, and nothing else sooner. Raises UnknownSubject."""
    test, now = ports.ids.new(), ports.clock.now()
    return _changed(webhook_id, producer, lambda one: tried(one, test, now), ports)


def replay(webhook_id: str, producer: str | None, after: int | None, ports: Ports) -> Subscription | NotThere:
    """Let it go on behind number `after`, None: behind what was taken last. Raises UnknownSubject."""
    newest, now = ports.catalogue.newest_notice(producer), ports.clock.now()
    if after is not None and after > newest:
        own_webhook(webhook_id, producer, ports)
        return NotThere(newest=newest)

    def from_there(one: Subscription) -> Subscription:
        return resumed(one, one.cursor if after is None else after, now)

    return _changed(webhook_id, producer, from_there, ports)


def unsubscribe(webhook_id: str, producer: str | None, ports: Ports) -> None:
    """Strike a subscription off. Raises UnknownSubject."""
    ports.catalogue.remove_subscription(own_webhook(webhook_id, producer, ports).id)


def _changed(
    webhook_id: str, producer: str | None, change: Callable[[Subscription], Subscription], ports: Ports
) -> Subscription:
    after = ports.catalogue.amend_subscription(webhook_id, lambda one: change(_own(one, producer)))
    return after or own_webhook(webhook_id, producer, ports)


def _own(subscription: Subscription, producer: str | None) -> Subscription:
    if subscription.producer != producer:
        raise UnknownSubject(
            f"Det finns ingen webhook med identiteten {subscription.id}.",
            f"There is no webhook with the id {subscription.id}.",
        )
    return subscription


def webhook_document(subscription: Subscription, ports: Ports) -> dict[str, Any]:
    """Give a subscription as its producer is told of it; its secrets and what the archive's network knows never."""
    rests_until = subscription.rests_until if subscription.status is SubscriptionStatus.ACTIVE else None
    return {
        "id": subscription.id,
        "url": subscription.url,
        "events": [one.value for one in subscription.types],
        "status": subscription.status.value,
        "cursor": subscription.cursor,
        "newest": ports.catalogue.newest_notice(subscription.producer),
        "failures": subscription.failures,
        "lastAttempt": _attempt_document(subscription.last, _TOLD),
        "nextAttemptAt": _time(rests_until) if rests_until else None,
        "testWaits": subscription.test is not None,
        "createdAt": _time(subscription.created_at),
    }


def operators_document(subscription: Subscription, ports: Ports) -> dict[str, Any]:
    """Give a subscription as those who run the archive see it; its secrets never."""
    last = _attempt_document(subscription.last, {})
    return {"producer": subscription.producer, **webhook_document(subscription, ports), "lastAttempt": last}


def _attempt_document(attempt: Attempt | None, told: Mapping[Outcome, Outcome]) -> dict[str, Any] | None:
    if attempt is None:
        return None
    answer = attempt.answer
    outcome = told.get(answer.outcome, answer.outcome)
    return {"at": _time(attempt.at), "outcome": outcome.value, "status": answer.status}


def _time(at: datetime) -> str:
    return at.isoformat()
