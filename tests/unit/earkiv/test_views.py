"""Receipts, findings and lists as they are read."""

from pathlib import Path
from typing import Any

import pytest

from earkiv.cli.finding_view import print_verdict
from earkiv.cli.language import Voice
from earkiv.cli.package_view import print_packages
from earkiv.cli.receipt_view import FILES, print_receipt
from earkiv.cli.session import WIDTH, Printing, Session
from ingest.config import Language, read_settings

LONG = "mycket/" * 30 + "lång sökväg.pdf"


def session(language: Language) -> Session:
    return Session(settings=read_settings({}, 1), voice=Voice(language=language), printing=Printing.TEXT)


def file(path: str | None) -> dict[str, Any]:
    fmt = {"puid": "fmt/18", "name": "Acrobat PDF 1.4", "version": "1.4"}
    return {"path": path, "size": 1234, "sha256": "ab" * 32, "format": fmt}


def finding(count: int, value: str) -> dict[str, Any]:
    return {
        "rule": "EARKIV-FIX-1",
        "specification": "earkiv",
        "severity": "error",
        "message": {"sv": "Summan stämmer inte.", "en": "The checksum is wrong."},
        "remedy": {"sv": "Räkna om.", "en": "Compute it anew."},
        "count": count,
        "locations": [{"file": "sip.xml", "line": 31, "xpath": "", "value": value}] * min(count, 10),
    }


def receipt(files: list[dict[str, Any]], findings: list[dict[str, Any]] | None) -> dict[str, Any]:
    return {
        "receipt": "r-1",
        "delivery": "d-1",
        "deliveryId": "d-id",
        "package": None,
        "outcome": "rejected",
        "files": files,
        "copies": [],
        "findings": findings,
        "at": "2026-11-23T20:49:32+00:00",
        "key": "k",
        "signature": "s" * 86,
    }


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    printed = capsys.readouterr().out.splitlines()
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in printed)
    return printed


def test_a_receipt_shows_the_first_files_and_how_many_more(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(receipt([file(f"{n}.pdf") for n in range(FILES + 5)], []), session(Language.ENGLISH))
    printed = lines(capsys)
    assert sum(".pdf" in line for line in printed) == FILES
    assert any("… and 5 more files" in line and "d-id" in line for line in printed)


def test_a_name_that_was_taken_out_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(receipt([file(None)], None), session(Language.SWEDISH))
    assert any("(namnet borttaget)" in line for line in lines(capsys))


def test_long_names_wrap_and_brackets_stay(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(receipt([file(LONG), file("[bold]:smile:.pdf")], []), session(Language.SWEDISH))
    printed = lines(capsys)
    assert any("[bold]:smile:.pdf" in line for line in printed)


def test_a_finding_says_what_where_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    document = {
        "verdict": "invalid",
        "dialect": None,
        "package": None,
        "findings": [finding(12, "a\x1b[2J")],
        "statistics": {"cases": 0, "records": 0, "looseRecords": 1, "documents": 2, "files": 1, "bytes": 7},
    }
    print_verdict(Path("leverans"), document, session(Language.ENGLISH))
    printed = "\n".join(lines(capsys))
    assert "INVALID  leverans" in printed
    assert "unknown kind of delivery · 1 record without a case · 2 documents · 1 file, 7 B" in printed
    assert "What   The checksum is wrong." in printed
    assert "Where  sip.xml:31  a\\x1b[2J" in printed
    assert "… and 7 more" in printed
    assert "Do     Compute it anew." in printed


def test_one_package_and_none(capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "package": "p-1",
        "delivery": "d-1",
        "dialect": "erms",
        "title": "Bidrag",
        "status": "archived",
        "files": 2,
        "bytes": 2000,
        "stored_at": "2026-11-23T20:49:32+00:00",
    }
    print_packages([row], session(Language.SWEDISH))
    assert lines(capsys)[-1] == "1 arkiverat paket"
    print_packages([], session(Language.ENGLISH))
    assert "earkiv ingest" in lines(capsys)[0]
