"""The receipt as a page: everything that counts, in either language, safe to open, and never whole in memory."""

import base64
import hashlib
import re
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from lxml import html

from ingest.domain.signing_keys import Compromise, SigningKey
from ingest.formats.html_elements import ENGLISH, SWEDISH, Voice
from ingest.formats.receipt_page import POLICY, Shown, receipt_page
from ingest.formats.receipts import without_findings, without_name

NOON: Final = "2026-11-23T12:00:00+00:00"
HOSTILE: Final = "<script>alert('x')</script> & \x07\u202e\ud800 åäö"
KEY: Final = SigningKey(
    id="21fe31dfa154a261",
    public="x",
    introduced_by="21fe31dfa154a261",
    added_at=datetime(2026, 1, 1, tzinfo=UTC),
    retired_at=None,
    compromise=None,
)


def file(path: str, number: int) -> dict[str, Any]:
    known = {"puid": "fmt/18", "name": "Acrobat PDF", "version": "1.4", "basis": "byte match"}
    return {"path": path, "size": 12345, "sha256": f"{number:064x}", "format": known, "salt": "s"}


def receipt(**fields: Any) -> dict[str, Any]:
    places = [{"file": f"{n}.pdf", "line": n, "xpath": "", "value": ""} for n in range(10)]
    finding = {
        "rule": "EARKIV-FIX-1",
        "specification": "earkiv",
        "severity": "warning",
        "message": {"sv": "Fel summa.", "en": "Wrong checksum."},
        "remedy": {"sv": "Räkna om.", "en": "Count again."},
        "count": 12,
        "locations": places,
    }
    copy = {"store": "archive", "location": "ocfl/x/", "inventorySha256": "a" * 64, "verified": NOON}
    return {
        "receipt": "kvitto-1",
        "delivery": "EX-1",
        "deliveryId": "d-1",
        "producer": "Nämnden",
        "package": "p-1",
        "generation": 2,
        "outcome": "accepted",
        "dialect": "case-push",
        "title": HOSTILE,
        "agreement": {"id": "bygglov", "version": 3},
        "received": NOON,
        "at": NOON,
        "custodyPassed": NOON,
        "files": [file("a/ansökan.pdf", 1), {**file(HOSTILE, 2), "format": None}],
        "copies": [copy],
        "findings": [finding],
        "findingsSalt": "s",
        "key": KEY.id,
        "signature": "sign-here",
        **fields,
    }


def page(document: dict[str, Any], voice: Voice = SWEDISH, key: SigningKey | None = KEY) -> str:
    return b"".join(receipt_page(Shown(receipt=document, key=key), voice)).decode("utf-8")


def text(document: dict[str, Any], voice: Voice = SWEDISH, key: SigningKey | None = KEY) -> str:
    return " ".join("".join(map(str, html.document_fromstring(page(document, voice, key).encode()).itertext())).split())


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (
            SWEDISH,
            ("Mottagningskvitto", "Mottagen och arkiverad", "inget tillstånd", "2 filer", "generation 2"),
        ),
        (
            ENGLISH,
            ("Receipt of delivery", "Accepted and archived", "no permission", "2 files", "generation 2"),
        ),
    ],
)
def test_what_counts_stands_there_in_either_language(voice: Voice, words: tuple[str, ...]) -> None:
    said = text(receipt(), voice)
    facts = ("EX-1", "p-1", "Nämnden", "bygglov, version 3", "a/ansökan.pdf", f"{1:064x}", "Acrobat PDF 1.4 (fmt/18)")
    evidence = ("ocfl/x/", "a" * 64, "2026-11-23 12:00:00 UTC", KEY.id, "sign-here", "EARKIV-FIX-1", "Ed25519")
    places = ("/v1/deliveries/d-1/receipt", "/.well-known/earkiv-keys.json", "check-a-receipt.md")
    for word in (*words, *facts, *evidence, *places):
        assert word in said, word
    assert re.search(r"3.pdf, (rad|line) 3", said)
    assert re.search(r"(och|and) 7 (ställen till|more places)", said)


def test_the_page_is_one_page_with_one_heading_in_one_language() -> None:
    for voice in (SWEDISH, ENGLISH):
        tree = html.document_fromstring(page(receipt(), voice).encode())
        assert tree.get("lang") == voice.code
        assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1
        for table in tree.iter("table"):
            assert {cell.get("data-label") for cell in table.iter("td")} <= {head.text for head in table.iter("th")}


def test_nothing_delivered_becomes_markup_or_steers_the_eye() -> None:
    written = page(receipt())
    tree = html.document_fromstring(written.encode())
    assert not list(tree.iter("script", "link", "img", "iframe", "a"))
    assert not {"\x07", "\u202e", "\ud800"} & set(written)
    assert "<script>alert('x')</script> & \\x07\\u202e\\ud800 åäö" in "".join(map(str, tree.itertext()))


def test_a_browser_may_use_the_pages_own_style_alone() -> None:
    (style,) = html.document_fromstring(page(receipt()).encode()).iter("style")
    assert style.text is not None
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()}'" in POLICY
    assert "default-src 'none'" in POLICY


def test_a_refusal_says_that_nothing_was_taken_over_and_shows_no_copies() -> None:
    said = text(receipt(outcome="rejected", package=None, generation=None, custodyPassed=None, copies=[]))
    assert "Avvisad" in said
    assert "inte tagit över någonting" in said
    assert "Kopior" not in said
    assert "Ansvaret övergick" not in said


@pytest.mark.parametrize(("outcome", "words"), [("accepted", "hade gått att ta emot"), ("rejected", "hade avvisats")])
def test_a_test_delivery_never_looks_like_a_receipt_for_something_taken_over(outcome: str, words: str) -> None:
    said = text(receipt(outcome=outcome, test=True, custodyPassed=None))
    assert "Kvitto på provleverans" in said
    assert words in said
    assert "inte tagit över någonting" in said
    assert "Arkivet har tagit över" not in said


def test_a_delivery_that_waits_has_a_note_and_no_receipt() -> None:
    note = {
        "receipt": None,
        "delivery": None,
        "deliveryId": "d-1",
        "package": None,
        "outcome": "held",
        "files": [{"path": "a.txt", "size": 1, "sha256": "0" * 64}],
        "copies": [],
        "findings": [],
        "at": NOON,
        "signature": None,
    }
    said = text(note, SWEDISH, None)
    assert "Besked om en leverans som väntar" in said
    assert "1 fil, 1 byte." in said
    assert "okänt" in said
    assert "Inga anmärkningar." in said
    assert "Underskrift" not in said
    assert "tillstånd" not in said


def test_what_was_taken_out_is_told_as_taken_out() -> None:
    said = text(without_findings(without_name(receipt(), "a/ansökan.pdf")))
    assert "namnet är borttaget" in said
    assert "Anmärkningarna är borttagna." in said
    assert "ansökan" not in said


@pytest.mark.parametrize(("since", "warnings"), [("2026-11-23T12:00:00+00:00", 1), ("2026-11-23T12:00:01+00:00", 0)])
def test_a_signature_that_others_may_have_made_is_told(since: str, warnings: int) -> None:
    leak = Compromise(since=datetime.fromisoformat(since), reason="hemligt", reported_at=datetime.now(UTC))
    said = text(receipt(), SWEDISH, replace(KEY, compromise=leak))
    assert said.count("i andras händer") == warnings
    assert "hemligt" not in said


def test_however_many_files_there_are_the_page_is_never_whole_in_memory() -> None:
    document = receipt(files=[file(f"{n}.pdf", n) for n in range(20_000)])
    tracemalloc.start()
    try:
        length = sum(map(len, receipt_page(Shown(receipt=document, key=KEY), SWEDISH)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length > 5_000_000
    assert peak < 1_000_000
