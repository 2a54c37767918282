"""Descriptions that others wrote, read and written again: valid, and equal when read back."""

import zipfile
from pathlib import Path

import pytest

from ingest.domain.cases import Case
from ingest.formats.arendehantering import read_description
from ingest.formats.erms_reader import read_erms
from ingest.formats.writing.arendehantering_terms import FGS
from tests.unit.formats.writing.test_erms import OURS, erms, faults, holding, read_back, without_lines

SAMPLE = Path("fgs") / "fgs12-sample" / "fgs12-erms" / "Metadata" / "Arendehantering.xml"


def of_fgs(corpus: Path, _: Path) -> tuple[Case, ...]:
    return read_description(corpus / SAMPLE, FGS, lambda _link, _line: None).cases


def of_public_360(corpus: Path, folder: Path) -> tuple[Case, ...]:
    (delivery,) = (corpus / "fgs" / "p360").glob("*.zip")
    with zipfile.ZipFile(delivery) as unpacked:
        names = [name for name in unpacked.namelist() if name.endswith("erms.xml")]
        (folder / "erms.xml").write_bytes(unpacked.read(names[0]))
    description = read_erms(folder / "erms.xml", lambda _link, _line: None, schema=None)
    assert description is not None
    return description.cases


@pytest.mark.parametrize("read", [of_fgs, of_public_360])
def test_it_is_written_as_valid_erms_and_comes_back(corpus: Path, tmp_path: Path, read: object) -> None:
    assert callable(read)
    cases = tuple(map(without_lines, read(corpus, tmp_path)))
    assert cases
    document = erms(holding(cases))
    assert faults(OURS, document) == []
    assert faults(corpus / "fgs" / "xsd" / "ERMS_v3.xsd", document) == []
    assert read_back(tmp_path, document) == (cases, ())
