"""Sessions, links and flows: how long each holds, and that none is kept as it was shown."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from audit.desk import flows, links, sessions
from audit.desk.flows import Flows
from audit.desk.links import OneTimeLinks
from audit.desk.sessions import Sessions
from ingest.domain.people import Person, PersonRole

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
KARIN = Person(name="Karin", subject="s-1", roles=frozenset({PersonRole.ARCHIVIST}))
SECOND = timedelta(seconds=1)


@pytest.fixture
def secret() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"secret-{next(numbers)}"


def test_a_session_is_known_by_its_token_alone(secret: Callable[[], str]) -> None:
    held = Sessions(secret)
    token = held.open(KARIN, NOW)
    found = held.of(token, NOW)
    assert found is not None
    assert found.person == KARIN
    assert found.proof not in {"", token}
    assert held.of(token + "x", NOW) is None
    assert held.of("\udcff", NOW) is None
    assert token not in repr(vars(held))


def test_a_session_ends_when_nothing_is_done(secret: Callable[[], str]) -> None:
    held = Sessions(secret)
    token = held.open(KARIN, NOW)
    assert held.of(token, NOW + sessions.IDLE) is not None
    assert held.of(token, NOW + 2 * sessions.IDLE) is not None  # it was used in between
    assert held.of(token, NOW + 3 * sessions.IDLE + SECOND) is None
    assert held.of(token, NOW) is None  # and does not come back, whatever the clock says


def test_a_session_ends_with_the_working_day(secret: Callable[[], str]) -> None:
    held = Sessions(secret)
    token = held.open(KARIN, NOW)
    step = sessions.IDLE
    while step <= sessions.LONGEST:
        assert held.of(token, NOW + step) is not None
        step += sessions.IDLE
    assert held.of(token, NOW + sessions.LONGEST + SECOND) is None


def test_a_clock_that_is_set_back_lets_nothing_hold_for_longer(secret: Callable[[], str]) -> None:
    held, made, begun = Sessions(secret), OneTimeLinks(secret), Flows(secret)
    token, link, (flow, _) = held.open(KARIN, NOW), made.make(NOW), begun.begin(NOW)
    assert link is not None
    assert held.of(token, NOW - sessions.IDLE) is not None
    assert held.of(token, NOW - sessions.IDLE - SECOND) is None
    assert made.is_valid(link, NOW - links.VALID)
    assert not made.redeem(link, NOW - links.VALID - SECOND)
    assert begun.end(flow, NOW - flows.VALID - SECOND) is None


def test_sessions_are_not_kept_without_number(secret: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST", 2)
    held = Sessions(secret)
    first, second = held.open(KARIN, NOW), held.open(KARIN, NOW + SECOND)
    held.of(first, NOW + 2 * SECOND)
    third = held.open(KARIN, NOW + 3 * SECOND)
    known = [held.of(token, NOW + 4 * SECOND) is not None for token in (first, second, third)]
    assert known == [True, False, True]


def test_a_link_is_good_once_and_for_a_time(secret: Callable[[], str]) -> None:
    made = OneTimeLinks(secret)
    token = made.make(NOW) or ""
    assert made.is_valid(token, NOW + links.VALID)
    assert not made.redeem(token, NOW + links.VALID + SECOND)
    assert made.redeem(token, NOW + links.VALID)
    assert not made.redeem(token, NOW)
    assert token not in repr(vars(made))


def test_a_new_link_keeps_nobody_out_and_comes_not_at_once(secret: Callable[[], str]) -> None:
    """Any page that a browser on this machine shows can ask for one, again and again."""
    made = OneTimeLinks(secret)
    first = made.make(NOW) or ""
    assert made.make(NOW + SECOND) is None
    second = made.make(NOW + links.PAUSE) or ""
    assert made.is_valid(second, NOW + links.PAUSE)
    assert made.redeem(first, NOW + links.PAUSE)
    assert not made.is_valid(second, NOW + links.PAUSE)


def test_links_are_not_kept_without_number(secret: Callable[[], str]) -> None:
    made = OneTimeLinks(secret)
    for number in range(1000):
        made.make(NOW + number * links.PAUSE)
    assert len(vars(made)["_made"]) <= links.VALID / links.PAUSE + 1


def test_before_any_link_nothing_lets_in(secret: Callable[[], str]) -> None:
    assert not OneTimeLinks(secret).redeem("", NOW)


def test_a_flow_ends_once_and_in_time(secret: Callable[[], str]) -> None:
    begun = Flows(secret)
    token, flow = begun.begin(NOW)
    late, _ = begun.begin(NOW)
    assert len({token, flow.state, flow.nonce, flow.verifier}) == 4
    assert begun.end(token, NOW + flows.VALID) == flow
    assert begun.end(token, NOW) is None
    assert begun.end(late, NOW + flows.VALID + SECOND) is None
    assert begun.end("", NOW) is None


def test_flows_are_not_kept_without_number(secret: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "MOST", 2)
    begun = Flows(secret)
    tokens = [begun.begin(NOW + number * SECOND)[0] for number in range(3)]
    assert [begun.end(token, NOW + 3 * SECOND) is not None for token in tokens] == [False, True, True]
