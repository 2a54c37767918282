"""Repeat, conflict, unreadable, or a delivery to be checked: decided from facts alone."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.decisions import Advanced, Rejected, Repeated
from ingest.domain.deliveries import CORRECTION, Delivery, DeliveryState, SourceContainer
from ingest.domain.findings import Location, Severity, Violation
from ingest.domain.provenance import EventOutcome, EventType, derived_id
from ingest.domain.submissions import Reading, RecordStatus, Unreadable
from ingest.pipeline.names import EXAMINE_OBJECTS, NOTHING_MORE, NOTIFY_PRODUCER
from ingest.pipeline.receive_submission import Facts, correction_to_wait_for, decide
from tests.unit.pipeline.facts import DIFFERENT, NOON, OTHER_ID, READING, RECEIVED, SAME, SOFTWARE, THIRD_ID, identity

S = DeliveryState
ID_OF_REFUSED = "7a0e6f0e-1b1c-4b86-8f5a-0d6f2f6c9a04"
UNREADABLE = Unreadable(violations=(Violation(rule="EARKIV-PKG-1", location=Location(file="a.zip")),))


def as_kind(kind: RecordStatus) -> Reading:
    return replace(READING, submission=replace(READING.submission, record_status=kind))


def earlier(state: DeliveryState, sameness: str = SAME, *, version: int = 1, id: str = OTHER_ID) -> Delivery:  # noqa: A002
    """An earlier delivery of the same identity; what is being refused or was refused has no package."""
    refused = state in {S.REJECTED, S.QUARANTINED}
    return replace(
        RECEIVED,
        id=id,
        state=state,
        identity=identity(sameness),
        agreement_version=version,
        refused=refused,
        package=derived_id(id, "package"),
        generation=3,
    )


def facts(
    *before: Delivery,
    reading: Reading | Unreadable = READING,
    agreement: SubmissionAgreement = DEFAULT_AGREEMENT,
    delivery: Delivery = RECEIVED,
) -> Facts:
    return Facts(
        delivery=delivery,
        at=NOON,
        software=SOFTWARE,
        agreement=agreement,
        reading=reading,
        identity=identity(),
        earlier=before,
        landing=(),
    )


def test_a_delivery_of_a_new_identity_is_checked() -> None:
    decision = decide(facts())
    assert isinstance(decision, Advanced)
    after = decision.after
    assert (after.state, after.step, after.version) == (S.CHECKING, EXAMINE_OBJECTS, RECEIVED.version + 1)
    assert (after.identity, after.attempt, after.generation) == (identity(), 1, 1)
    assert after.package == derived_id(RECEIVED.id, "package")
    assert (after.dialect, after.record_status) == ("fgs-1.2", "NEW")
    assert [event.type for event in decision.events] == [EventType.INGESTION_START]


@pytest.mark.parametrize("state", [S.CHECKING, S.HELD, S.PRESERVING, S.ARCHIVED, S.REJECTED, S.QUARANTINED])
def test_the_same_again_gets_the_answer_of_the_first(state: DeliveryState) -> None:
    decision = decide(facts(earlier(state)))
    assert isinstance(decision, Repeated)
    assert (decision.after.state, decision.after.step) == (S.REPEATED, NOTHING_MORE)
    assert decision.after.repeat_of == OTHER_ID
    assert decision.after.identity is None


@pytest.mark.parametrize("state", [S.REJECTED, S.QUARANTINED])
def test_the_same_again_under_other_terms_is_a_new_attempt_after_a_refusal(state: DeliveryState) -> None:
    decision = decide(facts(earlier(state), delivery=replace(RECEIVED, agreement_version=2)))
    assert isinstance(decision, Advanced)
    assert decision.after.attempt == 2


def test_the_same_again_under_other_terms_is_a_repeat_once_accepted() -> None:
    decision = decide(facts(earlier(S.ARCHIVED), delivery=replace(RECEIVED, agreement_version=2)))
    assert isinstance(decision, Repeated)


def test_the_newest_answer_is_the_one_repeated() -> None:
    decision = decide(facts(earlier(S.REJECTED), earlier(S.ARCHIVED, id=THIRD_ID)))
    assert isinstance(decision, Repeated)
    assert decision.after.repeat_of == THIRD_ID


@pytest.mark.parametrize("state", [S.CHECKING, S.HELD, S.PRESERVING, S.ARCHIVED])
def test_other_bytes_beside_a_living_delivery_are_a_conflict(state: DeliveryState) -> None:
    decision = decide(facts(earlier(state, DIFFERENT)))
    assert isinstance(decision, Rejected)
    assert [finding.rule for finding in decision.findings] == ["EARKIV-DLV-1"]
    assert decision.findings[0].locations[0].value == "L-1"
    after = decision.after
    assert (after.step, after.refused, after.attempt, after.package) == (NOTIFY_PRODUCER, True, 2, None)
    assert {event.outcome for event in decision.events} == {EventOutcome.FAIL}


@pytest.mark.parametrize("state", [S.REJECTED, S.QUARANTINED])
def test_other_bytes_after_a_refusal_are_a_new_attempt(state: DeliveryState) -> None:
    last = replace(earlier(state, "c" * 64, id=THIRD_ID), attempt=4)
    decision = decide(facts(earlier(state, DIFFERENT), last))
    assert isinstance(decision, Advanced)
    assert decision.after.attempt == 5
    assert decision.after.package == derived_id(RECEIVED.id, "package")


def test_a_replacement_is_the_next_generation_of_the_same_package() -> None:
    decision = decide(facts(earlier(S.ARCHIVED, DIFFERENT), reading=as_kind(RecordStatus.REPLACEMENT)))
    assert isinstance(decision, Advanced)
    assert (decision.after.package, decision.after.generation) == (derived_id(OTHER_ID, "package"), 4)
    assert decision.after.attempt == 2


@pytest.mark.parametrize("state", [S.CHECKING, S.HELD, S.PRESERVING])
def test_nothing_replaces_what_is_not_archived_yet(state: DeliveryState) -> None:
    assert isinstance(decide(facts(earlier(state, DIFFERENT), reading=as_kind(RecordStatus.REPLACEMENT))), Rejected)


def refused_for_another(id: str = THIRD_ID) -> Delivery:  # noqa: A002 - as the field is called
    return earlier(S.REJECTED, id=id)


def test_a_refusal_for_another_in_the_way_is_the_answer_while_that_is_there() -> None:
    before = (earlier(S.ARCHIVED, DIFFERENT), refused_for_another())
    decision = decide(replace(facts(*before), conflicts=frozenset({THIRD_ID})))
    assert isinstance(decision, Repeated)
    assert decision.after.repeat_of == THIRD_ID


def test_it_is_no_answer_when_the_other_was_refused_itself() -> None:
    before = (earlier(S.REJECTED, DIFFERENT), refused_for_another())
    assert isinstance(decide(replace(facts(*before), conflicts=frozenset({THIRD_ID}))), Advanced)


def test_it_is_no_answer_when_the_other_may_be_followed_now() -> None:
    before = (earlier(S.ARCHIVED, DIFFERENT), refused_for_another())
    told = replace(facts(*before, reading=as_kind(RecordStatus.REPLACEMENT)), conflicts=frozenset({THIRD_ID}))
    decision = decide(told)
    assert isinstance(decision, Advanced)
    assert (decision.after.package, decision.after.generation) == (derived_id(OTHER_ID, "package"), 4)


def correction(state: DeliveryState) -> Delivery:
    return replace(earlier(state, DIFFERENT, id=THIRD_ID), source=SourceContainer(name=OTHER_ID, kind=CORRECTION))


REPLACING = as_kind(RecordStatus.REPLACEMENT)
CORRECTED = (earlier(S.ARCHIVED, "c" * 64), correction(S.PRESERVING))


def test_what_replaces_a_package_waits_for_the_archives_own_correction_alone() -> None:
    assert correction_to_wait_for(facts(*CORRECTED, reading=REPLACING)) == CORRECTED[-1]
    assert correction_to_wait_for(facts(*CORRECTED)) is None
    assert correction_to_wait_for(facts(*CORRECTED[:1], correction(S.ARCHIVED), reading=REPLACING)) is None
    assert correction_to_wait_for(facts(*CORRECTED[:1], reading=REPLACING)) is None
    assert correction_to_wait_for(facts(earlier(S.CHECKING, DIFFERENT), reading=REPLACING)) is None


def test_what_was_answered_does_not_wait_for_a_correction_but_what_a_correction_hindered_does() -> None:
    archived = facts(earlier(S.ARCHIVED), CORRECTED[-1], reading=REPLACING)
    assert correction_to_wait_for(archived) is None
    assert isinstance(decide(archived), Repeated)
    again = facts(*CORRECTED, refused_for_another(ID_OF_REFUSED), reading=REPLACING)
    assert correction_to_wait_for(replace(again, conflicts=frozenset({ID_OF_REFUSED}))) == CORRECTED[-1]


@pytest.mark.parametrize("kind", list(RecordStatus))
@pytest.mark.parametrize("continuing", [(), ("REPLACEMENT",), ("VERSION", "SUPPLEMENT")])
def test_the_agreement_says_which_kinds_are_new_generations(kind: RecordStatus, continuing: tuple[str, ...]) -> None:
    agreement = replace(DEFAULT_AGREEMENT, new_generation_for=continuing)
    decision = decide(facts(earlier(S.ARCHIVED, DIFFERENT), reading=as_kind(kind), agreement=agreement))
    assert isinstance(decision, Advanced if kind in continuing else Rejected)


def test_the_delivery_itself_is_no_earlier_one() -> None:
    mine = replace(earlier(S.RECEIVED), id=RECEIVED.id)
    decision = decide(facts(mine))
    assert isinstance(decision, Advanced)
    assert decision.after.attempt == 1


def test_what_cannot_be_read_is_refused_with_its_findings() -> None:
    decision = decide(facts(reading=UNREADABLE))
    assert isinstance(decision, Rejected)
    assert [finding.rule for finding in decision.findings] == ["EARKIV-PKG-1"]
    assert decision.after.refused
    assert decision.after.identity == identity()


def test_what_cannot_be_read_is_repeated_too() -> None:
    assert isinstance(decide(facts(earlier(S.REJECTED), reading=UNREADABLE)), Repeated)


def test_the_agreement_weighs_what_could_not_be_read() -> None:
    lenient = replace(DEFAULT_AGREEMENT, severities=(("EARKIV-PKG-1", Severity.INFO),))
    decision = decide(facts(reading=UNREADABLE, agreement=lenient))
    assert isinstance(decision, Rejected)
    assert decision.findings[0].severity is Severity.INFO


def test_a_container_is_told_with_its_digest() -> None:
    container = SourceContainer(name="a.zip", kind="zip", size=7, sha256="d" * 64, key=f"{RECEIVED.id}/container")
    decision = decide(facts(delivery=replace(RECEIVED, source=container)))
    assert isinstance(decision, Advanced)
    assert [event.type for event in decision.events] == [EventType.INGESTION_START, EventType.UNPACKING]
    assert "d" * 64 in decision.events[1].detail


@pytest.mark.parametrize(
    ("label", "title", "expected"), [("Etikett", "Titel", "Etikett"), (None, "Titel", "Titel"), (None, None, "L-1")]
)
def test_the_title_is_the_label_or_the_first_case_or_the_id(
    label: str | None, title: str | None, expected: str
) -> None:
    case = replace(READING.submission.cases[0], title=title)
    reading = replace(READING, submission=replace(READING.submission, label=label, cases=(case,)))
    decision = decide(facts(reading=reading))
    assert isinstance(decision, Advanced)
    assert decision.after.title == expected


def test_the_same_facts_give_the_same_decision() -> None:
    assert decide(facts(earlier(S.REJECTED, DIFFERENT))) == decide(facts(earlier(S.REJECTED, DIFFERENT)))
