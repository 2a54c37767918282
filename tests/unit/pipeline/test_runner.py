"""The runner on a real catalogue: a committed decision is used, never made anew; a lost lease writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ingest.bootstrap import Archive, writing
from ingest.domain.decisions import Advanced, Held, Rejected, Repeated, Transition
from ingest.domain.deliveries import Delivery, DeliveryState, moved
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventType
from ingest.errors import LeaseLost, ObjectMissing, OutOfSpace, ProgramFault
from ingest.pipeline import runner
from ingest.pipeline.events import event
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.runner import advance
from ingest.pipeline.step import Decision, Done, Ports, Step, Work
from tests.fakes.small_archive import settings_of
from tests.unit.pipeline.facts import ID, NOON, OTHER_ID, RECEIVED, SOFTWARE, finding, identity

S = DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A plan that can be told from another."""

    word: str


@dataclass
class Spoken:
    """A step that says a new word at each look, and remembers what it was made to do."""

    looks: int = 0
    carried_out: list[str] = field(default_factory=list)
    fault: Exception | None = None

    def observe(self, work: Work) -> tuple[Delivery, str]:
        self.looks += 1
        return work.delivery, f"word {self.looks}"

    def decide(self, facts: tuple[Delivery, str]) -> Decision[Word]:
        delivery, word = facts
        told = event(
            delivery=delivery,
            step=RECEIVE_SUBMISSION,
            type=EventType.INGESTION_START,
            at=NOON,
            detail=word,
            agents=(SOFTWARE,),
        )
        return Advanced(plan=Word(word=word), after=moved(delivery, S.REJECTED, ""), events=(told,))

    def act(self, work: Work, decision: Advanced[Word]) -> Done:
        assert work.delivery.id == ID
        self.carried_out.append(decision.plan.word)
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        return Done()

    @property
    def step(self) -> Step[tuple[Delivery, str], Word]:
        return Step(name=RECEIVE_SUBMISSION, plan_type=Word, observe=self.observe, decide=self.decide, act=self.act)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with writing(settings_of(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    spoken = Spoken()
    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: spoken.step})
    return spoken


def received(ports: Ports, owner: str, delivery_id: str = ID) -> Delivery:
    """A delivery that has landed, with one file in staging."""
    upload = replace(RECEIVED, id=delivery_id, state=S.UPLOADING, version=1)
    ports.catalogue.open_upload(upload)
    key = f"{delivery_id}/objects/0"
    fixity = ports.staging.put(key, (b"bytes",))
    file = StagedObject(ordinal=0, path=PackagePath("a"), size=fixity.size, sha256=fixity.sha256, key=key)
    ports.catalogue.add_staged(delivery_id, [file])
    landed = moved(upload, S.RECEIVED, RECEIVE_SUBMISSION)
    lease = ports.catalogue.acquire(delivery_id, owner)
    assert lease is not None
    ports.catalogue.commit(lease, Transition(before=upload, after=landed))
    ports.catalogue.release(lease)
    return landed


def test_a_step_is_looked_at_decided_and_carried_out_once(archive: Archive, spoken: Spoken) -> None:
    received(archive.ports, archive.owner)
    ended = advance(ID, archive.owner, archive.ports)
    assert ended is not None
    assert ended.state is S.REJECTED
    assert (spoken.looks, spoken.carried_out) == (1, ["word 1"])
    assert [told.detail for told in archive.ports.catalogue.events(ID)] == ["word 1"]


def test_what_is_over_is_left_alone(archive: Archive, spoken: Spoken) -> None:
    received(archive.ports, archive.owner)
    ended = advance(ID, archive.owner, archive.ports)
    assert advance(ID, archive.owner, archive.ports) == ended
    assert spoken.looks == 1


def test_a_decision_that_was_committed_is_used_after_a_fault(archive: Archive, spoken: Spoken) -> None:
    received(archive.ports, archive.owner)
    spoken.fault = OutOfSpace("fullt", "full")
    with pytest.raises(OutOfSpace):
        advance(ID, archive.owner, archive.ports)
    between = archive.ports.catalogue.delivery(ID)
    assert (between.state, between.version) == (S.RECEIVED, 2)
    assert archive.ports.catalogue.events(ID) == ()
    assert tuple(archive.ports.catalogue.runnable()) == (ID,)
    advance(ID, archive.owner, archive.ports)
    assert (spoken.looks, spoken.carried_out) == (1, ["word 1", "word 1"])
    assert [told.detail for told in archive.ports.catalogue.events(ID)] == ["word 1"]


def test_the_decision_of_another_is_used(archive: Archive, spoken: Spoken) -> None:
    landed = received(archive.ports, archive.owner)
    lease = archive.ports.catalogue.acquire(ID, archive.owner)
    assert lease is not None
    decision = spoken.decide((landed, "its word"))
    written = runner._encode(spoken.step, decision)  # noqa: SLF001 - as another worker would have committed it
    archive.ports.catalogue.commit_decision(lease, RECEIVE_SUBMISSION, landed.version, written)
    archive.ports.catalogue.release(lease)
    advance(ID, archive.owner, archive.ports)
    assert (spoken.looks, spoken.carried_out) == (0, ["its word"])


def taken_over(work: Work) -> None:
    """Let the lease be granted anew, which outdates the one that the work is done under."""
    assert work.ports.catalogue.acquire(work.delivery.id, work.lease.owner) is not None


def test_who_lost_the_lease_while_looking_commits_no_decision(
    archive: Archive, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(archive.ports, archive.owner)

    def look(work: Work) -> tuple[Delivery, str]:
        taken_over(work)
        return work.delivery, "late word"

    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: replace(spoken.step, observe=look)})
    with pytest.raises(LeaseLost):
        advance(ID, archive.owner, archive.ports)
    assert archive.ports.catalogue.decision(ID, RECEIVE_SUBMISSION, 2) is None
    assert spoken.carried_out == []
    assert archive.ports.catalogue.delivery(ID).state is S.RECEIVED


def test_who_lost_the_lease_while_acting_changes_no_state(
    archive: Archive, spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(archive.ports, archive.owner)

    def act(work: Work, decision: Advanced[Word]) -> Done:
        taken_over(work)
        return spoken.act(work, decision)

    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: replace(spoken.step, act=act)})
    with pytest.raises(LeaseLost):
        advance(ID, archive.owner, archive.ports)
    assert archive.ports.catalogue.delivery(ID).state is S.RECEIVED
    assert archive.ports.catalogue.events(ID) == ()


@pytest.mark.parametrize("fault", [ObjectMissing("borta", "gone"), ValueError("impossible")])
def test_what_seems_gone_to_who_lost_the_lease_is_a_lost_lease(
    archive: Archive, spoken: Spoken, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    received(archive.ports, archive.owner)

    def act(work: Work, _: Advanced[Word]) -> Done:
        taken_over(work)
        raise fault

    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: replace(spoken.step, act=act)})
    with pytest.raises(LeaseLost):
        advance(ID, archive.owner, archive.ports)
    assert archive.ports.catalogue.logged(ID, "LeaseLost") != ()


def test_what_is_gone_while_the_lease_is_held_is_gone(archive: Archive, spoken: Spoken) -> None:
    received(archive.ports, archive.owner)
    spoken.fault = ObjectMissing("borta", "gone")
    with pytest.raises(ObjectMissing):
        advance(ID, archive.owner, archive.ports)


def test_an_identity_that_was_taken_meanwhile_is_decided_anew(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first has committed; its decision cannot be carried out and is made again."""
    ports, owner, looks = archive.ports, archive.owner, []

    def look(work: Work) -> tuple[Delivery, tuple[Delivery, ...]]:
        seen = work.ports.catalogue.attempts("ORG:1", "L-1")
        looks.append((work.delivery.id, len(seen)))
        if work.delivery.id == ID and len(looks) == 1:
            advance(OTHER_ID, owner, ports)
        return work.delivery, seen

    def decide(facts: tuple[Delivery, tuple[Delivery, ...]]) -> Decision[Word]:
        delivery, seen = facts
        if seen:
            return Repeated(after=replace(moved(delivery, S.REPEATED, ""), repeat_of=seen[0].id))
        named = replace(delivery, identity=identity(), attempt=1)
        return Advanced(plan=Word(word="mine"), after=moved(named, S.REJECTED, ""))

    step = Step(name=RECEIVE_SUBMISSION, plan_type=Word, observe=look, decide=decide, act=lambda _work, _plan: Done())
    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: step})
    received(ports, owner)
    received(ports, owner, OTHER_ID)
    ended = advance(ID, owner, ports)
    assert ended is not None
    assert (ended.state, ended.repeat_of) == (S.REPEATED, OTHER_ID)
    assert ports.catalogue.delivery(OTHER_ID).identity == identity()
    assert looks == [(ID, 0), (OTHER_ID, 0), (ID, 1)]


def test_a_repeat_lets_its_own_bytes_go_and_no_others(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    ports = archive.ports
    step = Step(
        name=RECEIVE_SUBMISSION,
        plan_type=Word,
        observe=lambda work: work.delivery,
        decide=lambda delivery: Repeated(after=replace(moved(delivery, S.REPEATED, ""), repeat_of=OTHER_ID)),
        act=lambda _work, _plan: Done(),
    )
    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: step})
    received(ports, archive.owner, OTHER_ID)
    received(ports, archive.owner)
    advance(ID, archive.owner, ports)
    assert list(ports.staging.keys("")) == [f"{OTHER_ID}/objects/0"]


@pytest.mark.parametrize("kind", [Rejected, Held])
def test_what_is_refused_or_held_is_recorded_and_nothing_is_carried_out(
    archive: Archive, spoken: Spoken, monkeypatch: pytest.MonkeyPatch, kind: type[Rejected] | type[Held]
) -> None:
    state = S.REJECTED if kind is Rejected else S.HELD

    def decide(facts: tuple[Delivery, str]) -> Decision[Word]:
        checking = replace(facts[0], state=S.CHECKING)
        return kind(after=moved(checking, state, ""), findings=(finding("EARKIV-FIX-1"),))

    monkeypatch.setattr(runner, "STEPS", {RECEIVE_SUBMISSION: replace(spoken.step, decide=decide)})
    received(archive.ports, archive.owner)
    ended = advance(ID, archive.owner, archive.ports)
    assert ended is not None
    assert ended.state is state
    assert spoken.carried_out == []
    assert archive.ports.catalogue.findings(ID) == (finding("EARKIV-FIX-1"),)
    assert tuple(archive.ports.catalogue.runnable()) == ()


def test_a_lease_is_given_back_however_the_work_ends(archive: Archive, spoken: Spoken) -> None:
    received(archive.ports, archive.owner)
    spoken.fault = RuntimeError("a fault in the program")
    with pytest.raises(ProgramFault):
        advance(ID, archive.owner, archive.ports)
    assert archive.ports.catalogue.acquire(ID, "somebody else") is not None
