"""A delivery's life, walked at random: final states are final, unknown moves are refused, versions only grow."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingest.domain.decisions import is_over
from ingest.domain.deliveries import (
    FINAL_STATES,
    Delivery,
    DeliveryState,
    SourceContainer,
    may_follow,
    moved,
)

S = DeliveryState
ALLOWED = {
    S.UPLOADING: {S.RECEIVED},
    S.RECEIVED: {S.CHECKING, S.PRESERVING, S.REJECTED, S.REPEATED},
    S.CHECKING: {S.HELD, S.PRESERVING, S.REJECTED, S.QUARANTINED},
    S.HELD: {S.PRESERVING, S.REJECTED},
    S.PRESERVING: {S.HELD, S.ARCHIVED, S.TESTED, S.REJECTED},
}
"""The picture of DESIGN §4 once more, drawn by hand; the archive's own corrections need no checking (ADR 0036)."""
UPLOAD = Delivery(
    id="7a0e6f0e-1b1c-4b86-8f5a-0d6f2f6c9a01",
    state=S.UPLOADING,
    step="receive_submission",
    version=1,
    received_at=datetime(2026, 11, 2, tzinfo=UTC),
    source=SourceContainer(name="a", kind="folder"),
    agreement="default",
    agreement_version=1,
)
STATES = st.sampled_from(list(S))
STEPS = st.sampled_from(["receive_submission", "store_aip", "notify_producer", ""])


class Life(RuleBasedStateMachine):
    """Walks from state to state, and tries to go where there is no way."""

    @initialize()
    def open_upload(self) -> None:
        self.delivery = UPLOAD
        self.moves = 0
        self.ended: Delivery | None = None

    @rule(state=STATES, step=STEPS)
    def try_to_move(self, state: DeliveryState, step: str) -> None:
        before = self.delivery
        stays = state is before.state and before.state not in FINAL_STATES
        if stays or state in ALLOWED.get(before.state, set()):
            self.delivery = moved(before, state, step)
            self.moves += 1
            assert (self.delivery.state, self.delivery.step) == (state, step)
            unchanged = replace(self.delivery, state=before.state, step=before.step, version=before.version)
            assert unchanged == before
        else:
            with pytest.raises(ValueError, match=f"from {before.state} to {state}"):
                moved(before, state, step)

    @precondition(lambda self: self.delivery.state in ALLOWED)
    @rule(pick=st.integers(min_value=0, max_value=3))
    def go_on(self, pick: int) -> None:
        ways = sorted(ALLOWED[self.delivery.state])
        self.delivery = moved(self.delivery, ways[pick % len(ways)], "")
        self.moves += 1

    @invariant()
    def versions_grow_with_every_move(self) -> None:
        assert self.delivery.version == 1 + self.moves

    @invariant()
    def what_has_ended_stays(self) -> None:
        if self.ended is not None:
            assert self.delivery == self.ended
        if self.delivery.is_final:
            self.ended = self.delivery
            assert is_over(self.delivery)
            assert not any(may_follow(self.delivery.state, state) for state in S)

    @invariant()
    def custody_passes_from_preserving_alone(self) -> None:
        assert may_follow(self.delivery.state, S.ARCHIVED) is (self.delivery.state is S.PRESERVING)


TestLife = Life.TestCase


@pytest.mark.parametrize("before", list(S))
@pytest.mark.parametrize("after", list(S))
def test_every_pair_of_states_is_as_drawn(before: DeliveryState, after: DeliveryState) -> None:
    stays = before is after and before not in FINAL_STATES
    assert may_follow(before, after) is (stays or after in ALLOWED.get(before, set()))


def test_every_state_can_be_reached_and_every_life_can_end() -> None:
    reached = {S.UPLOADING}
    for _ in S:
        reached |= {after for before in reached for after in ALLOWED.get(before, set())}
    assert reached == set(S)
    assert set(S) - set(ALLOWED) == FINAL_STATES
