"""Webhooks: what is told of a delivery, with what signature, and when it is tried again."""

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import Delivery, DeliveryState, Identity, SourceContainer
from ingest.domain.webhook_progress import (
    CLAIM,
    MOST_FAILURES,
    answered,
    claimed,
    passed_over,
    pause_after,
    resumed,
    tried_out,
)
from ingest.domain.webhooks import (
    SECRET_OVERLAP,
    Answer,
    Attempt,
    Message,
    News,
    Notice,
    NoticeType,
    Outcome,
    SigningSecret,
    Subscription,
    SubscriptionStatus,
    message,
    new_secret,
    news_of,
    trial_message,
    with_new_secret,
)

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SUBSCRIPTION = Subscription(
    id="s1",
    producer="Exempelstaden",
    url="https://mottagare.example/",
    types=tuple(NoticeType),
    secrets=(new_secret("0f" * 32),),
    created_at=NOW,
    cursor=4,
    next_at=NOW,
)
DELIVERY = Delivery(
    id="d1",
    state=DeliveryState.PRESERVING,
    step="notify_producer",
    version=7,
    received_at=NOW,
    source=SourceContainer(name="Anna Anderssons ärende.zip", kind="zip"),
    agreement="a",
    agreement_version=1,
    sender="Exempelstaden",
    identity=Identity(producer="ORG:2120009994", delivery="2021-17", sameness="0" * 64),
    title="Anna Anderssons ansökan",
    package="p1",
)
NEWS = News(
    type=NoticeType.ACCEPTED,
    producer="Exempelstaden",
    delivery="d1",
    version=8,
    state=DeliveryState.ARCHIVED,
    named="2021-17",
    package="p1",
    repeat_of=None,
)
NOTICE = Notice(number=5, at=NOW, news=NEWS)
TAKEN, REFUSED, GONE = (Answer(outcome=one) for one in (Outcome.TAKEN, Outcome.REFUSED, Outcome.GONE))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (DeliveryState.UPLOADING, DeliveryState.RECEIVED, NoticeType.RECEIVED),
        (DeliveryState.UPLOADING, DeliveryState.CHECKING, NoticeType.RECEIVED),
        (DeliveryState.RECEIVED, DeliveryState.CHECKING, None),
        (DeliveryState.CHECKING, DeliveryState.CHECKING, None),
        (DeliveryState.CHECKING, DeliveryState.HELD, NoticeType.HELD),
        (DeliveryState.HELD, DeliveryState.HELD, NoticeType.HELD),
        (DeliveryState.HELD, DeliveryState.PRESERVING, None),
        (DeliveryState.PRESERVING, DeliveryState.ARCHIVED, NoticeType.ACCEPTED),
        (DeliveryState.CHECKING, DeliveryState.REJECTED, NoticeType.REJECTED),
        (DeliveryState.CHECKING, DeliveryState.QUARANTINED, NoticeType.QUARANTINED),
        (DeliveryState.PRESERVING, DeliveryState.TESTED, NoticeType.TESTED),
        (DeliveryState.RECEIVED, DeliveryState.REPEATED, NoticeType.REPEATED),
    ],
)
def test_what_a_producer_should_know_of_is_told(
    before: DeliveryState, after: DeliveryState, told: NoticeType | None
) -> None:
    transition = Transition(before=replace(DELIVERY, state=before), after=replace(DELIVERY, state=after, version=8))
    news = news_of(transition)
    assert (news.type if news else None) == told
    assert news is None or (news.package == "p1") == (after in {DeliveryState.ARCHIVED, DeliveryState.TESTED})


def test_a_message_holds_ids_and_states_and_nothing_that_may_be_personal() -> None:
    after = replace(DELIVERY, state=DeliveryState.ARCHIVED, version=8)
    news = news_of(Transition(before=DELIVERY, after=after))
    assert news == NEWS
    sent = message(SUBSCRIPTION, NOTICE, NOW)
    assert "Anna" not in sent.body.decode()
    assert json.loads(sent.body) == {
        "type": "delivery.accepted",
        "timestamp": NOW.isoformat(),
        "data": {
            "id": "d1",
            "delivery": "2021-17",
            "state": "archived",
            "package": "p1",
            "repeatOf": None,
            "cursor": 5,
        },
    }
    assert sent.headers["webhook-id"] == message(SUBSCRIPTION, NOTICE, NOW + timedelta(days=1)).headers["webhook-id"]
    assert "." not in sent.headers["webhook-id"]


def _verified(secret: SigningSecret, sent: Message) -> bool:
    try:
        Webhook(secret.value).verify(sent.body, dict(sent.headers))
    except WebhookVerificationError:
        return False
    return True


def test_the_specifications_own_library_accepts_the_signature_and_no_other() -> None:
    (secret,), now = SUBSCRIPTION.secrets, datetime.now(UTC)  # the library takes no message of another hour
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]+=*", secret.value)
    assert len(base64.b64decode(secret.value.removeprefix("whsec_"))) == 32
    for sent in (message(SUBSCRIPTION, NOTICE, now), trial_message(SUBSCRIPTION, "t1", now)):
        assert _verified(secret, sent)
        assert not _verified(new_secret("0e" * 32), sent)
        assert not _verified(secret, replace(sent, body=sent.body + b" "))
    assert secret.value not in repr(SUBSCRIPTION)


def test_a_secret_that_is_replaced_signs_for_a_day_more() -> None:
    now = datetime.now(UTC)
    (old,), new = SUBSCRIPTION.secrets, new_secret("0d" * 32)
    rotated = with_new_secret(SUBSCRIPTION, new, now)
    both, later = message(rotated, NOTICE, now), message(rotated, NOTICE, now + SECRET_OVERLAP)
    assert _verified(old, both)
    assert _verified(new, both)
    assert len(later.headers["webhook-signature"].split()) == 1
    again = with_new_secret(rotated, new_secret("0c" * 32), now + timedelta(hours=1))
    assert [one.until for one in again.secrets] == [
        None,
        now + timedelta(hours=1) + SECRET_OVERLAP,
        now + SECRET_OVERLAP,
    ]
    assert len(with_new_secret(again, new, now + timedelta(hours=2)).secrets) == 3
    assert len(with_new_secret(again, new, now + timedelta(days=9)).secrets) == 2


def test_it_is_tried_for_three_days_and_then_given_up() -> None:
    subscription, now, pauses = SUBSCRIPTION, NOW, []
    while subscription.status is SubscriptionStatus.ACTIVE:
        after = answered(subscription, 4, 5, Attempt(at=now, answer=REFUSED))
        assert after
        pauses.append(after.next_at - now)
        subscription, now = after, after.next_at
    assert subscription.failures == MOST_FAILURES == len(pauses)
    assert timedelta(seconds=4) <= pauses[0] <= timedelta(seconds=6)
    assert max(pauses) <= timedelta(hours=4.8)
    assert timedelta(days=2.5) < sum(pauses[:-1], timedelta()) < timedelta(days=3.5)
    assert claimed(subscription, now + timedelta(days=9)) is None
    again = resumed(subscription, 2, now)
    assert (again.status, again.cursor, again.failures) == (SubscriptionStatus.ACTIVE, 2, 0)
    assert pause_after(3, "s1") != pause_after(3, "s2")


def test_who_is_gone_is_given_up_at_once() -> None:
    after = answered(SUBSCRIPTION, 4, 5, Attempt(at=NOW, answer=GONE))
    assert after
    assert after.status is SubscriptionStatus.FAILING


def test_an_answer_moves_the_cursor_only_from_where_it_was_sent() -> None:
    failed = replace(SUBSCRIPTION, failures=3)
    after = answered(failed, 4, 5, Attempt(at=NOW, answer=TAKEN))
    assert after
    assert (after.cursor, after.failures) == (5, 0)
    for answer in (TAKEN, REFUSED):
        assert answered(replace(SUBSCRIPTION, cursor=2), 4, 5, Attempt(at=NOW, answer=answer)) is None
    assert passed_over(SUBSCRIPTION, 4, 9) == replace(SUBSCRIPTION, cursor=9)
    assert passed_over(SUBSCRIPTION, 3, 9) is None


def test_it_is_one_senders_until_its_time_is_over() -> None:
    mine = claimed(SUBSCRIPTION, NOW)
    assert mine
    assert claimed(mine, NOW + CLAIM - timedelta(seconds=1)) is None
    assert claimed(mine, NOW + CLAIM)


def test_a_test_is_sent_once_also_to_who_was_given_up() -> None:
    wanted = replace(SUBSCRIPTION, status=SubscriptionStatus.FAILING, test="t1")
    assert claimed(wanted, NOW)
    after = tried_out(wanted, "t1", Attempt(at=NOW, answer=REFUSED))
    assert after
    assert (after.test, after.status, after.cursor) == (None, SubscriptionStatus.FAILING, 4)
    assert tried_out(wanted, "t0", Attempt(at=NOW, answer=REFUSED)) is None
