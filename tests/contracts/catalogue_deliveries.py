"""What a catalogue promises of deliveries: their rows, decisions, transitions and messages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.domain.decisions import Transition
from ingest.domain.deliveries import DeliveryState, IdentityTaken, moved
from ingest.errors import LeaseLost, ObjectExists, UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import (
    NOON,
    OWNER,
    RECEIVE,
    archived,
    as_trial,
    event,
    finding,
    generated,
    identified,
    number,
    received,
    staged,
    taken,
    tested,
    upload,
)


class DeliveriesContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_an_upload_is_found_by_its_id_and_by_its_source(self, catalogue: Catalogue) -> None:
        later, earlier = upload("a", minute=2), upload("b", minute=1)
        for delivery in (later, earlier, earlier):
            catalogue.open_upload(delivery)
        assert catalogue.delivery(later.id) == later
        assert catalogue.uploads_from(later.source.name) == (earlier, later)
        assert catalogue.uploads_from("/annat") == ()
        received(catalogue, "c")
        assert len(catalogue.uploads_from(later.source.name)) == 2

    def test_deliveries_are_unfinished_until_they_are_final(self, catalogue: Catalogue) -> None:
        begun = upload("a", minute=3)
        catalogue.open_upload(begun)
        taken, _ = received(catalogue, "b", minute=2)
        checked, lease = received(catalogue, "c", minute=1)
        held = moved(moved(checked, DeliveryState.CHECKING, RECEIVE), DeliveryState.HELD, RECEIVE)
        catalogue.commit(lease, Transition(before=checked, after=held))
        asked, other = received(catalogue, "d")
        refused = moved(asked, DeliveryState.REJECTED, "")
        catalogue.commit(other, Transition(before=asked, after=refused))
        catalogue.restore(archived("e"), (), (), ())
        assert catalogue.unfinished() == (held, taken, begun)

    def test_a_source_with_a_broken_name_is_found_again(self, catalogue: Catalogue) -> None:
        broken = upload("a")
        broken = replace(broken, source=replace(broken.source, name="/leveranser/\udcff"))
        catalogue.open_upload(broken)
        assert catalogue.uploads_from("/leveranser/\udcff") == (broken,)

    def test_an_id_is_used_once(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload("a"))
        with pytest.raises(ObjectExists):
            catalogue.open_upload(upload("a", minute=1))

    def test_an_upload_can_be_discarded_and_nothing_else_can(self, catalogue: Catalogue) -> None:
        catalogue.open_upload(upload("a"))
        catalogue.add_staged(number("a"), [staged(1)])
        catalogue.acquire(number("a"), OWNER)
        catalogue.discard_upload(number("a"))
        catalogue.discard_upload(number("a"))
        assert catalogue.uploads_from(upload("a").source.name) == ()
        assert catalogue.staged(number("a")) == ()
        delivery, _ = received(catalogue, "b")
        catalogue.discard_upload(delivery.id)
        assert catalogue.delivery(delivery.id) == delivery

    def test_an_unknown_delivery_is_named(self, catalogue: Catalogue) -> None:
        with pytest.raises(UnknownSubject, match=number("a")) as fault:
            catalogue.delivery(number("a"))
        assert number("a") in fault.value.sv
        assert catalogue.identity_of(number("a")) is None

    def test_a_transition_commits_everything_it_says(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        after = moved(identified(delivery, "EXN 1"), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(
            lease,
            Transition(
                before=delivery,
                after=after,
                events=(event("1"), event("2")),
                findings=(finding("CSIP60"), finding("CSIP1")),
                generated=(generated("b.xml"), generated("a.xml")),
            ),
        )
        assert catalogue.delivery(delivery.id) == after
        assert catalogue.identity_of(delivery.id) == after.identity
        assert catalogue.events(delivery.id) == (event("1"), event("2"))
        assert catalogue.findings(delivery.id) == (finding("CSIP60"), finding("CSIP1"))
        assert catalogue.generated(delivery.id) == (generated("a.xml"), generated("b.xml"))

    def test_later_events_and_findings_come_after_earlier_ones(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        for name in ("z", "a", "m"):
            after = replace(delivery, version=delivery.version + 1)
            again = (event("z"), event(name))
            made = replace(generated("a.xml"), size=after.version)
            catalogue.commit(
                lease,
                Transition(before=delivery, after=after, events=again, findings=(finding(name),), generated=(made,)),
            )
            delivery = after
        assert catalogue.events(delivery.id) == (event("z"), event("a"), event("m"))
        assert catalogue.findings(delivery.id) == (finding("z"), finding("a"), finding("m"))
        assert [g.size for g in catalogue.generated(delivery.id)] == [delivery.version]

    def test_a_transition_from_another_version_changes_nothing(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        outdated = replace(delivery, version=delivery.version - 1)
        after = moved(delivery, DeliveryState.CHECKING, "examine_objects")
        with pytest.raises(LeaseLost):
            catalogue.commit(lease, Transition(before=outdated, after=after, events=(event("1"),)))
        assert catalogue.delivery(delivery.id) == delivery
        assert catalogue.events(delivery.id) == ()

    def test_an_identity_and_attempt_is_taken_once(self, catalogue: Catalogue) -> None:
        first, first_lease = received(catalogue, "a")
        second, second_lease = received(catalogue, "b")
        taken = moved(identified(first, "EXN 1"), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(first_lease, Transition(before=first, after=taken))
        same = moved(identified(second, "EXN 1"), DeliveryState.CHECKING, "examine_objects")
        with pytest.raises(IdentityTaken):
            catalogue.commit(second_lease, Transition(before=second, after=same, events=(event("1"),)))
        assert catalogue.delivery(second.id) == second
        assert catalogue.events(second.id) == ()
        other = moved(identified(second, "EXN 1", attempt=2), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(second_lease, Transition(before=second, after=other))
        assert catalogue.attempts("ORG:2120009994", "EXN 1") == (taken, other)

    def test_a_repeat_is_no_attempt(self, catalogue: Catalogue) -> None:
        first, first_lease = received(catalogue, "a")
        second, second_lease = received(catalogue, "b")
        taken = moved(identified(first, "EXN 1"), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(first_lease, Transition(before=first, after=taken))
        repeat = replace(moved(second, DeliveryState.REPEATED, ""), repeat_of=first.id)
        catalogue.commit(second_lease, Transition(before=second, after=identified(repeat, "EXN 1")))
        assert catalogue.attempts("ORG:2120009994", "EXN 1") == (taken,)
        assert catalogue.attempts("ORG:5566778899", "EXN 1") == ()

    def test_a_test_delivery_has_an_identity_of_its_own(self, catalogue: Catalogue) -> None:
        real, real_lease = received(catalogue, "a")
        tried, tried_lease = received(catalogue, "b")
        meant = moved(identified(real, "EXN 1"), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(real_lease, Transition(before=real, after=meant))
        trial = moved(as_trial(identified(tried, "EXN 1")), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(tried_lease, Transition(before=tried, after=trial))
        assert catalogue.attempts("ORG:2120009994", "EXN 1") == (meant,)
        assert catalogue.trials("ORG:2120009994", "EXN 1") == (trial,)

    def test_test_deliveries_are_forgotten_when_they_are_final_and_nothing_else_is(self, catalogue: Catalogue) -> None:
        real, first, second = archived("a"), tested("b", minute=1), tested("c", minute=2)
        repeat = replace(upload("d"), state=DeliveryState.REPEATED, repeat_of=first.id)
        under_way, lease = received(catalogue, "e")
        trial = moved(as_trial(identified(under_way, "EXN 5")), DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(lease, Transition(before=under_way, after=trial))
        for delivery in (real, first, second, repeat):
            catalogue.restore(delivery, (event(delivery.id),), (), ())
        assert catalogue.trials_received(NOON + timedelta(minutes=2)) == (first,)
        for delivery in (real, first, trial, first):
            catalogue.forget_trial(delivery.id)
        assert catalogue.trials_received(NOON + timedelta(days=1)) == (second,)
        assert (catalogue.delivery(real.id), catalogue.delivery(trial.id)) == (real, trial)
        for gone in (first, repeat):
            assert catalogue.events(gone.id) == ()
            with pytest.raises(UnknownSubject):
                catalogue.delivery(gone.id)

    def test_the_first_decision_holds_until_it_is_revoked(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        assert catalogue.decision(delivery.id, RECEIVE, 2) is None
        assert catalogue.commit_decision(lease, RECEIVE, 2, '{"nr": 1, "ö": "å"}') == '{"nr": 1, "ö": "å"}'
        assert catalogue.commit_decision(lease, RECEIVE, 2, '{"nr": 2}') == '{"nr": 1, "ö": "å"}'
        assert catalogue.decision(delivery.id, RECEIVE, 2) == '{"nr": 1, "ö": "å"}'
        assert catalogue.decision(delivery.id, RECEIVE, 3) is None
        catalogue.revoke_decision(lease, RECEIVE, 2)
        assert catalogue.decision(delivery.id, RECEIVE, 2) is None
        assert catalogue.commit_decision(lease, RECEIVE, 2, '{"nr": 3}') == '{"nr": 3}'

    def test_a_decision_may_quote_a_broken_name(self, catalogue: Catalogue) -> None:
        _, lease = received(catalogue)
        assert catalogue.commit_decision(lease, RECEIVE, 2, '{"file": "\udcff"}') == '{"file": "\\udcff"}'

    def test_a_decision_outlives_its_step(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.commit_decision(lease, RECEIVE, 2, "{}")
        after = moved(delivery, DeliveryState.CHECKING, "examine_objects")
        catalogue.commit(lease, Transition(before=delivery, after=after))
        assert catalogue.decision(delivery.id, RECEIVE, 2) == "{}"

    def test_a_message_waits_for_what_is_not_over_and_nobody_works_on(self, catalogue: Catalogue) -> None:
        first, held = received(catalogue, "a")
        second, lease = received(catalogue, "b")
        assert catalogue.pending(10) == ()
        catalogue.release(held)
        catalogue.release(lease)
        assert [delivery for _, delivery in catalogue.pending(10)] == [first.id, second.id]
        assert len(catalogue.pending(1)) == 1
        refused = moved(replace(second, refused=True), DeliveryState.REJECTED, "")
        lease = taken(catalogue, second.id)
        catalogue.commit(lease, Transition(before=second, after=refused))
        assert [delivery for _, delivery in catalogue.pending(10)] == [first.id]
        catalogue.sent([row for row, _ in catalogue.pending(10)])
        catalogue.sent([])
        assert catalogue.pending(10) == ()

    def test_a_message_read_before_a_transition_does_not_answer_for_it(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.release(lease)
        read_before = [row for row, _ in catalogue.pending(10)]
        assert read_before
        after = moved(delivery, DeliveryState.CHECKING, "examine_objects")
        lease = taken(catalogue, delivery.id)
        catalogue.commit(lease, Transition(before=delivery, after=after))
        catalogue.release(lease)
        catalogue.sent(read_before)
        assert [waiting for _, waiting in catalogue.pending(10)] == [delivery.id]

    def test_the_operations_log_takes_any_lease(self, catalogue: Catalogue) -> None:
        delivery, lease = received(catalogue)
        catalogue.release(lease)
        catalogue.log_attempt(lease, RECEIVE, "failed", "ToolFailed: \udcff")
        assert catalogue.delivery(delivery.id) == delivery
        assert len(catalogue.logged(delivery.id, "failed")) == 1

    def test_the_operations_log_gives_what_it_holds_of_one_outcome_in_order(self, catalogue: Catalogue) -> None:
        (delivery, lease), (_, other) = received(catalogue, "a"), received(catalogue, "b")
        for whose, outcome, detail in ((lease, "broke", "2"), (other, "broke", "9"), (lease, "failed", "3")):
            catalogue.log_attempt(whose, RECEIVE, outcome, detail)
        catalogue.log_attempt(lease, RECEIVE, "broke", "1")
        assert catalogue.logged(delivery.id, "broke") == ("2", "1")
        assert catalogue.logged(delivery.id, "slow") == ()
