"""Every signature becomes one event that says what was found out."""

from dataclasses import replace

from ingest.domain.characteristics import Observed, Signature, SignatureVerdict
from ingest.domain.packages import Clean, Examination, FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType
from ingest.pipeline.signatures import signature_events
from tests.unit.pipeline.facts import NOON, RECEIVED, SOFTWARE

HELD = Signature(kind="PDF", verdict=SignatureVerdict.HOLDS, signer="Ellen", signed_at="2021-06-01T12:00:00+00:00")
BROKEN = Signature(kind="PDF", verdict=SignatureVerdict.BROKEN, signer="Ellen", detail="changed")
UNDECIDED = Signature(kind="CMS", verdict=SignatureVerdict.UNDECIDED, detail="no CMS")
FOUND = Signature(kind="OOXML", verdict=SignatureVerdict.NOT_CHECKED, signer="Ellen", detail="found")


def test_each_signature_is_told_with_its_verdict_signer_and_time() -> None:
    examined = Examination(ordinal=0, format=FormatDesignation(puid=None), scan=Clean(tool="x"))
    examinations = (
        replace(examined, inside=Observed(signatures=(HELD, BROKEN))),
        replace(examined, ordinal=1),
        replace(examined, ordinal=2, inside=Observed(signatures=(UNDECIDED, FOUND))),
    )
    paths = {number: PackagePath(name) for number, name in enumerate(("a.pdf", "b.txt", "c.txt.p7s"))}
    events = signature_events(RECEIVED, NOON, SOFTWARE, examinations, paths)
    assert [(event.outcome, event.detail) for event in events] == [
        (
            EventOutcome.SUCCESS,
            "a.pdf, signature 1: PDF signature holds; signer Ellen; stated time 2021-06-01T12:00:00+00:00",
        ),
        (EventOutcome.FAIL, "a.pdf, signature 2: PDF signature broken; signer Ellen; changed"),
        (EventOutcome.WARNING, "c.txt.p7s, signature 1: CMS signature undecided; no CMS"),
        (EventOutcome.WARNING, "c.txt.p7s, signature 2: OOXML signature not checked; signer Ellen; found"),
    ]
    assert {event.type for event in events} == {EventType.SIGNATURE_VALIDATION}
    assert [event.objects for event in events] == [("a.pdf",), ("a.pdf",), ("c.txt.p7s",), ("c.txt.p7s",)]
    assert len({event.id for event in events}) == 4
