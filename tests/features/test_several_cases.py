"""A delivery of several cases and of loose records: each is counted, and each is checked."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from lxml import html

from ingest.application.validate_package import validate
from ingest.domain.findings import Location, Severity
from samples.cases.crowd import crowd
from samples.simulator import breaking
from samples.simulator.breaking import rewrite
from samples.simulator.description import Delivery
from samples.simulator.layout import all_records
from tests.features.front_door import Door
from tests.unit.samples.described import BUILDERS

CASES, LOOSE, RECORDS = 3, 4, 2
SEVERAL: Final = crowd(cases=CASES, documents=RECORDS, size=64)
APART: Final = replace(
    SEVERAL,
    cases=(),
    records=tuple(
        replace(record, id=f"KFN 2020/L-{record.number}")
        for record in all_records(crowd(cases=1, documents=LOOSE, size=65))
    ),
)
BOTH: Final = replace(SEVERAL, records=APART.records)
IMPOSSIBLE: Final = "2021-02-30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a dialect describes cases and loose records, and how: `closed` and `made` match before a date."""

    cases: str
    loose: str
    closed: str
    made: str
    unit: str


ERMS: Final = Written(
    cases="metadata/descriptive/erms.xml",
    loose="metadata/descriptive/erms.xml",
    closed='dateType="closed">',
    made='dateType="created">',
    unit="<erms:(aggregation|record) ",
)
FGS: Final = Written(
    cases="Metadata/Arendehantering.xml",
    loose="Metadata/Arendehantering.xml",
    closed="Avslutat>(?=2)",
    made="Skapad>(?=2)",
    unit="<(fgs:)?Arkivobjekt(Arende|Handling) ",
)
WRITTEN: Final[Mapping[str, Written]] = {
    "case-push": Written(
        cases="case.json", loose="case.json", closed='"closed": "', made='"date": "', unit=r'"id": "KFN'
    ),
    "fgs12": FGS,
    "eard": FGS,
    "csip": ERMS,
    "bare-erms": replace(ERMS, cases="content/100002/erms.xml", loose="content/handlingar/erms.xml"),
}
HOLDS_BOTH: Final = frozenset({"case-push", "bare-erms"})
"""Dialects whose deliveries may hold cases and loose records at once; elsewhere one document holds one or the other."""


@pytest.fixture(params=sorted(BUILDERS))
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def built(dialect: str, delivery: Delivery, folder: Path) -> Path:
    BUILDERS[dialect](delivery, folder / "paket")
    return folder / "paket"


def with_loose_records(dialect: str) -> Delivery:
    return BOTH if dialect in HOLDS_BOTH else APART


def counted(package: Path) -> dict[str, int]:
    shown = validate(package).statistics
    return {"cases": shown.cases, "records": shown.records, "loose": shown.loose_records, "documents": shown.documents}


def test_cases_records_and_documents_are_counted(dialect: str, tmp_path: Path) -> None:
    expected = {"cases": CASES, "records": CASES * RECORDS, "loose": 0, "documents": CASES * RECORDS}
    assert counted(built(dialect, SEVERAL, tmp_path)) == expected


def test_loose_records_are_counted_apart(dialect: str, tmp_path: Path) -> None:
    cases = CASES if dialect in HOLDS_BOTH else 0
    package = built(dialect, with_loose_records(dialect), tmp_path)
    expected = {"cases": cases, "records": cases * RECORDS, "loose": LOOSE, "documents": cases * RECORDS + LOOSE}
    assert counted(package) == expected
    assert not [f for f in validate(package).findings if f.severity is Severity.ERROR]


def test_files_and_bytes_are_those_that_lie_there(dialect: str, tmp_path: Path) -> None:
    package = built(dialect, SEVERAL, tmp_path)
    sizes = [path.stat().st_size for path in package.rglob("*") if path.is_file()]
    shown = validate(package).statistics
    assert (shown.files, shown.bytes) == (len(sizes), sum(sizes))


def test_an_unreadable_package_still_has_files(tmp_path: Path) -> None:
    (tmp_path / "paket").mkdir()
    (tmp_path / "paket" / "a.pdf").write_bytes(b"12345")
    shown = validate(tmp_path / "paket").statistics
    assert (shown.cases, shown.files, shown.bytes) == (0, 1, 5)


def test_a_lie_in_the_second_of_three_cases_is_found_with_its_line(dialect: str, tmp_path: Path) -> None:
    package, written = built(dialect, SEVERAL, tmp_path), WRITTEN[dialect]
    lies_at = tell(package, written.cases, written.closed, lambda places: places[len(places) // 2])
    assert found_at(package, written, written.cases) == lies_at


def test_a_lie_in_the_second_of_the_loose_records_is_found_with_its_line(dialect: str, tmp_path: Path) -> None:
    package, written = built(dialect, with_loose_records(dialect), tmp_path), WRITTEN[dialect]
    lies_at = tell(package, written.loose, written.made, lambda places: places[1 - LOOSE])
    assert found_at(package, written, written.loose) == lies_at


def tell(package: Path, path: str, before: str, choose: Callable[[list[int]], int]) -> int:
    """Put an impossible day in place of one date, and give the line of it."""
    text = (package / path).read_text(encoding="utf-8")
    place = choose([match.end() for match in re.finditer(before, text)])
    lie = text[:place] + IMPOSSIBLE + text[place + len(IMPOSSIBLE) :]
    rewrite(package, path, lambda _: lie.encode())
    return text.count("\n", 0, place) + 1


def found_at(package: Path, written: Written, path: str) -> int:
    """Give the line of the impossible day as the finding has it; one that names the unit's first line is as good."""
    (finding,) = (f for f in validate(package).findings if f.rule == "EARKIV-CASE-3")
    assert finding.count == 1
    (location,) = finding.locations
    assert location.file == path
    lines = (package / path).read_text(encoding="utf-8").splitlines()
    return lie_in_unit(lines, written, location)


def lie_in_unit(lines: list[str], written: Written, location: Location) -> int:
    """Find the impossible day between the line told and where the next case or record begins."""
    starts = [number for number, line in enumerate(lines, 1) if re.search(written.unit, line)]
    end = next((number for number in starts if number > location.line), len(lines) + 1)
    (lie,) = (number for number in range(location.line, end) if IMPOSSIBLE in lines[number - 1])
    return lie


# ---------------------------------------------------------------------------------------------- two documents


def with_a_second_description(dialect: str, folder: Path) -> tuple[Path, str]:
    """Build a package of three cases, and list beside their document the one of loose records; give its path."""
    package = built(dialect, SEVERAL, folder / "cases")
    other = built(dialect, APART, folder / "loose")
    first = WRITTEN[dialect].loose
    second = first.replace(".xml", "2.xml")
    content = (other / first).read_bytes()
    (package / second).write_bytes(content)
    for document in breaking.documents(other):
        place = package / document
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((other / document).read_bytes())
    rewrite(package, breaking.manifest(package), lambda text: listed_twice(text, first, second, content))
    return package, second


def listed_twice(text: bytes, first: str, second: str, content: bytes) -> bytes:
    """Repeat what lists one file, for another of that content."""
    path = re.escape(first.encode())
    entry = rb"<(?:\w+:)?(?P<tag>file|dmdSec) (?:(?!</(?:\w+:)?(?P=tag)>).)*?" + path + rb".*?</(?:\w+:)?(?P=tag)>"
    found = re.search(entry, text, re.DOTALL)
    assert found, first
    again = found.group().replace(first.encode(), second.encode())
    again = re.sub(rb' ID="ID', b' ID="ID2', again)
    again = re.sub(rb'SIZE="\d+"', b'SIZE="%d"' % len(content), again)
    again = re.sub(rb'CHECKSUM="\w+"', b'CHECKSUM="%s"' % hashlib.sha256(content).hexdigest().encode(), again)
    return text[: found.end()] + again + text[found.end() :]


@pytest.mark.parametrize("dialect", ["fgs12", "eard", "csip"])
def test_two_descriptions_in_one_package_are_counted_and_checked_each(dialect: str, tmp_path: Path) -> None:
    package, second = with_a_second_description(dialect, tmp_path)
    assert counted(package) == {"cases": CASES, "records": CASES * RECORDS, "loose": LOOSE, "documents": 10}
    lies_at = tell(package, second, WRITTEN[dialect].made, lambda places: places[1 - LOOSE])
    assert found_at(package, WRITTEN[dialect], second) == lies_at


# ---------------------------------------------------------------------------------------------- as shown


def test_what_is_printed_says_it_too(tmp_path: Path) -> None:
    package = built("case-push", BOTH, tmp_path)
    door = Door(home=tmp_path / "home")
    statistics = door.run("validate", package, "--json").document["statistics"]
    size = sum(path.stat().st_size for path in package.rglob("*") if path.is_file())
    assert list(statistics.items()) == [
        ("cases", 3),
        ("records", 6),
        ("looseRecords", 4),
        ("documents", 10),
        ("files", 11),
        ("bytes", size),
    ]
    page = tmp_path / "page.html"
    shown = " ".join(door.run("validate", package, "--lang", "en", "--html", page).out.split())
    assert "3 cases · 6 records · 4 records without a case · 10 documents · 11 files" in shown
    swedish = next(html.document_fromstring(page.read_bytes()).iter("section"))
    told = {name.text: value.text for name, value in zip(swedish.iter("dt"), swedish.iter("dd"), strict=False)}
    expected = {"Ärenden": "3", "Handlingar i ärenden": "6", "Handlingar utan ärende": "4", "Dokument": "10"}
    assert told | expected == told
