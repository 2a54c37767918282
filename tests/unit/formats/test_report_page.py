"""The report page says what was found, in both languages, in HTML that is whole by itself and safe to open."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from lxml import html
from lxml.etree import _Element

from ingest.domain.findings import Finding, Location, Severity, Text, Verdict
from ingest.domain.statistics import Statistics
from ingest.formats import report_texts
from ingest.formats.report_page import PackageReport, report_page
from schemas.requirements import requirement

AT: Final = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
HOSTILE: Final = "<script>alert('x')</script> & \x07\u202e\ud800 åäö"
FINDING: Final = Finding(
    rule="EARKIV-FIX-3",
    specification="earkiv",
    severity=Severity.ERROR,
    message=Text(sv="Filen saknas.", en="The file is missing."),
    remedy=Text(sv="Lägg till filen.", en="Add the file."),
    count=12,
    locations=(Location(file="METS.xml", line=34, value=HOSTILE), Location(file="")),
)
NOTE: Final = Finding(
    rule="ERMS59",
    specification="CITS ERMS",
    severity=Severity.INFO,
    message=Text(sv="Lagrum saknas.", en="No regulation."),
    remedy=Text(sv="Ange lagrum.", en="State it."),
    count=1,
    locations=(Location(file="erms.xml"),),
)
BROKEN: Final = PackageReport(
    name=HOSTILE,
    verdict=Verdict.INVALID,
    dialect="e-ark-sip-2.2.0",
    package="UUID-1",
    findings=(FINDING, NOTE),
    statistics=Statistics(cases=3, records=41, loose_records=2, documents=12344, files=12345, bytes=9876543),
)
SOUND: Final = PackageReport(
    name="paket.zip", verdict=Verdict.VALID, dialect=None, package=None, findings=(), statistics=Statistics()
)


def page(*packages: PackageReport) -> str:
    return report_page(packages, AT, "earkiv 1").decode("utf-8")


def tree(*packages: PackageReport) -> _Element:
    return html.document_fromstring(report_page(packages, AT, "earkiv 1"))


def texts(place: _Element, path: str) -> list[str]:
    found = place.xpath(path)
    assert isinstance(found, list)
    return [str(each.text_content() if isinstance(each, html.HtmlElement) else each).strip() for each in found]


def test_the_page_has_language_title_and_one_heading_of_the_first_order() -> None:
    root = tree(BROKEN)
    assert root.get("lang") == "sv"
    assert len(texts(root, "//h1")) == 1
    assert texts(root, "//title")[0].startswith("Granskningsrapport")
    assert page(BROKEN).startswith("<!DOCTYPE html>")


def test_headings_follow_one_another_without_gaps() -> None:
    orders = [int(order) for order in re.findall(r"<h([1-6])", page(BROKEN, SOUND))]
    assert orders[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(orders))


def test_each_language_says_what_where_and_what_to_do() -> None:
    said = {
        "sv": ("Underkänt", "Filen saknas.", "Lägg till filen.", "METS.xml, rad 34", "och 10 ställen till"),
        "en": ("Invalid", "The file is missing.", "Add the file.", "METS.xml, line 34", "and 10 more places"),
    }
    for language, words in said.items():
        (section,) = texts(tree(BROKEN), f"//section[@lang='{language}']")
        assert [each for each in words if each not in section] == []


def test_every_rule_leads_to_its_clause_and_back() -> None:
    root = tree(BROKEN, SOUND)
    anchors = set(texts(root, "//@id"))
    assert len(anchors) == len(texts(root, "//@id"))
    inside = [link[1:] for link in texts(root, "//a/@href") if link.startswith("#")]
    assert set(inside) <= anchors
    for rule in ("EARKIV-FIX-3", "ERMS59"):
        assert f"rule-{rule}-sv" in inside
        assert requirement(rule).clause in texts(root, "//section[@lang='sv']")[0]


def test_what_a_package_says_is_text_and_can_be_seen() -> None:
    assert "<script" not in page(BROKEN)
    shown = texts(tree(BROKEN), "//span[@class='value']")[0]
    assert shown == "<script>alert('x')</script> & \\x07\\u202e\\ud800 åäö"


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    root = tree(BROKEN)
    assert texts(root, "//@src | //link/@href | //script | //@style | //@*[starts-with(name(), 'on')]") == []
    assert "url(" not in page(BROKEN)
    assert texts(root, "//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]


def test_a_table_keeps_its_meaning_when_it_is_shown_as_cards() -> None:
    root = tree(BROKEN)
    assert set(texts(root, "//tbody/tr/th/@scope")) == {"row"}
    assert set(texts(root, "//thead//th/@scope")) == {"col"}
    assert texts(root, "//td[not(@data-label)] | //tr[not(@role)] | //table[not(@role)]") == []


def test_a_sound_package_says_so() -> None:
    (section,) = texts(tree(SOUND), "//section[@lang='sv']")
    assert "Godkänt" in section
    assert "Inga anmärkningar." in section
    assert texts(tree(SOUND), "//table") == []


def test_figures_are_grouped_and_the_end_says_who_judged_when() -> None:
    assert "9\N{NO-BREAK SPACE}876\N{NO-BREAK SPACE}543 byte" in page(BROKEN)
    assert texts(tree(BROKEN), "//footer/p") == [
        "Granskat 2026-11-23 21:00 UTC med earkiv 1.",
        "Validated 2026-11-23 21:00 UTC with earkiv 1.",
    ]


def test_every_text_is_there_in_both_languages() -> None:
    groups = (each.values() if isinstance(each, dict) else (each,) for each in vars(report_texts).values())
    pairs = [text for group in groups for text in group if isinstance(text, Text)]
    assert len(pairs) > 30
    assert [text for text in pairs if not text.sv.strip() or not text.en.strip()] == []
