"""Send what a subscription has waiting, in order and at least once.

A subscription is claimed, then a message is sent, then its answer recorded. Whoever dies in between leaves a claim that
runs out: the same message comes again, with the same id. One that failed holds up its own subscription alone.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from ingest.domain.webhook_progress import answered, claimed, passed_over, released, tried_out
from ingest.domain.webhooks import Attempt, Notice, Outcome, Subscription, SubscriptionStatus, message, trial_message
from ingest.errors import UnknownSubject
from ingest.pipeline.step import Ports

logger = logging.getLogger(__name__)

PAGE: Final = 100
TURN_SECONDS: Final = 30.0
"""After that time a subscription that has more to be sent waits for its next turn, so that others have theirs."""


def send_waiting(subscription_id: str, ports: Ports, may_go_on: Callable[[], bool] = lambda: True) -> None:
    """Take a subscription's turn; nothing is done when another has it, it rests, or is gone. Raises EarkivError."""
    now = ports.clock.now()
    try:
        mine = ports.catalogue.amend_subscription(subscription_id, lambda one: claimed(one, now))
        if mine is not None and mine.test is not None:
            mine = _try_out(mine, mine.test, ports)
        if mine is not None:
            _send_all(mine, ports.clock.seconds() + TURN_SECONDS, ports, may_go_on)
    except UnknownSubject:
        return  # Its producer has removed it.


def _try_out(mine: Subscription, test_id: str, ports: Ports) -> Subscription | None:
    """Send a test and record the answer; None ends the turn."""
    answer = ports.messenger.send(trial_message(mine, test_id, ports.clock.now()))
    attempt = Attempt(at=ports.clock.now(), answer=answer)
    after = ports.catalogue.amend_subscription(mine.id, lambda one: tried_out(one, test_id, attempt))
    return after if answer.outcome is Outcome.TAKEN else None


def _send_all(mine: Subscription, until: float, ports: Ports, may_go_on: Callable[[], bool]) -> None:
    page, seen = _waiting(mine, ports)
    for notice in page:
        if notice.news.type in mine.types:
            if ports.clock.seconds() >= until or not may_go_on():
                break
            after = _send(mine, notice, ports)
            if after is None:
                return
            mine = after
        seen = notice.number
    ports.catalogue.amend_subscription(mine.id, lambda one: _given_back(one, mine.cursor, seen, ports.clock.now()))


def _waiting(mine: Subscription, ports: Ports) -> tuple[tuple[Notice, ...], int]:
    """Give what is to be sent, and the number behind which it begins: the feed's last when nothing more is kept."""
    if mine.status is SubscriptionStatus.FAILING:
        return (), mine.cursor
    newest = ports.catalogue.newest_notice(mine.producer)  # before the page: what is told meanwhile is not passed over
    page = ports.catalogue.notices(mine.producer, mine.cursor, PAGE)
    return page, mine.cursor if page else max(mine.cursor, newest)


def _send(mine: Subscription, notice: Notice, ports: Ports) -> Subscription | None:
    """Send a notice and record the answer; None ends the turn."""
    answer = ports.messenger.send(message(mine, notice, ports.clock.now()))
    attempt = Attempt(at=ports.clock.now(), answer=answer)
    after = ports.catalogue.amend_subscription(mine.id, lambda one: answered(one, mine.cursor, notice.number, attempt))
    if after is not None and after.status is SubscriptionStatus.FAILING:
        told = {"origin": after.id, "outcome": answer.outcome.value, "attempts": after.failures}
        logger.warning("a webhook is given up until its producer asks for a replay", extra=told)
    return after if answer.outcome is Outcome.TAKEN else None


def _given_back(one: Subscription, sent_from: int, seen: int, now: datetime) -> Subscription | None:
    passed = passed_over(one, sent_from, seen)
    return None if passed is None else released(passed, now)
