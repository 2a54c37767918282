"""What a catalogue promises of webhooks: feeds without gaps, subscriptions that one at a time can change."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.carried_webhooks import carry_webhooks_over, webhooks_in
from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState, moved
from ingest.domain.webhook_progress import CLAIM, claimed, resumed
from ingest.domain.webhooks import NoticeType, Subscription, SubscriptionStatus, new_secret
from ingest.errors import LeaseLost, UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import NOON, OWNER, RECEIVE, Opening, identified, number, received, upload

SUBSCRIPTION = Subscription(
    id="s1",
    producer="Exempelstaden",
    url="https://mottagare.example/hooks",
    types=tuple(NoticeType),
    secrets=(new_secret("ab" * 32),),
    created_at=NOON,
    cursor=0,
    next_at=NOON,
)


def told(catalogue: Catalogue, name: str, producer: str | None = "Exempelstaden") -> str:
    """Take in a delivery of a producer, and give its id."""
    delivery = replace(identified(upload(name), name), sender=producer)
    catalogue.open_upload(delivery)
    lease = catalogue.acquire(delivery.id, OWNER)
    assert lease is not None
    after = moved(delivery, DeliveryState.RECEIVED, RECEIVE)
    catalogue.commit(lease, Transition(before=delivery, after=after))
    return delivery.id


class WebhooksContract:
    """Part of the catalogue's contract; the whole gives `catalogue` and `opening`."""

    def test_news_enter_their_producers_feed_with_the_transition_they_tell(self, catalogue: Catalogue) -> None:
        ids = [told(catalogue, "a"), told(catalogue, "b"), told(catalogue, "c", producer="Annan")]
        delivery = catalogue.delivery(ids[0])
        lease = catalogue.acquire(delivery.id, OWNER)
        assert lease
        checking = moved(delivery, DeliveryState.CHECKING, RECEIVE)
        catalogue.commit(lease, Transition(before=delivery, after=checking))
        catalogue.commit(lease, Transition(before=checking, after=moved(checking, DeliveryState.REJECTED, "")))
        feed = catalogue.notices("Exempelstaden", after=0, limit=10)
        assert [(one.number, one.news.type, one.news.delivery, one.news.named) for one in feed] == [
            (1, NoticeType.RECEIVED, ids[0], "a"),
            (2, NoticeType.RECEIVED, ids[1], "b"),
            (3, NoticeType.REJECTED, ids[0], "a"),
        ]
        assert len({one.id for one in feed}) == 3
        assert all(one.at.tzinfo for one in feed)
        assert catalogue.notices("Exempelstaden", after=1, limit=1) == feed[1:2]
        assert [one.number for one in catalogue.notices("Annan", after=0, limit=10)] == [1]
        newest = [catalogue.newest_notice(producer) for producer in ("Exempelstaden", "Annan", None)]
        assert newest == [3, 1, 0]

    def test_a_transition_that_is_not_committed_tells_nothing(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        outdated = replace(lease, fence=lease.fence - 1)
        after = moved(delivery, DeliveryState.REJECTED, "")
        with pytest.raises(LeaseLost):
            catalogue.commit(outdated, Transition(before=delivery, after=after))
        assert catalogue.newest_notice(None) == 1

    def test_deliveries_of_one_producer_that_move_at_once_leave_no_gap(
        self, catalogue: Catalogue, opening: Opening
    ) -> None:
        others = [opening() for _ in range(3)]
        threads = [
            threading.Thread(target=lambda n=n, one=one: [told(one, f"{n}-{m}") for m in range(5)])
            for n, one in enumerate(others)
        ]
        for thread in threads:
            thread.start()
        seen: list[int] = []
        while any(thread.is_alive() for thread in threads) or len(seen) < catalogue.newest_notice("Exempelstaden"):
            seen += [one.number for one in catalogue.notices("Exempelstaden", after=len(seen), limit=100)]
            assert seen == list(range(1, len(seen) + 1))
        assert len(seen) == 15

    def test_a_subscription_is_recorded_changed_and_removed(self, catalogue: Catalogue) -> None:
        catalogue.add_subscription(SUBSCRIPTION)
        catalogue.add_subscription(SUBSCRIPTION)
        other = replace(SUBSCRIPTION, id="s0", producer=None, created_at=NOON + timedelta(hours=1))
        catalogue.add_subscription(other)
        assert catalogue.subscriptions() == (SUBSCRIPTION, other)
        changed = catalogue.amend_subscription("s1", lambda one: resumed(one, 0, NOON + timedelta(hours=2)))
        assert changed != SUBSCRIPTION
        assert catalogue.subscription("s1") == changed
        assert catalogue.amend_subscription("s1", lambda _: None) is None
        assert catalogue.subscription("s1") == changed
        catalogue.remove_subscription("s1")
        catalogue.remove_subscription("s1")
        assert catalogue.subscriptions() == (other,)
        with pytest.raises(UnknownSubject):
            catalogue.subscription("s1")
        with pytest.raises(UnknownSubject):
            catalogue.amend_subscription("s1", lambda one: one)

    def test_of_those_who_want_it_at_once_one_has_a_subscription(self, catalogue: Catalogue, opening: Opening) -> None:
        catalogue.add_subscription(SUBSCRIPTION)
        won: list[object] = []

        def claim(one: Catalogue) -> None:
            won.append(one.amend_subscription("s1", lambda found: claimed(found, NOON)))

        threads = [threading.Thread(target=claim, args=(opening(),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(one is not None for one in won) == 1

    def test_a_producer_has_so_many_at_most_also_of_those_made_at_once(
        self, catalogue: Catalogue, opening: Opening
    ) -> None:
        catalogue.add_subscription(replace(SUBSCRIPTION, id="theirs", producer=None))

        together = threading.Barrier(4)

        def made(one: Catalogue, names: str) -> list[bool]:
            one.subscriptions()  # It is connected before it starts.
            together.wait(30)
            return [one.add_subscription_within(3, replace(SUBSCRIPTION, id=name)) for name in names]

        with ThreadPoolExecutor(4) as threads:
            under_way = [threads.submit(made, opening(), names) for names in ("abc", "def", "ghi", "jkl")]
            answers = [answer for one in under_way for answer in one.result()]
        assert sum(answers) == 3
        assert len(catalogue.subscriptions()) == 4
        assert catalogue.add_subscription_within(3, replace(SUBSCRIPTION, id="m", producer="Annan"))
        catalogue.remove_subscription(
            next(one.id for one in catalogue.subscriptions() if one.producer == "Exempelstaden")
        )
        assert catalogue.add_subscription_within(3, replace(SUBSCRIPTION, id="n"))

    def test_those_are_due_that_have_something_to_be_sent_and_may(self, catalogue: Catalogue) -> None:
        def recorded(name: str, **fields: object) -> None:
            catalogue.add_subscription(replace(SUBSCRIPTION, id=name, **fields))  # type: ignore[arg-type]  # any field

        told(catalogue, "a")
        recorded("new", next_at=NOON)
        recorded("longest", next_at=NOON - timedelta(minutes=1))
        recorded("resting", next_at=NOON + CLAIM)
        recorded("told", cursor=1)
        recorded("failing", status=SubscriptionStatus.FAILING)
        recorded("tested", status=SubscriptionStatus.FAILING, test=number("test"), next_at=NOON - timedelta(hours=1))
        recorded("other", producer="Annan")
        assert catalogue.due_subscriptions(NOON, limit=10) == ("tested", "longest", "new")
        assert catalogue.due_subscriptions(NOON, limit=1) == ("tested",)
        assert "resting" in catalogue.due_subscriptions(NOON + CLAIM, limit=10)

    def test_notices_are_forgotten_by_age_and_their_numbers_never_used_again(self, catalogue: Catalogue) -> None:
        told(catalogue, "a")
        (first,) = catalogue.all_notices()
        assert catalogue.forget_notices(first.at - timedelta(seconds=1)) == 0
        assert catalogue.forget_notices(first.at + timedelta(seconds=1)) == 1
        told(catalogue, "b")
        assert [one.number for one in catalogue.all_notices()] == [2]

    def test_a_feed_that_is_carried_over_goes_on_where_it_was(self, catalogue: Catalogue) -> None:
        told(catalogue, "a")
        (first,) = catalogue.all_notices()
        carried = tuple(replace(first, number=n, news=replace(first.news, producer="Annan")) for n in (7, 8))
        catalogue.add_notices(carried)
        catalogue.add_notices(carried)
        assert catalogue.all_notices() == (*carried, first)
        catalogue.add_subscription(replace(SUBSCRIPTION, producer="Tredje", cursor=40))
        for producer, expected in (("Annan", 9), ("Tredje", 41)):
            told(catalogue, producer, producer)
            assert catalogue.newest_notice(producer) == expected

    def test_webhooks_are_carried_from_one_catalogue_to_another(self, catalogue: Catalogue, tmp_path: Path) -> None:
        told(catalogue, "a")
        told(catalogue, "b", producer=None)
        catalogue.add_subscription(SUBSCRIPTION)
        with open_catalogue(tmp_path / "new.sqlite") as other:
            for _ in range(2):
                carry_webhooks_over(webhooks_in(catalogue), other)
            assert webhooks_in(other) == webhooks_in(catalogue)
            assert [other.newest_notice(producer) for producer in ("Exempelstaden", None)] == [1, 1]
