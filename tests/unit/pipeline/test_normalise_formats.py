"""What is decided when copies have been made, or could not be."""

from dataclasses import replace

import pytest

from ingest.application.told_plans import WHY_NOT
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.conversions import Conversion, ConversionFault, ConversionOutcome, Converted, NoCopy, NotConverted
from ingest.domain.decisions import Advanced, Held, Rejected
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity, Text
from ingest.domain.format_policy import FormatPolicy, FormatRule, Standing, Target, When
from ingest.domain.packages import Clean, DigitalObject, FormatDesignation, NotScanned, Place
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType
from ingest.domain.submissions import Use
from ingest.pipeline.names import BUILD_AIP, NORMALISE_FORMATS, NOTIFY_PRODUCER
from ingest.pipeline.normalise_formats import Facts, decide
from ingest.pipeline.observed import conversion_event_id
from ingest.rules.conversions import planned_copy, wanted_copies
from tests.unit.pipeline.facts import ID, NOON, RECEIVED, SOFTWARE

PDF_A = Target(name="pdf-a-1b", title="PDF/A-1b", extension="pdf", puids=("fmt/354",), profile="PDF/A-1b")
WORD = FormatRule(
    puid="fmt/412",
    name="docx",
    delivery=Standing.ACCEPTABLE,
    preservation=Standing.NOT_ACCEPTABLE,
    source=Text(sv="Regel", en="Rule"),
    target=PDF_A.name,
    tool="libreoffice",
)
CLAIMED = replace(WORD, puid="fmt/477", when=When.NOT_CONFORMING)
OUTLOOK = replace(WORD, puid="x-fmt/430", target="", tool="")
LOCKED = replace(OUTLOOK, puid="fmt/754", delivery=Standing.NOT_ACCEPTABLE, preservation=Standing.ACCEPTABLE)
POLICY = FormatPolicy(version=3, rules=(WORD, CLAIMED, OUTLOOK, LOCKED), targets=(PDF_A,))
VALID = Conformance(tool="validator 1", profile="PDF/A-1b", verdict=Conformity.CONFORMS)
INVALID = replace(VALID, verdict=Conformity.VIOLATES, reasons=("6.1.2: no header",))
CLEAN, UNSCANNED = Clean(tool="clamav 1"), NotScanned(reason="too large")
MADE = Converted(
    key="k", size=9, sha256="1" * 64, format=FormatDesignation(puid="fmt/354"), conformances=(VALID,), scan=CLEAN
)


def delivered(ordinal: int, puid: str | None = "fmt/412", use: Use = Use.CONTENT) -> DigitalObject:
    path = PackagePath(f"{ordinal}.docx")
    return DigitalObject(
        ordinal=ordinal,
        path=path,
        size=1,
        sha256="0" * 64,
        key=str(ordinal),
        format=FormatDesignation(puid=puid),
        scan=NotScanned(reason=""),
        place=Place(use=use, aip_path=PackagePath(f"representations/original/data/{path}"), representation="original"),
    )


def conversion(ordinal: int, outcome: ConversionOutcome) -> Conversion:
    return Conversion(
        ordinal=ordinal,
        aip_path=PackagePath(f"representations/preservation/data/{ordinal}.docx.pdf"),
        target="pdf-a-1b",
        policy=3,
        tool="libreoffice 7",
        outcome=outcome,
    )


def failed(reason: ConversionFault) -> NotConverted:
    return NotConverted(reason=reason, detail="no")


FACTS = Facts(
    delivery=replace(RECEIVED, state=DeliveryState.PRESERVING, step=NORMALISE_FORMATS),
    at=NOON,
    software=SOFTWARE,
    agreement=DEFAULT_AGREEMENT,
    policy=POLICY,
    objects=(delivered(0), delivered(1)),
    conversions=(conversion(0, MADE), conversion(1, MADE)),
)


def test_one_event_for_each_copy_names_source_outcome_tool_policy_and_verdict() -> None:
    decision = decide(FACTS)
    assert isinstance(decision, Advanced)
    assert (decision.after.state, decision.after.step) == (DeliveryState.PRESERVING, BUILD_AIP)
    assert decision.findings == ()
    first, second, _ = decision.events
    assert first.type is second.type is EventType.NORMALIZATION
    assert (first.objects, first.derived) == (("0.docx",), (FACTS.conversions[0].aip_path,))
    assert first.id == conversion_event_id(ID, 0) != second.id
    assert [agent.name for agent in first.agents] == ["libreoffice 7"]
    assert first.detail == ("0.docx to pdf-a-1b under format policy version 3: conforms PDF/A-1b by validator 1")


@pytest.mark.parametrize(
    ("reason", "rule", "severity"),
    [
        (ConversionFault.FAILED, "EARKIV-NRM-1", Severity.WARNING),
        (ConversionFault.TOOK_TOO_LONG, "EARKIV-NRM-1", Severity.WARNING),
        (ConversionFault.OUT_OF_BOUNDS, "EARKIV-NRM-1", Severity.WARNING),
        (ConversionFault.NOT_VALID, "EARKIV-NRM-3", Severity.WARNING),
        (ConversionFault.INFECTED, "EARKIV-NRM-6", Severity.WARNING),
    ],
)
def test_what_failed_is_an_event_and_a_finding_and_the_rest_goes_on(
    reason: ConversionFault, rule: str, severity: Severity
) -> None:
    outcome = NotConverted(reason=reason, detail="no", conformances=(INVALID,))
    decision = decide(replace(FACTS, conversions=(conversion(0, outcome), conversion(1, MADE))))
    assert isinstance(decision, Advanced)
    assert [(f.rule, f.severity, f.count) for f in decision.findings] == [(rule, severity, 1)]
    assert decision.findings[0].locations[0].file == "0.docx"
    broken, made, _ = decision.events
    assert (broken.outcome, broken.objects, broken.derived) == (EventOutcome.FAIL, ("0.docx",), ())
    assert broken.detail.endswith(f"{reason}: no; violates PDF/A-1b by validator 1 (6.1.2: no header)")
    assert made.outcome is EventOutcome.SUCCESS


def test_the_scans_of_copies_are_one_event_for_each_outcome() -> None:
    decision = decide(FACTS)
    assert isinstance(decision, Advanced)
    (scan,) = (event for event in decision.events if event.type is EventType.VIRUS_CHECK)
    assert (scan.outcome, scan.detail) == (EventOutcome.SUCCESS, "nothing found by clamav 1")
    assert (scan.objects, scan.derived) == ((), tuple(one.aip_path for one in FACTS.conversions))


def test_a_copy_that_is_not_scanned_is_told_and_stays() -> None:
    conversions = conversion(0, replace(MADE, scan=UNSCANNED)), FACTS.conversions[1]
    decision = decide(replace(FACTS, conversions=conversions))
    assert isinstance(decision, Advanced)
    (finding,) = decision.findings
    assert (finding.rule, finding.severity) == ("EARKIV-NRM-7", Severity.WARNING)
    (place,) = finding.locations
    assert (place.file, place.value) == ("0.docx", f"{conversions[0].aip_path}: too large")
    scans = {e.outcome: (e.detail, e.derived) for e in decision.events if e.type is EventType.VIRUS_CHECK}
    assert scans == {
        EventOutcome.WARNING: ("not scanned: too large", (conversions[0].aip_path,)),
        EventOutcome.SUCCESS: ("nothing found by clamav 1", (conversions[1].aip_path,)),
    }


def test_what_lacks_the_same_tool_is_one_event() -> None:
    lacking = failed(ConversionFault.TOOL_MISSING)
    decision = decide(replace(FACTS, conversions=(conversion(0, lacking), conversion(1, lacking))))
    assert isinstance(decision, Advanced)
    (event,) = decision.events
    assert (event.outcome, event.objects) == (EventOutcome.WARNING, ("0.docx", "1.docx"))
    assert [(f.rule, f.severity, f.count) for f in decision.findings] == [("EARKIV-NRM-2", Severity.INFO, 2)]


def test_what_was_not_tried_for_want_of_time_is_one_event_and_told_as_not_copied() -> None:
    outcome = NotConverted(reason=ConversionFault.NOT_TRIED)
    decision = decide(replace(FACTS, conversions=(conversion(0, outcome), conversion(1, outcome))))
    assert isinstance(decision, Advanced)
    (event,) = decision.events
    assert (event.outcome, event.objects) == (EventOutcome.WARNING, ("0.docx", "1.docx"))
    assert event.detail.endswith(str(ConversionFault.NOT_TRIED))
    assert [(f.rule, f.severity, f.count) for f in decision.findings] == [("EARKIV-NRM-1", Severity.WARNING, 2)]


def test_what_was_not_tried_for_different_reasons_is_an_event_for_each() -> None:
    missing, left_out = failed(ConversionFault.TOOL_MISSING), failed(ConversionFault.NOT_TRIED)
    decision = decide(replace(FACTS, conversions=(conversion(0, missing), conversion(1, left_out))))
    assert isinstance(decision, Advanced)
    assert sorted(event.objects for event in decision.events) == [("0.docx",), ("1.docx",)]


def test_a_format_that_nothing_can_be_done_about_is_told() -> None:
    objects = delivered(0, "x-fmt/430"), delivered(1, "fmt/754"), delivered(2, "fmt/0"), delivered(3, None)
    decision = decide(replace(FACTS, objects=objects, conversions=()))
    assert isinstance(decision, Advanced)
    assert {f.rule: [place.file for place in f.locations] for f in decision.findings} == {
        "EARKIV-NRM-4": ["0.docx"],
        "EARKIV-NRM-5": ["1.docx"],
    }


def test_without_normalisation_nothing_is_said_of_formats() -> None:
    decision = decide(replace(FACTS, policy=None, objects=(delivered(0, "x-fmt/430"),), conversions=()))
    assert isinstance(decision, Advanced)
    assert (decision.events, decision.findings) == ((), ())


def test_an_agreement_may_refuse_or_hold_what_could_not_be_copied() -> None:
    broken = replace(FACTS, conversions=(conversion(0, failed(ConversionFault.FAILED)),))
    strict = replace(DEFAULT_AGREEMENT, severities=(("EARKIV-NRM-1", Severity.ERROR),))
    refused = decide(replace(broken, agreement=strict))
    assert isinstance(refused, Rejected)
    assert (refused.after.refused, refused.after.step) == (True, NOTIFY_PRODUCER)
    held = decide(replace(broken, agreement=replace(DEFAULT_AGREEMENT, hold=("EARKIV-NRM-1",))))
    assert isinstance(held, Held)
    assert (held.after.state, held.after.step) == (DeliveryState.HELD, BUILD_AIP)


def test_content_of_a_format_with_a_target_is_wanted_and_nothing_else() -> None:
    empty, metadata = replace(delivered(1), size=0), delivered(2, use=Use.METADATA)
    objects = (delivered(0), empty, metadata, delivered(3, "x-fmt/430"), delivered(4, None))
    assert [(one.ordinal, rule, target) for one, rule, target in wanted_copies(POLICY, objects)] == [(0, WORD, PDF_A)]


@pytest.mark.parametrize(
    ("one", "planned"),
    [
        (delivered(0), WORD),
        (replace(delivered(0), size=0), NoCopy.EMPTY),
        (delivered(0, use=Use.METADATA), NoCopy.NO_CONTENT),
        (delivered(0, "fmt/0"), NoCopy.NO_RULE),
        (delivered(0, "x-fmt/430"), NoCopy.KEPT),
        (delivered(0, None), NoCopy.UNKNOWN_FORMAT),
        (delivered(0, "fmt/477"), NoCopy.CONFORMS),
    ],
)
def test_every_file_has_a_copy_planned_or_a_reason(one: DigitalObject, planned: FormatRule | NoCopy) -> None:
    assert planned_copy(POLICY.by_puid, one) == planned
    assert planned_copy(None, one) == NoCopy.NOT_AGREED


def test_every_reason_is_said_in_words() -> None:
    assert set(WHY_NOT) == set(NoCopy)


@pytest.mark.parametrize(
    ("conformances", "wanted"), [((), False), ((VALID,), False), ((VALID, INVALID), True), ((INVALID,), True)]
)
def test_what_claims_to_conform_is_copied_when_it_does_not(
    conformances: tuple[Conformance, ...], *, wanted: bool
) -> None:
    one = replace(delivered(0, "fmt/477"), conformances=conformances)
    assert bool(wanted_copies(POLICY, (one,))) is wanted
