"""clamd's answers become verdicts, its silence a fault, and what it did not read whole is never clean."""

import pickle
import re
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.adapters import clamd
from ingest.adapters.clamd import ClamdAddress, ClamdScanner, parse_address
from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.errors import ScannerBrokeOff, ToolFailed
from tests.fakes.clamd_server import Answers, answering

LONG_AGO = b"ClamAV 1.4.6/26000/Mon Jan  5 09:00:00 2004\0"
UNDATED = b"ClamAV 1.4.6\0"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamd, "_PAUSES", (0.0,))


def scanner(port: int, most_bytes: int = 100) -> ClamdScanner:
    address = ClamdAddress(host="127.0.0.1", port=port)
    patience = timedelta(days=36500)
    return ClamdScanner(address=address, most_bytes=most_bytes, timeout_seconds=5, patience=patience)


def scanned(answers: Answers, content: bytes = b"handling") -> ScanResult:
    with answering(answers) as port:
        return scanner(port).scan(len(content), [content[:3], b"", content[3:]])


def test_the_bytes_arrive_whole_and_the_verdict_names_the_tool() -> None:
    answers = Answers()
    assert scanned(answers) == Clean(tool="ClamAV 1.4.6, signatures 27000")
    assert answers.heard == [b"handling"]


def test_what_is_found_is_named() -> None:
    found = scanned(Answers(stream=b"stream: Win.Test.EICAR_HDB-1 FOUND\0", version=UNDATED))
    assert found == Infected(tool="ClamAV 1.4.6", name="Win.Test.EICAR_HDB-1")


@pytest.mark.parametrize(
    "said",
    [
        b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0",
        b"stream: Heuristics.Encrypted.Zip FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
    ],
)
def test_what_was_not_read_whole_is_not_clean(said: bytes) -> None:
    assert isinstance(scanned(Answers(stream=said)), NotScanned)


def test_more_than_the_limit_is_not_sent() -> None:
    answers = Answers()
    found = scanned(answers, bytes(101))
    assert isinstance(found, NotScanned)
    assert "100 bytes" in found.reason
    assert answers.heard == []


def test_old_signatures_do_not_count_as_a_scan() -> None:
    with answering(Answers(version=LONG_AGO)) as port:
        address = ClamdAddress(host="127.0.0.1", port=port)
        old = ClamdScanner(address=address, most_bytes=100, timeout_seconds=5, patience=timedelta(days=7))
        found = old.scan(1, [b"x"])
    assert found == NotScanned(reason="the scanner's signatures are out of date (ClamAV 1.4.6, signatures 26000)")


@pytest.mark.parametrize("said", [None, b"", b"stream: lstat() failed ERROR\0", b"COMMAND READ TIMED OUT\0", b"\xff\0"])
def test_an_answer_that_is_no_verdict_is_a_fault(said: bytes | None) -> None:
    with pytest.raises(ScannerBrokeOff) as fault:
        scanned(Answers(stream=said))
    assert fault.value.sv != fault.value.en


def test_nobody_there_is_a_fault(tmp_path: Path) -> None:
    with answering(Answers()) as port:
        pass
    for address in (ClamdAddress(host="127.0.0.1", port=port), ClamdAddress(path=str(tmp_path / "clamd.sock"))):
        gone = ClamdScanner(address=address, most_bytes=9, timeout_seconds=1, patience=timedelta(days=1))
        with pytest.raises(ToolFailed) as fault:
            gone.scan(1, [b"x"])
        assert not isinstance(fault.value, ScannerBrokeOff)  # no file is to blame


def test_a_scanner_crosses_to_another_process() -> None:
    one = scanner(3310)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


def test_the_version_is_asked_once_for_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(Answers(version=UNDATED)) as port:
        one = scanner(port)
        one.scan(1, [b"x"])
        monkeypatch.setattr(clamd, "_version", None)  # a second question could not be answered
        assert one.scan(1, [b"x"]) == Clean(tool="ClamAV 1.4.6")


def test_addresses_are_read_as_they_are_written() -> None:
    for text in ("unix:/run/clamav/clamd.ctl", "tcp:skanner.example:3310"):
        assert str(parse_address(text)) == text
    assert parse_address("tcp:[::1]:3310") == ClamdAddress(host="::1", port=3310)


@pytest.mark.parametrize("text", ["", "unix:", "unix:clamd.sock", "tcp:3310", "tcp:host:0", "tcp:host:x", "http://a:1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_address(text)
