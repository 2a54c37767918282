"""Every document that describes a package is judged by the rules of its own vocabulary, in any dialect."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading
from ingest.formats.readers import read
from ingest.formats.views import FolderView
from ingest.rules.claims import wanted_digests
from ingest.rules.described import with_descriptions_judged
from ingest.rules.judgement import Judged, judge
from samples.cases import foreningsbidrag, klagomal
from samples.simulator.bare_erms import build_bare_erms
from samples.simulator.csip import Version, build_csip

ERMS = PackagePath("metadata/descriptive/erms.xml")
PREMIS = PackagePath("metadata/preservation/premis.xml")
FILES = PackagePath("representations/rep1/metadata/preservation/premis.xml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_csip(klagomal.delivery(), tmp_path)
    return tmp_path


def reading_of(folder: Path) -> Reading:
    view = FolderView(folder)
    found = read(view, side_car=None, container=None)
    assert isinstance(found, Reading)
    return with_descriptions_judged(found, view)


def told(folder: Path) -> list[tuple[str, str]]:
    return [(violation.rule, violation.location.file) for violation in reading_of(folder).violations]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_package_has_nothing_to_tell(folder: Path) -> None:
    assert told(folder) == []


def test_a_sound_bare_delivery_has_nothing_to_tell(tmp_path: Path) -> None:
    build_bare_erms(foreningsbidrag.delivery(), tmp_path)
    assert told(tmp_path) == []


def test_a_description_is_judged_by_the_rules_of_erms(folder: Path) -> None:
    change(folder / ERMS, 'classificationCode="', 'classificationId="')
    assert set(told(folder)) == {("ERMS75", ERMS)}


def test_version_2_1_is_marked_and_judged_by_rules_alone(tmp_path: Path) -> None:
    build_csip(klagomal.delivery(), tmp_path, version=Version.V2_1_0)
    assert told(tmp_path) == [("EARKIV-ERMS-1", ERMS)]
    change(tmp_path / ERMS, ' classificationSchemaStatus="current"', "")
    change(tmp_path / ERMS, "<erms:regulation>", "<erms:regulation/><!--")
    change(tmp_path / ERMS, "</erms:regulation>", "-->")
    assert told(tmp_path) == [("EARKIV-ERMS-1", ERMS), ("ERMS59", ERMS)]


def test_preservation_metadata_are_judged_by_the_rules_of_premis(folder: Path) -> None:
    change(folder / PREMIS, "information package creation", "skapande")
    change(folder / FILES, "<premis:size>", "<premis:size> <!-- -->")
    assert told(folder) == [("EARKIV-PM-3", PREMIS)]


def test_other_descriptions_must_at_least_be_xml(folder: Path) -> None:
    ead = PackagePath("metadata/descriptive/ead.xml")
    (folder / ead).write_text("<!DOCTYPE ead><ead/>", encoding="utf-8")
    assert told(folder) == []
    (folder / ead).write_text("<ead><archdesc></ead>", encoding="utf-8")
    assert told(folder) == [("EARKIV-XML-1", ead)]


def test_what_premis_says_of_a_file_is_compared_with_the_file(folder: Path) -> None:
    reading = reading_of(folder)
    content = next(path for path in FolderView(folder).entries if path.startswith("representations/rep1/data/"))
    change(
        folder / FILES,
        "</premis:originalName>",
        f"</premis:originalName><premis:storage><premis:contentLocation><premis:contentLocationType>path"
        f"</premis:contentLocationType><premis:contentLocationValue>{content}</premis:contentLocationValue>"
        f"</premis:contentLocation></premis:storage>",
    )
    claims = reading_of(folder).claims
    assert [claim.path for claim in claims] == [content]
    judged = Judged(
        reading=replace(reading, references=(), claims=claims, complete_listing=False),
        files={content: ObservedFile(path=content, size=1, sha256="0" * 64)},
        agreement=None,
        producer="",
    )
    places = {finding.rule: finding.locations[0].file for finding in judge(judged)}
    assert (places["EARKIV-FIX-1"], places["EARKIV-FIX-2"]) == (FILES, FILES)
    assert content in wanted_digests(judged.reading)


def test_a_document_that_its_reader_refused_is_told_once(folder: Path) -> None:
    change(folder / ERMS, "</erms:control>", "")
    assert [rule for rule, file in told(folder) if file == ERMS and rule == "EARKIV-XML-1"] == ["EARKIV-XML-1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(share=st.floats(0, 1), put=st.binary(max_size=8), cut=st.integers(0, 30), victim=st.sampled_from([ERMS, PREMIS]))
def test_any_broken_description_ends_in_findings(
    folder: Path, share: float, put: bytes, cut: int, victim: PackagePath
) -> None:
    place = folder / victim
    sound = place.read_bytes()
    at = int(share * len(sound))
    place.write_bytes(sound[:at] + put + sound[at + cut :])
    try:
        reading = reading_of(folder)
    finally:
        place.write_bytes(sound)
    judged = Judged(reading=reading, files=None, agreement=None, producer="")
    assert all(finding.message.sv for finding in judge(judged))
