"""How a subscription goes on: when the next attempt comes, when it is given up, where it stands after an answer.

The pauses grow from seconds to four hours. After the last of `MOST_FAILURES` attempts, some three days after the first,
it is given up; attempts are counted, not hours, so that a clock that jumps gives nobody up.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ingest.domain.webhooks import Attempt, Outcome, Subscription, SubscriptionStatus

CLAIM: Final = timedelta(minutes=1)
"""So long one sender has a subscription to itself; when it dies meanwhile, another one goes on after that."""
MOST_FAILURES: Final = 26
_FIRST: Final = timedelta(seconds=5)
_LONGEST: Final = timedelta(hours=4)
_FACTOR: Final = 3
_LAST_STEP: Final = 8
_JITTER: Final = 0.2


def pause_after(failures: int, subscription_id: str) -> timedelta:
    """Give the pause after the nth failure in a row: 5 s, 15 s, 45 s … 4 h, each up to a fifth shorter or longer.

    The jitter follows from id and number, so that receivers that failed together are not tried together.
    """
    factor: int = _FACTOR ** min(failures - 1, _LAST_STEP)
    pause = min(_FIRST * factor, _LONGEST)
    drawn = int.from_bytes(hashlib.sha256(f"{subscription_id} {failures}".encode()).digest()[:4]) / 2**32
    return pause * (1 - _JITTER + 2 * _JITTER * drawn)


def claimed(subscription: Subscription, now: datetime) -> Subscription | None:
    """Give the subscription as one sender has it to itself, None when it is not its time."""
    if subscription.next_at > now or (subscription.status is SubscriptionStatus.FAILING and not subscription.test):
        return None
    return replace(subscription, next_at=now + CLAIM)


def released(subscription: Subscription, now: datetime) -> Subscription:
    """Give it back: whoever is next may go on at once."""
    return replace(subscription, next_at=now)


def answered(subscription: Subscription, sent_from: int, number: int, attempt: Attempt) -> Subscription | None:
    """Give where it stands after an answer to notice `number`, sent when the cursor was `sent_from`.

    None when it stands elsewhere by now: another sender was faster, or its producer asked for a replay.
    """
    if subscription.cursor != sent_from:
        return None
    if attempt.answer.outcome is Outcome.TAKEN:
        claim = attempt.at + CLAIM
        return replace(subscription, cursor=number, failures=0, last=attempt, next_at=claim, rests_until=None)
    failures = subscription.failures + 1
    given_up = failures >= MOST_FAILURES or attempt.answer.outcome is Outcome.GONE
    rests_until = attempt.at + pause_after(failures, subscription.id)
    return replace(
        subscription,
        status=SubscriptionStatus.FAILING if given_up else subscription.status,
        failures=failures,
        last=attempt,
        next_at=rests_until,
        rests_until=rests_until,
    )


def tried(subscription: Subscription, test_id: str, now: datetime) -> Subscription:
    """Let a test message be sent: at once unless a sender has the subscription, then after that one's turn."""
    rests = subscription.next_at == subscription.rests_until
    return replace(
        subscription, test=test_id, next_at=min(now, subscription.next_at) if rests else subscription.next_at
    )


def tried_out(subscription: Subscription, test_id: str, attempt: Attempt) -> Subscription | None:
    """Give where it stands after an answer to a test message; None when another test is wanted by now.

    A test is no attempt at a notice: one in vain is not counted, gives the subscription back, and leaves its pause.
    """
    if subscription.test != test_id:
        return None
    after = replace(subscription, test=None, last=attempt)
    if attempt.answer.outcome is Outcome.TAKEN:
        return after
    return replace(after, next_at=after.rests_until or attempt.at)


def passed_over(subscription: Subscription, sent_from: int, number: int) -> Subscription | None:
    """Give where it stands behind notices of types that it does not want."""
    return replace(subscription, cursor=number) if subscription.cursor == sent_from else None


def resumed(subscription: Subscription, cursor: int, now: datetime) -> Subscription:
    """Let it go on behind `cursor` at once, whatever failed before."""
    return replace(
        subscription, status=SubscriptionStatus.ACTIVE, failures=0, cursor=cursor, next_at=now, rests_until=None
    )
