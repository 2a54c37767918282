"""Riksarkivet's additionalPackageInfo.xml: each rule on a document that keeps it and on one that breaks it."""

import re
from pathlib import Path

import pytest

from ingest.domain.paths import PackagePath
from ingest.rules.fgs.additional import NAMESPACE, additional_violations

SOURCE = PackagePath("documentation/additionalPackageInfo.xml")
PATHS = tuple(map(PackagePath, ("representations/rep_1/data/ERMS.xml", "representations/rep_1/data/beslut.pdf")))
SOUND = f"""<additionalPackageInfo xmlns="{NAMESPACE}">
 <control>
  <identification type="UUID">9ad11b55-969c-4306-8916-ff7869321e87</identification>
  <status>NEW</status>
  <creationDate>2022-10-21T11:22:49</creationDate>
  <creator><creatorName>Exempelnämnden</creatorName><creatorCode type="ORG">2120009994</creatorCode></creator>
 </control>
 <package id="IP_1">
  <archiveName>Exempelnämndens arkiv</archiveName>
  <disposal disposable="false"/>
  <accessRestrict restricted="true"/>
  <startDate>2022-01-01</startDate>
  <endDate>2022-12-31</endDate>
  <audience publishable="false"/>
  <files>
   <file name="ERMS.xml" path="representations/rep_1/data/ERMS.xml"><startDate>2010-01-01</startDate></file>
   <file name="beslut.pdf" path="representations/rep_1/data/beslut.pdf"/>
  </files>
 </package>
</additionalPackageInfo>
"""


def told(folder: Path, text: str) -> list[tuple[str, bool]]:
    path = folder / "additionalPackageInfo.xml"
    path.write_text(text, encoding="utf-8")
    return [(one.rule, one.location.line > 1) for one in additional_violations(path, SOURCE, PATHS)]


def test_a_sound_document_breaks_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("find", "put", "rules"),
    [
        ("2022-01-01", "2022-02-30", ["FGS-RA-1"]),
        ("2010-01-01", "förra året", ["FGS-RA-1"]),
        ("2022-10-21T11:22:49", "2022-10-21T25:00:00", ["FGS-RA-1"]),
        ("2022-12-31", "2021-12-31", ["FGS-RA-2"]),
        (">NEW<", ">NY<", ["FGS-RA-3"]),
        ('type="ORG"', 'type="ORGNR"', ["FGS-RA-4"]),
        ('creatorCode type="ORG"', "creatorCode", ["FGS-RA-4"]),
        ('restricted="true"', 'restricted="ja"', ["FGS-RA-5"]),
        ('publishable="false"', "", ["FGS-RA-5"]),
        ("data/beslut.pdf", "data/borta.pdf", ["FGS-RA-6"]),
        ("representations/rep_1/data/beslut.pdf", "../beslut.pdf", ["EARKIV-FIX-6", "FGS-RA-6"]),
        ("representations/rep_1/data/beslut.pdf", r"representations\\rep_1\\data\\beslut.pdf", ["EARKIV-FIX-7"]),
        ("data/beslut.pdf", "data/ERMS.xml", ["FGS-RA-7"]),
        ("<identification.*?</identification>", "", ["FGS-RA-8"]),
        (' id="IP_1"', "", ["FGS-RA-8"]),
        ("2120009994", "2120009995", ["FGS-RA-9"]),
    ],
)
def test_a_lie_breaks_its_rule_at_its_line(tmp_path: Path, find: str, put: str, rules: list[str]) -> None:
    text, times = re.subn(find, put, SOUND, count=1, flags=re.DOTALL)
    assert times
    assert told(tmp_path, text) == [(rule, True) for rule in rules]


def test_what_is_no_acceptable_xml_is_left_to_the_reader(tmp_path: Path) -> None:
    assert told(tmp_path, "<additionalPackageInfo") == []


@pytest.mark.corpus
def test_riksarkivets_own_example_has_odd_paths_and_no_files(corpus: Path) -> None:
    path = corpus / "fgs" / "riksarkivet-fgs20" / "Riksarkivet_IP_example_1_additionalPackageInfo.xml"
    rules = {one.rule for one in additional_violations(path, SOURCE, ())}
    assert {"FGS-RA-6", "EARKIV-FIX-7"} <= rules <= {"FGS-RA-6", "FGS-RA-9", "EARKIV-FIX-7"}
