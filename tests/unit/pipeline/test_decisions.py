"""What each step after reception decides, from hand-made facts; the same facts give the same decision."""

from dataclasses import replace

import pytest

from ingest.domain.agreements import DEFAULT_AGREEMENT, DisposalDefault
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import Delivery, DeliveryState
from ingest.domain.findings import Finding, Severity
from ingest.domain.journal import Subject, SubjectKind
from ingest.domain.packages import Clean, Examination, FormatDesignation, Infected, NotScanned, ScanResult
from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType
from ingest.formats.ocfl import Inventory
from ingest.pipeline import (
    build_aip,
    examine_objects,
    notify_producer,
    register_aip,
    store_aip,
    validate_package,
)
from ingest.pipeline.evidence import Slot
from ingest.pipeline.names import (
    BUILD_AIP,
    CORRECT_METADATA,
    NORMALISE_FORMATS,
    NOTHING_MORE,
    NOTIFY_PRODUCER,
    REGISTER_AIP,
    STORE_AIP,
    VALIDATE_PACKAGE,
)
from ingest.pipeline.plan import PLAN, STEPS
from tests.unit.pipeline.facts import ID, NOON, RECEIVED, SOFTWARE, finding, identity, staged

S = DeliveryState
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
PDF = FormatDesignation(puid="fmt/19", name="PDF", version="1.5")
UNKNOWN = FormatDesignation(puid=None)
SLOT = Slot(
    subject=Subject(kind=SubjectKind.DELIVERY, id=ID), sequence=1, previous="", at=NOON, salt="5" * 64, key="k1"
)


def at(state: DeliveryState, step: str) -> Delivery:
    return replace(RECEIVED, state=state, step=step, identity=identity(), package="p", version=5)


def examined(*found: tuple[FormatDesignation, ScanResult]) -> examine_objects.Facts:
    """One object per outcome; they are named a, b, c."""
    return examine_objects.Facts(
        delivery=at(S.CHECKING, "examine_objects"),
        at=NOON,
        software=SOFTWARE,
        tool="pygfried 1",
        objects=staged(*((chr(ord("a") + n), b"x") for n in range(len(found)))),
        examinations=tuple(Examination(ordinal=n, format=f, scan=s) for n, (f, s) in enumerate(found)),
    )


NOTHING, NOT_YET = Clean(tool="clamd"), NotScanned(reason="none")
VIRUS = Infected(tool="clamd", name="Eicar")
Told = tuple[EventType, EventOutcome, tuple[str, ...]]
DIGESTS: Told = (EventType.MESSAGE_DIGEST_CALCULATION, EventOutcome.SUCCESS, ())
KNOWN: Told = (EventType.FORMAT_IDENTIFICATION, EventOutcome.SUCCESS, ())
CLEAN: Told = (EventType.VIRUS_CHECK, EventOutcome.SUCCESS, ())


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (((PDF, NOTHING), (PDF, NOTHING)), [DIGESTS, KNOWN, CLEAN]),
        (
            ((PDF, NOTHING), (UNKNOWN, NOTHING)),
            [
                DIGESTS,
                (EventType.FORMAT_IDENTIFICATION, EventOutcome.SUCCESS, ("a",)),
                (EventType.FORMAT_IDENTIFICATION, EventOutcome.FAIL, ("b",)),
                CLEAN,
            ],
        ),
        (((UNKNOWN, NOTHING),), [DIGESTS, (EventType.FORMAT_IDENTIFICATION, EventOutcome.FAIL, ()), CLEAN]),
        (
            ((PDF, NOTHING), (PDF, VIRUS), (PDF, NOT_YET)),
            [
                DIGESTS,
                KNOWN,
                (EventType.VIRUS_CHECK, EventOutcome.SUCCESS, ("a",)),
                (EventType.VIRUS_CHECK, EventOutcome.FAIL, ("b",)),
                (EventType.VIRUS_CHECK, EventOutcome.WARNING, ("c",)),
            ],
        ),
        (((PDF, NOT_YET),), [DIGESTS, KNOWN, (EventType.VIRUS_CHECK, EventOutcome.WARNING, ())]),
        ((), [DIGESTS]),
    ],
)
def test_an_examination_is_told_once_per_outcome(
    found: tuple[tuple[FormatDesignation, ScanResult], ...], told: list[Told]
) -> None:
    decision = examine_objects.decide(examined(*found))
    assert isinstance(decision, Advanced)
    assert [(event.type, event.outcome, event.objects) for event in decision.events] == told
    assert (decision.after.state, decision.after.step) == (S.CHECKING, VALIDATE_PACKAGE)
    assert decision.findings == ()


def judged(*found: Finding, landed: tuple[Finding, ...] = (), hold: tuple[str, ...] = ()) -> validate_package.Facts:
    return validate_package.Facts(
        delivery=at(S.CHECKING, VALIDATE_PACKAGE),
        at=NOON,
        software=SOFTWARE,
        agreement=replace(DEFAULT_AGREEMENT, hold=hold),
        findings=found,
        landed=landed,
    )


FIX_1, FIX_7, PKG_6 = finding("EARKIV-FIX-1"), finding("EARKIV-FIX-7", WARNING), finding("EARKIV-PKG-6")
NOTE = finding("EARKIV-SA-8", INFO)
DEFAULTED = finding("EARKIV-SA-17", INFO)
OK, FAIL, WARN = EventOutcome.SUCCESS, EventOutcome.FAIL, EventOutcome.WARNING


@pytest.mark.parametrize(
    ("facts", "kind", "after", "outcomes"),
    [
        (judged(), Advanced, (S.PRESERVING, NORMALISE_FORMATS), (OK, OK)),
        (judged(FIX_7), Advanced, (S.PRESERVING, NORMALISE_FORMATS), (OK, WARN)),
        (judged(NOTE), Advanced, (S.PRESERVING, NORMALISE_FORMATS), (OK, WARN)),
        (judged(FIX_1, FIX_7), Rejected, (S.CHECKING, NOTIFY_PRODUCER), (FAIL, FAIL)),
        (judged(finding("EARKIV-CASE-1")), Rejected, (S.CHECKING, NOTIFY_PRODUCER), (OK, FAIL)),
        (judged(landed=(PKG_6,)), Rejected, (S.CHECKING, NOTIFY_PRODUCER), (OK, FAIL)),
        (judged(replace(FIX_1, severity=WARNING)), Advanced, (S.PRESERVING, NORMALISE_FORMATS), (OK, WARN)),
        (judged(FIX_7, hold=("EARKIV-FIX-7",)), Held, (S.HELD, NORMALISE_FORMATS), (OK, WARN)),
        (judged(FIX_7, hold=("EARKIV-FIX-1",)), Advanced, (S.PRESERVING, NORMALISE_FORMATS), (OK, WARN)),
        (
            judged(landed=(replace(PKG_6, severity=WARNING),), hold=("EARKIV-PKG-6",)),
            Held,
            (S.HELD, NORMALISE_FORMATS),
            (OK, WARN),
        ),
        (judged(FIX_1, hold=("EARKIV-FIX-1",)), Rejected, (S.CHECKING, NOTIFY_PRODUCER), (FAIL, FAIL)),
    ],
)
def test_a_package_is_refused_held_or_let_on(
    facts: validate_package.Facts,
    kind: type,
    after: tuple[DeliveryState, str],
    outcomes: tuple[EventOutcome, EventOutcome],
) -> None:
    decision = validate_package.decide(facts)
    assert type(decision) is kind
    assert (decision.after.state, decision.after.step) == after
    assert decision.after.refused is (kind is Rejected)
    assert isinstance(decision, Advanced | Rejected | Held)
    assert decision.findings == facts.findings
    assert [event.type for event in decision.events] == [EventType.FIXITY_CHECK, EventType.VALIDATION]
    assert tuple(event.outcome for event in decision.events) == outcomes


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((DEFAULTED,), "disposal default of agreement default version 1, for 1 cases and records that state nothing:"),
        ((), None),
        ((DEFAULTED, FIX_1), None),
    ],
)
def test_a_disposal_default_that_holds_is_an_event_of_the_archives_own(
    found: tuple[Finding, ...], told: str | None
) -> None:
    facts = judged(*found)
    kept = replace(facts.agreement, disposal_default=DisposalDefault(disposable=False))
    decision = validate_package.decide(replace(facts, agreement=kept))
    assert isinstance(decision, Advanced | Rejected)
    assigned = [event.detail for event in decision.events if event.type is EventType.POLICY_ASSIGNMENT]
    assert assigned == ([] if told is None else [f"{told} to be preserved"])


def test_a_package_is_made_as_of_when_it_was_looked_at() -> None:
    archive = Agent(kind=AgentKind.ORGANIZATION, name="E-arkiv")
    facts = build_aip.Facts(delivery=at(S.PRESERVING, BUILD_AIP), at=NOON, software=SOFTWARE, archive=archive)
    decision = build_aip.decide(facts)
    assert isinstance(decision, Advanced)
    assert decision.plan == build_aip.Plan(created=NOON, software=SOFTWARE, archive=archive)
    assert (decision.after.state, decision.after.step) == (S.PRESERVING, STORE_AIP)
    assert [event.type for event in decision.events] == [EventType.INFORMATION_PACKAGE_CREATION]


def test_exactly_this_inventory_is_stored_in_every_store() -> None:
    inventory = Inventory(package="p", generation=1, content=b"{}", manifest={}, states=({},))
    facts = store_aip.Facts(
        delivery=at(S.PRESERVING, STORE_AIP),
        at=NOON,
        software=SOFTWARE,
        inventory=inventory,
        stores=("archive", "copy"),
    )
    decision = store_aip.decide(facts)
    assert isinstance(decision, Advanced)
    assert decision.plan == store_aip.Plan(
        created=NOON,
        agent=f"{SOFTWARE.name} {SOFTWARE.version}",
        inventory_sha256=inventory.sha256,
        stores=("archive", "copy"),
    )
    assert [copy.store for copy in decision.after.copies] == ["archive", "copy"]
    assert (decision.after.state, decision.after.step) == (S.PRESERVING, REGISTER_AIP)
    (stored,) = decision.events
    assert stored.type is EventType.REPLICATION
    assert "archive, copy" in stored.detail
    assert stored.detail.endswith(inventory.sha256)


def ending(delivery: Delivery, infected: int = 0) -> notify_producer.Facts:
    return notify_producer.Facts(
        delivery=delivery, at=NOON, software=SOFTWARE, seed="6" * 64, slot=SLOT, infected=infected
    )


@pytest.mark.parametrize(
    ("state", "refused", "infected", "final", "outcome"),
    [
        (S.PRESERVING, False, 0, S.ARCHIVED, "accepted"),
        (S.CHECKING, True, 0, S.REJECTED, "rejected"),
        (S.PRESERVING, True, 0, S.REJECTED, "rejected"),
        (S.RECEIVED, True, 0, S.REJECTED, "rejected"),
        (S.CHECKING, True, 2, S.QUARANTINED, "rejected"),
        (S.PRESERVING, False, 1, S.ARCHIVED, "accepted"),
    ],
)
def test_how_a_delivery_ends(
    state: DeliveryState, *, refused: bool, infected: int, final: DeliveryState, outcome: str
) -> None:
    delivery = replace(at(state, NOTIFY_PRODUCER), refused=refused)
    decision = notify_producer.decide(ending(delivery, infected))
    assert isinstance(decision, Advanced)
    assert (decision.after.state, decision.after.step) == (final, NOTHING_MORE)
    assert decision.plan.final == decision.after
    assert (decision.plan.at, decision.plan.seed, decision.plan.slot) == (NOON, "6" * 64, SLOT)
    *before, ended = decision.events
    assert [event.type for event in before] == [EventType.QUARANTINE] * (final is S.QUARANTINED)
    assert (ended.type, ended.detail) == (EventType.INGESTION_END, f"receipt: {outcome}")


def test_what_is_infected_is_never_found_out_when_it_is_being_preserved() -> None:
    refused = ending(replace(at(S.PRESERVING, NOTIFY_PRODUCER), refused=True), infected=1)
    with pytest.raises(ValueError, match="cannot go from preserving"):
        notify_producer.decide(refused)


def test_the_plan_names_every_step_once_and_in_order() -> None:
    assert tuple(STEPS) == (*(step.name for step in PLAN), CORRECT_METADATA)
    assert PLAN[0].name == "receive_submission"
    assert PLAN[-1].name == NOTIFY_PRODUCER
    assert STEPS[REGISTER_AIP] is register_aip.STEP
