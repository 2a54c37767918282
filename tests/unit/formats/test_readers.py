"""Readers: one door for every dialect, and the same verdict whatever the dialect it came in."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from ingest.domain.submissions import Dialect, Reading, Unreadable
from ingest.formats.readers import read, read_mets_alone
from ingest.formats.views import FolderView
from samples.cases import bygglov
from samples.simulator.bare_erms import build_bare_erms
from samples.simulator.case_push import build_case_push
from samples.simulator.containers import write_zip
from samples.simulator.csip import build_csip
from samples.simulator.eard import build_eard
from samples.simulator.fgs12 import build_fgs12

BUILDERS = [build_case_push, build_fgs12, build_eard, build_csip, build_bare_erms]


def reading_of(folder: Path, side_car: Path | None = None, container: Path | None = None) -> Reading:
    reading = read(FolderView(folder), side_car=side_car, container=container)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("build", BUILDERS)
def test_every_dialect_gives_the_same_cases(tmp_path: Path, build: object) -> None:
    assert callable(build)
    build(bygglov.delivery(), tmp_path)
    reading = reading_of(tmp_path)
    assert reading.violations == ()
    (case,), (described,) = reading.submission.cases, bygglov.delivery().cases
    assert (case.id, case.title, case.status) == (described.id, described.title, described.status)
    assert [record.title for record in case.records] == [record.title for record in described.records]
    assert [len(record.documents) for record in case.records] == [len(r.documents) for r in described.records]
    assert [party.type for party in case.parties] == [party.role for party in described.parties]
    assert [r.type for record in case.records for r in record.restrictions if r.type == "confidential"] == [
        r.kind for record in described.records for r in record.restrictions if r.kind == "confidential"
    ]


def test_remarks_on_the_descriptor_come_first(tmp_path: Path) -> None:
    build_fgs12(bygglov.delivery(), tmp_path)
    shutil.move(tmp_path / "sip.xml", tmp_path / "paket.xml")
    assert [violation.rule for violation in reading_of(tmp_path).violations] == ["EARKIV-PKG-11"]


def test_what_is_no_package_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    found = read(FolderView(tmp_path), side_car=None, container=None)
    assert isinstance(found, Unreadable)
    assert [violation.rule for violation in found.violations] == ["EARKIV-PKG-2"]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("{digest}", []),
        ("0" * 32, ["EARKIV-FIX-10"]),
        (None, ["EARKIV-PKG-12"]),
    ],
)
def test_a_side_car_is_read_and_compared(tmp_path: Path, said: str | None, rules: list[str]) -> None:
    folder, container, side_car = tmp_path / "x", tmp_path / "x.zip", tmp_path / "x.json"
    build_bare_erms(bygglov.delivery(), folder)
    write_zip(folder, container)
    digest = hashlib.md5(container.read_bytes(), usedforsecurity=False).hexdigest()
    note = {"leveransfil": "x.zip", "algoritm": "md5", "kontrollsumma": (said or "").format(digest=digest)}
    side_car.write_text("{" if said is None else json.dumps(note))
    reading = reading_of(folder, side_car, container)
    assert [violation.rule for violation in reading.violations] == rules
    assert reading.submission.delivery == (None if said is None else "x.zip")


@pytest.mark.parametrize(
    ("build", "name", "dialect"),
    [
        (build_fgs12, "sip.xml", Dialect.FGS_1_2),
        (build_eard, "sip.xml", Dialect.EARD),
        (build_csip, "METS.xml", Dialect.EARK_2_2),
    ],
)
def test_a_mets_alone_is_read(tmp_path: Path, build: object, name: str, dialect: Dialect) -> None:
    assert callable(build)
    build(bygglov.delivery(), tmp_path)
    reading = read_mets_alone(tmp_path / name)
    assert isinstance(reading, Reading)
    assert reading.submission.dialect is dialect
    assert reading.violations == ()
    assert reading.references


@pytest.mark.parametrize(
    ("content", "rule"), [("<a/>", "EARKIV-PKG-2"), ("<a>&b;</a>", "EARKIV-XML-1"), ("<a", "EARKIV-XML-1")]
)
def test_what_is_no_mets_is_unreadable(tmp_path: Path, content: str, rule: str) -> None:
    path = tmp_path / "METS.xml"
    path.write_text(content)
    found = read_mets_alone(path)
    assert isinstance(found, Unreadable)
    assert [violation.rule for violation in found.violations] == [rule]
