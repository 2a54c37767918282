"""A subscription's turn, message by message, against a real catalogue and a receiver that is a list."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.application.manage_webhooks import Subscribed, Wanted, ask_for_test, replay, subscribe, unsubscribe
from ingest.application.send_webhooks import TURN_SECONDS, send_waiting
from ingest.domain.receivers import Receivers
from ingest.domain.webhook_progress import MOST_FAILURES
from ingest.domain.webhooks import Answer, Message, NoticeType, Outcome, Subscription
from ingest.pipeline.step import Ports
from tests.contracts.catalogue_webhooks import told
from tests.fakes.small_archive import opened_to_write

TAKEN, REFUSED = Answer(outcome=Outcome.TAKEN, status=204), Answer(outcome=Outcome.REFUSED, status=500)


class Moving:
    """A clock that a test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()


class Scripted(HttpWebhookSender):
    """A receiver that answers as it is told, and lets something happen first."""

    def __init__(self) -> None:
        super().__init__(Receivers(), "earkiv")
        self.got: list[Message] = []
        self.answers: list[Answer] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def send(self, message: Message) -> Answer:
        self.got.append(message)
        self.meanwhile()
        return self.answers.pop(0) if self.answers else TAKEN

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.got]


@pytest.fixture
def scripted() -> Scripted:
    return Scripted()


@pytest.fixture
def clock() -> Moving:
    return Moving(datetime.fromisoformat("2026-11-29T12:00:00+00:00"))


@pytest.fixture
def ports(tmp_path: Path, scripted: Scripted, clock: Moving) -> Iterator[Ports]:
    with opened_to_write(tmp_path / "home") as ports:
        yield replace(ports, messenger=scripted, clock=clock)


def _subscription(ports: Ports, *types: NoticeType) -> Subscription:
    wanted = Wanted(producer="Exempelstaden", url="https://mottagare.example/", types=types or tuple(NoticeType))
    made = subscribe(wanted, ports)
    assert isinstance(made, Subscribed)
    return made.subscription


def test_all_that_waits_is_sent_in_order_and_once(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    ids = [told(ports.catalogue, name) for name in ("a", "b", "c")]
    for _ in range(2):
        send_waiting(one.id, ports)
    assert [name.rpartition("-")[0] for name in scripted.ids] == ids
    assert ports.catalogue.due_subscriptions(ports.clock.now(), 10) == ()


def test_one_in_vain_ends_the_turn_and_comes_again_after_its_pause(
    ports: Ports, scripted: Scripted, clock: Moving
) -> None:
    one = _subscription(ports)
    for name in ("a", "b"):
        told(ports.catalogue, name)
    scripted.answers = [TAKEN, REFUSED]
    send_waiting(one.id, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (2, 1)
    send_waiting(one.id, ports)
    assert len(scripted.got) == 2
    clock.at = ports.catalogue.subscription(one.id).next_at
    send_waiting(one.id, ports)
    assert scripted.ids[1] == scripted.ids[2]
    assert ports.catalogue.subscription(one.id).cursor == 2


def test_what_is_not_wanted_is_passed_over(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports, NoticeType.REJECTED)
    told(ports.catalogue, "a")
    send_waiting(one.id, ports)
    assert (scripted.got, ports.catalogue.subscription(one.id).cursor) == ([], 1)


def test_a_turn_is_over_after_its_time_or_when_all_is_to_stop(ports: Ports, scripted: Scripted, clock: Moving) -> None:
    one = _subscription(ports)
    for name in ("a", "b", "c"):
        told(ports.catalogue, name)

    def pass_the_time() -> None:
        clock.at += timedelta(seconds=TURN_SECONDS)

    scripted.meanwhile = pass_the_time
    send_waiting(one.id, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (1, 1)
    assert ports.catalogue.due_subscriptions(clock.at, 10) == (one.id,)
    send_waiting(one.id, ports, may_go_on=lambda: False)
    assert len(scripted.got) == 1


def test_a_replay_that_is_asked_for_meanwhile_is_not_lost(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    for name in ("a", "b"):
        told(ports.catalogue, name)
    send_waiting(one.id, ports)
    told(ports.catalogue, "c")
    scripted.meanwhile = lambda: replay(one.id, "Exempelstaden", 1, ports)
    send_waiting(one.id, ports)
    scripted.meanwhile = lambda: None
    assert ports.catalogue.subscription(one.id).cursor == 1
    send_waiting(one.id, ports)
    assert scripted.ids[-2:] == [scripted.ids[1], scripted.ids[2]]
    assert ports.catalogue.subscription(one.id).cursor == 3


def test_a_replay_of_what_is_no_longer_kept_goes_to_the_end_of_the_feed(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    told(ports.catalogue, "b")
    send_waiting(one.id, ports)
    assert ports.catalogue.forget_notices(ports.clock.now() + timedelta(days=3650)) == 2
    replay(one.id, "Exempelstaden", 0, ports)
    assert ports.catalogue.due_subscriptions(ports.clock.now(), 10) == (one.id,)
    send_waiting(one.id, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (2, 2)
    assert ports.catalogue.due_subscriptions(ports.clock.now(), 10) == ()


def test_one_that_is_given_up_stays_where_it_was_when_it_is_tried_out(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    scripted.answers = [Answer(outcome=Outcome.GONE, status=410)]
    send_waiting(one.id, ports)
    ask_for_test(one.id, "Exempelstaden", ports)
    ports.catalogue.forget_notices(ports.clock.now() + timedelta(days=3650))
    send_waiting(one.id, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (2, 0)


def test_one_that_is_removed_meanwhile_is_no_fault(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    scripted.meanwhile = lambda: unsubscribe(one.id, "Exempelstaden", ports)
    send_waiting(one.id, ports)
    assert len(scripted.got) == 1
    send_waiting(one.id, ports)
    assert len(scripted.got) == 1


def test_a_test_goes_first_and_once_whatever_its_answer(ports: Ports, scripted: Scripted, clock: Moving) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    ask_for_test(one.id, "Exempelstaden", ports)
    scripted.answers = [REFUSED]
    send_waiting(one.id, ports)
    clock.at += timedelta(days=1)
    send_waiting(one.id, ports)
    assert [b"webhook.test" in message.body for message in scripted.got] == [True, False]


def _asked_for_test(one: Subscription, ports: Ports) -> None:
    ask_for_test(one.id, "Exempelstaden", ports)
    send_waiting(one.id, ports)


def test_tests_in_an_outage_neither_count_nor_shorten_a_pause(ports: Ports, scripted: Scripted, clock: Moving) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    scripted.answers = [REFUSED] * (MOST_FAILURES + 2)
    send_waiting(one.id, ports)
    resting = ports.catalogue.subscription(one.id)
    for _ in range(MOST_FAILURES + 1):
        _asked_for_test(one, ports)
    assert [b"webhook.test" in message.body for message in scripted.got] == [False] + [True] * (MOST_FAILURES + 1)
    after = ports.catalogue.subscription(one.id)
    assert (after.status, after.failures, after.next_at) == (resting.status, 1, resting.next_at)
    clock.at = resting.next_at
    send_waiting(one.id, ports)
    assert scripted.ids[-1] == scripted.ids[0]


def test_a_test_that_is_taken_ends_the_pause(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")
    scripted.answers = [REFUSED]
    send_waiting(one.id, ports)
    _asked_for_test(one, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (3, 1)


def test_a_test_that_is_asked_for_meanwhile_waits_for_the_sender(ports: Ports, scripted: Scripted) -> None:
    one = _subscription(ports)
    told(ports.catalogue, "a")

    def another_sender() -> None:
        scripted.meanwhile = lambda: None
        _asked_for_test(one, ports)

    scripted.meanwhile = another_sender
    send_waiting(one.id, ports)
    assert (len(scripted.got), ports.catalogue.subscription(one.id).cursor) == (1, 1)
    send_waiting(one.id, ports)
    assert b"webhook.test" in scripted.got[1].body
