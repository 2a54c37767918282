"""The real tools, over genuine documents: every copy is valid, every original stays, and hostile files harm nobody."""

import os
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pytest

from audit.verification import verify_packages
from ingest.application.holdings import holding_of
from ingest.application.ingest_path import ingest_path
from ingest.application.told_packages import package_document
from ingest.bootstrap import Archive, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from samples.documents.word import word
from tests.fakes.pushed_files import pushed_files
from tests.features.front_door import GOOD, SAMPLES, Door
from tests.features.genuine_documents import LETTERS, documents
from tests.features.spent import spent_by

pytestmark = [pytest.mark.ci, pytest.mark.timeout(900)]
MOST_BYTES = 512 << 20
PROGRAMS = ("soffice", "gs", "vips", "ffmpeg")


@pytest.fixture(autouse=True, scope="module")
def _tools() -> None:
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.mark.parametrize("sample", GOOD)
def test_an_ordinary_delivery_is_converted_in_little_memory(sample: str, tmp_path: Path) -> None:
    """Resident memory of all processes together, the tools' too."""
    environment = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "2"}).environment()
    environment.pop("EARKIV_TOOLS", None)
    spent = spent_by(("ingest", "--json", str(SAMPLES / sample)), environment, tmp_path)
    assert spent.code == 0
    assert spent.peak < MOST_BYTES


def settings_of(home: Path, **more: str) -> Settings:
    return read_settings({"EARKIV_HOME": str(home), "EARKIV_WORKERS": "2", **more}, 2)


def taken_in(source: Path, archive: Archive) -> dict[str, Any]:
    receipt: dict[str, Any] = ingest_path(source, DEFAULT_AGREEMENT, archive.owner, archive.ports)
    assert receipt["outcome"] == "accepted"
    return package_document(receipt["package"], archive.ports)


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(documents(tmp_path_factory.mktemp("genuine")))


def test_every_genuine_document_gets_a_valid_copy_and_stays(genuine: list[Path], tmp_path: Path) -> None:
    """At least 40 documents in at least 12 formats; each copy is read back from the archive and judged once more.

    The producer is trusted, as the operator's guide says: what a slow machine takes is no fault of the documents.
    """
    with writing(settings_of(tmp_path / "home", EARKIV_CONVERSION_SMALL_SECONDS="300")) as archive:
        shown = taken_in(pushed_files(tmp_path / "case", genuine), archive)
        formats = {file["path"]: file["format"]["puid"] for file in shown["contents"]}
        copies = shown["preservationCopies"]
        assert [copy for copy in copies if copy["path"] is None] == []
        assert len(copies) >= 40
        assert len({formats[copy["source"]] for copy in copies}) >= 12
        assert {copy["source"] for copy in copies} == {file.name for file in genuine}
        holding = holding_of(shown["package"], archive.ports)
        for copy in copies:
            if copy["format"]["mime_type"] == "application/pdf":
                with holding.open(copy["path"]) as stream:
                    assert page.is_pdf_compliant_bytes(stream.read(), profile="2b"), copy["source"]
        assert set(formats) == {file.name for file in genuine} | {"case.json"}
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()
        used = Counter(copy["tool"].split()[0] for copy in copies)
    assert set(used) == {"LibreOffice", "Ghostscript", "libvips", "ffmpeg"}
    assert list((tmp_path / "home" / "scratch").iterdir()) == []


def test_libreoffice_is_started_once_for_many_documents(tmp_path: Path) -> None:
    """Warm, a document costs far less than a start; the process that took the first one takes the last."""
    files = []
    for number in range(12):
        path = tmp_path / f"brev {number}.docx"
        path.write_bytes(word(replace(LETTERS[0], reference=f"EXN 2026/{number}")))
        files.append(path)
    with writing(settings_of(tmp_path / "home")) as archive:
        tool = archive.ports.converter._tools.toolbox.office  # type: ignore[attr-defined]  # noqa: SLF001 - looks behind the port
        taken_in(pushed_files(tmp_path / "case", files), archive)
        assert tool._documents == len(files)  # noqa: SLF001 - counted since the last start


def test_files_that_only_pretend_are_kept_and_told(tmp_path: Path) -> None:
    """Cut off, scrambled, or a bomb: the delivery ends well, and what could not be copied is a finding."""
    whole = word(LETTERS[1])
    hostile = {
        "avhuggen.docx": whole[: len(whole) // 2],
        "förvanskad.docx": whole[:4000] + bytes(len(whole) - 8000) + whole[-4000:],
        "trasig.pdf": b"%PDF-1.4\n" + b"\x00garbage" * 500 + b"%%EOF\n",
        "trasig.bmp": b"BM" + bytes(200),
        "trasig.mp3": b"\xff\xfb\x90\x00" * 400,
        "hel.docx": word(LETTERS[0]),
    }
    files = []
    for name, content in hostile.items():
        (tmp_path / name).write_bytes(content)
        files.append(tmp_path / name)
    with writing(settings_of(tmp_path / "home", EARKIV_CONVERSION_SECONDS="60")) as archive:
        shown = taken_in(pushed_files(tmp_path / "case", files), archive)
        assert {file["path"] for file in shown["contents"]} == {*hostile, "case.json"}
        by_source = {copy["source"]: copy for copy in shown["preservationCopies"]}
        assert by_source["hel.docx"]["path"] is not None
        failed = {source for source, copy in by_source.items() if copy["path"] is None}
        told = {
            location["file"]
            for finding in shown["findings"]
            if finding["rule"].startswith("EARKIV-NRM")
            for location in finding["locations"]
        }
        assert failed <= told
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()
