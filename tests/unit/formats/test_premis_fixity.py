"""What PREMIS says of files is read back as it was written, and nothing else is."""

from pathlib import Path

import pytest

from ingest.domain.fixity import DigestAlgorithm
from ingest.formats.premis_fixity import stream_fixity
from ingest.formats.writing.premis import write_premis
from ingest.formats.xml import XmlRefused
from tests.unit.formats.writing.values import AIP


def test_every_file_with_its_place_its_size_and_all_its_digests(tmp_path: Path) -> None:
    premis = tmp_path / "premis.xml"
    with premis.open("wb") as sink:
        write_premis(sink, AIP)
    read = tuple(stream_fixity(premis))
    assert [(f.path, f.size) for f in read] == [(o.place.aip_path, str(o.size)) for o in AIP.objects]
    for file, written in zip(read, AIP.objects, strict=True):
        parsed = tuple(digest.parsed() for digest in file.digests)
        assert parsed[1:] == written.digests
        assert parsed[0] is not None
        assert (parsed[0].algorithm, parsed[0].value) == (DigestAlgorithm.SHA_256, written.sha256)
    lines = [file.line for file in read]
    assert lines == sorted(lines)


def test_a_document_that_is_cut_off_is_refused_after_what_was_whole(tmp_path: Path) -> None:
    premis = tmp_path / "premis.xml"
    with premis.open("wb") as sink:
        write_premis(sink, AIP)
    premis.write_bytes(premis.read_bytes()[:-20])
    with pytest.raises(XmlRefused):
        tuple(stream_fixity(premis))
