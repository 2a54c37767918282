"""When nested containers are opened, within which budgets, and what PREMIS remembers of it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.domain.findings import Severity
from ingest.domain.nested import NestedFault, NestedFaultKind, NestedListing
from ingest.domain.packages import Clean, Examination, FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome
from ingest.formats.wire import from_json
from ingest.pipeline.nested import bounds_under, nested_events
from tests.unit.pipeline.facts import NOON, RECEIVED, SOFTWARE, staged

STAGED = staged(("a.zip", b"12345"), ("b.txt", b"1"))
EXAMINED = Examination(ordinal=0, format=FormatDesignation(puid="x-fmt/263"), scan=Clean(tool="x"))
FAULT = NestedFault(kind=NestedFaultKind.NO_FILE, times=3)


@given(st.builds(SubmissionAgreement, id=st.text(), version=st.integers(1), title=st.text(), normalise=st.booleans()))
def test_no_agreement_opens_what_it_does_not_ask_for(agreement: SubmissionAgreement) -> None:
    assert bounds_under(agreement, STAGED).depth == 0


def test_an_agreement_made_before_there_was_the_term_opens_nothing() -> None:
    assert from_json({"id": "a", "version": 1}, SubmissionAgreement).nested_depth == DEFAULT_AGREEMENT.nested_depth == 0


def test_what_was_delivered_counts_too() -> None:
    own = bounds_under(DEFAULT_AGREEMENT, STAGED)
    agreed = bounds_under(replace(DEFAULT_AGREEMENT, max_files=7, max_bytes=100), STAGED)
    assert (own.files, own.unpacked) == (499_998, (4 << 40) - 6)
    assert (agreed.files, agreed.unpacked) == (5, 94)


def test_limits_of_an_agreement_that_refuse_nobody_bound_nothing() -> None:
    mild = replace(DEFAULT_AGREEMENT, max_files=2, severities=(("EARKIV-SA-4", Severity.WARNING),))
    assert bounds_under(mild, STAGED).files == 499_998


def test_sound_containers_and_others_each_have_an_event() -> None:
    examinations = (
        replace(EXAMINED, nested=NestedListing(count=2)),
        replace(EXAMINED, ordinal=1),
        replace(EXAMINED, ordinal=2, nested=NestedListing(count=5, faults=(FAULT,))),
    )
    paths = {number: PackagePath(name) for number, name in enumerate(("a.zip", "b.txt", "c.tar"))}
    events = nested_events(RECEIVED, NOON, SOFTWARE, examinations, paths)
    assert [(each.outcome, each.objects) for each in events] == [
        (EventOutcome.SUCCESS, ("a.zip",)),
        (EventOutcome.WARNING, ("c.tar",)),
    ]
    assert [each.detail.partition(": ")[2] for each in events] == [
        "1 containers, 2 files",
        "1 containers, 5 files, 3 faults",
    ]
    assert len({each.id for each in events}) == 2


def test_a_delivery_of_which_nothing_was_opened_has_no_event() -> None:
    assert nested_events(RECEIVED, NOON, SOFTWARE, (EXAMINED,), {0: PackagePath("a.zip")}) == ()
