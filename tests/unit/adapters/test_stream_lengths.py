"""A stream of a PDF has the length it states, whatever bytes its data end in."""

import io
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from ingest.adapters.pdfa import by_page
from ingest.adapters.stream_lengths import are_right_after_all
from ingest.domain.conformance import Conformity
from ingest.domain.packages import FormatDesignation
from samples.documents.pdfa import pdf_a
from tests.unit.adapters.test_pdfa import LETTER

A_2B = FormatDesignation(puid="fmt/477")
LINE_ENDS = (b"\n", b"\r\n", b"\r")
ENDINGS = tuple(map(b"".join, product((b"\r", b"\n", b"%"), repeat=3)))


@pytest.fixture(scope="module")
def letter() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_a(LETTER)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "0001"


def written(letter: pikepdf.Pdf, ending: bytes, stated: int, more: bytes = b"") -> bytes:
    """Write the letter, its page ending so before `endstream`; its Length counts the first `stated` of these bytes.

    `more` is written before the first object.
    """
    page = letter.pages[0].Contents.objgen[0]
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + more), []
    for number, each in enumerate(letter.objects, 1):
        offsets.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n" % number
        if not isinstance(each, pikepdf.Stream):
            out += each.unparse(resolved=True) + b"\nendobj\n"
            continue
        data = each.read_raw_bytes().rstrip() + (b"\n%" if number == page else b"")
        length, end = (len(data) + stated, ending) if number == page else (len(data), b"\n")
        entries = pikepdf.Dictionary({key: value for key, value in each.items() if key != "/Length"})
        out += entries.unparse().rstrip()[:-2] + b"/Length %d>>\nstream\n%s%sendstream\nendobj\n" % (length, data, end)
    table, count = len(out), len(offsets) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(offsets))
    root, about = (b"%d 0 R" % each.objgen[0] for each in (letter.Root, letter.docinfo))
    out += b"trailer\n<</Size %d/Root %s/Info %s/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n" % (count, root, about, table)
    return bytes(out)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_length_is_right_where_one_line_end_is_left_before_endstream(
    ending: bytes, letter: pikepdf.Pdf, path: Path
) -> None:
    """All combinations of what the data and the line may end in, and of how many bytes the Length counts."""
    for stated in range(len(ending) + 1):
        path.write_bytes(written(letter, ending, stated))
        (found,) = by_page(path, A_2B)
        expected = Conformity.CONFORMS if ending[stated:] in LINE_ENDS else Conformity.VIOLATES
        assert found.verdict is expected, (ending, stated, found.reasons)
        assert all("STREAM-" in reason for reason in found.reasons), (ending, stated, found.reasons)


def number_of_page(letter: pikepdf.Pdf) -> tuple[int, int]:
    return letter.pages[0].Contents.objgen


def test_only_a_carriage_return_before_a_line_feed_is_looked_into(letter: pikepdf.Pdf, path: Path) -> None:
    path.write_bytes(written(letter, b"\r\n", 1))
    assert are_right_after_all(path, [number_of_page(letter)])
    path.write_bytes(written(letter, b"\r\r", 1))
    assert not are_right_after_all(path, [number_of_page(letter)])
    path.write_bytes(written(letter, b"%\n", 1))
    assert not are_right_after_all(path, [number_of_page(letter)])


def test_one_wrong_stream_among_right_ones_is_told(letter: pikepdf.Pdf, path: Path) -> None:
    path.write_bytes(written(letter, b"\r\n", 1))
    catalogue = letter.Root.objgen
    assert not are_right_after_all(path, [number_of_page(letter), catalogue])
    assert not are_right_after_all(path, [number_of_page(letter), (999, 0)])


def test_data_that_begin_alike_elsewhere_and_go_on_prove_nothing(letter: pikepdf.Pdf, path: Path) -> None:
    """Where it cannot be told which of two places is the stream's, both have to end well."""
    data = letter.pages[0].Contents.read_raw_bytes().rstrip() + b"\n%\r"
    for after, right in ((b"\nendstream", True), (b"\n\nendstream", False)):
        path.write_bytes(written(letter, b"\r\n", 1, b"%%stream\r\n%s%s\n" % (data, after)))
        assert are_right_after_all(path, [number_of_page(letter)]) is right


def test_another_fault_of_the_file_is_still_told(letter: pikepdf.Pdf, path: Path) -> None:
    path.write_bytes(written(letter, b"\r\n", 1) + b"after the end\n")
    (found,) = by_page(path, A_2B)
    assert found.verdict is Conformity.VIOLATES
    assert not any("STREAM-LENGTH" in reason for reason in found.reasons)


def test_what_has_to_be_repaired_is_never_right(letter: pikepdf.Pdf, path: Path) -> None:
    path.write_bytes(written(letter, b"\r\n", 1).replace(b"startxref\n", b"startxref\n9"))
    assert not are_right_after_all(path, [number_of_page(letter)])
