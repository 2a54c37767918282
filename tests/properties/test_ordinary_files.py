"""Files in runs (`formats.file_runs`) are judged as they are one by one: the short way and the long way agree."""

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.application.validate_package import validate
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Reading
from ingest.formats.mets_elements import METS, FileRun, elements_of, open_mets, runs_of
from ingest.formats.mets_values import File, readable
from ingest.formats.xml_words import line_of
from ingest.rules.examination import examine_mets_alone
from ingest.rules.mets.engine import Examiner
from ingest.rules.mets.subjects import Package
from ingest.rules.rule_sets import RULE_SETS

NAMESPACES = """xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:own="urn:own"
 xmlns:sip="https://DILCIS.eu/XML/METS/SIPExtensionMETS" xmlns:ext="ExtensionMETS" """
EARK = 'PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"'
FGS = 'PROFILE="http://www.riksarkivet.se/profile/sip.xml"'

ORDINARY: Mapping[str, tuple[str, ...]] = {
    "MIMETYPE": ("text/plain", "application/pdf"),
    "SIZE": ("5", "007", "9" * 18),
    "CREATED": ("2026-01-31T10:15:00+01:00", "2024-11-30T23:59:59.25Z", "2026-02-28T00:00:00"),
    "CHECKSUM": ("a" * 64, "AB" * 32),
    "CHECKSUMTYPE": ("SHA-256",),
}
ODD: Mapping[str, tuple[str, ...]] = {
    "ID": ("", " ", "å", "f1 f2", "1f", "f\n2"),
    "MIMETYPE": ("", "text", "text/nothing-registered", "image/x-own", "text/plain; charset=utf-8", "a\nb"),
    "SIZE": ("", "-1", "x", "9" * 19, "9" * 25, "٣", "5 "),
    "CREATED": ("", "2026-02-30T10:00:00", "2024-02-29T10:00:00", "2026-01-01", "2026-01-01T24:00:00", "T"),
    "CHECKSUM": ("", "a" * 32, "z" * 64, "a" * 63, " "),
    "CHECKSUMTYPE": ("", "MD5", "sha256", "CRC32", "SHA-512"),
    "OWNERID": ("", " ", "Brev å.pdf", "x\ny"),
    "ADMID": ("known", "nobody", "known nobody"),
    "DMDID": ("known", ""),
    "USE": ("a;b;c", "fel", ""),
    "sip:FILEFORMATNAME": ("", "PDF"),
    "sip:FORMATREGISTRYKEY": (" ", "fmt/1"),
    "ext:FORMATREGISTRY": ("PRONOM", "fel"),
    "ext:FORMATREGISTRYKEY": ("fmt/14", "fel"),
    "ext:ORIGINALFILENAME": ("å.txt", ""),
    "ext:STRAY": ("x",),
    "own:word": ("x",),
}
PLACE: Mapping[str, tuple[str, ...]] = {
    "LOCTYPE": ("URL", "URL", "URL", "OTHER", "fel"),
    "xlink:type": ("simple", "simple", "simple", "extended"),
    "xlink:href": (
        *("data/a.txt", "data/b.txt", "file:///data/a.txt", "file:///data/c.txt"),
        *("", " ", "data/å.txt", "data/%C3%A5.txt", "../x", "/etc/passwd", "./data/a.txt", "data//a.txt"),
        *("data\\a.txt", "DATA/A.TXT", ".hidden", "urn:x", "file:///", "data/a.txt\n"),
    ),
}


def attributes(pools: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    """Some of these attributes, in any order."""
    chosen = st.lists(st.sampled_from(sorted(pools)), unique=True, max_size=3)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({n: st.sampled_from(pools[n]) for n in names}))


def all_of(pools: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: st.sampled_from(values) for name, values in pools.items()})


def written(name: str, stated: Mapping[str, str], inside: str = "") -> str:
    words = "".join(f" {n}={quoteattr(v, {chr(10): '&#10;'})}" for n, v in stated.items())
    return f"<{name}{words}>{inside}</{name}>"


USUAL_PLACE = {"LOCTYPE": "URL", "xlink:type": "simple"}
plain_files = st.builds(
    lambda stated, number, place: written("file", {"ID": f"f{number}", **stated}, written("FLocat", place)),
    all_of(ORDINARY),
    st.integers(0, 99),
    st.integers(0, 99).map(lambda number: {**USUAL_PLACE, "xlink:href": f"data/{number}.txt"}),
)
odd_files = st.builds(
    lambda number, stated, odd, places, inside: written(
        "file", {"ID": f"f{number}", **stated, **odd}, "".join(written("FLocat", p) for p in places) + inside
    ),
    st.integers(0, 9),
    all_of(ORDINARY),
    attributes(ODD),
    st.one_of(st.lists(all_of(PLACE), min_size=1, max_size=1), st.lists(attributes(PLACE), max_size=2)),
    st.sampled_from(("", "", "", "<!-- remark -->", '<file ID="inner"/>', "<FContent/>", "<stream/>")),
)
crowds = st.lists(st.one_of(plain_files, plain_files, odd_files), max_size=12)
between = st.sampled_from(("\n", "", "\n<!-- remark -->\n", '</fileGrp>\n<fileGrp ID="other">', "<fileGrp/>", "<?pi?>"))


def document(files: Sequence[str], joints: Sequence[str], root: str) -> str:
    listed = "".join(file + joint for file, joint in zip(files, joints, strict=False))
    return (
        f'<mets {NAMESPACES}{root} OBJID="x" TYPE="OTHER"><metsHdr CREATEDATE="2026-01-01T00:00:00"/>\n'
        f'<amdSec ID="known"/><fileSec>\n<fileGrp ID="g">{listed}</fileGrp></fileSec>'
        '<structMap><div><fptr FILEID="f1"/></div></structMap></mets>'
    )


documents = st.builds(document, crowds, st.lists(between, min_size=12, max_size=12), st.sampled_from((EARK, FGS, "")))
PLAIN = written(
    "file",
    {"ID": "f1", "MIMETYPE": "text/plain", "SIZE": "5", "CREATED": "2026-01-31T10:15:00", "CHECKSUM": "a" * 64}
    | {"CHECKSUMTYPE": "SHA-256"},
    written("FLocat", {**USUAL_PLACE, "xlink:href": "data/a.txt"}),
)
one_by_one = patch("ingest.formats.mets_elements.gather", lambda files, _: files)
# Each example writes over the last one's files.
over_and_over = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


@over_and_over
@given(text=documents)
@example(text=document([PLAIN] * 3, ["\n"] * 3, EARK))
@example(text=document([], [], EARK))
def test_every_file_is_given_once_as_it_is_written(text: str, tmp_path: Path) -> None:
    path = tmp_path / "METS.xml"
    path.write_text(text, encoding="utf-8")
    given_files = [element for element in elements_of(open_mets(path, schema=None)) if isinstance(element, File)]
    expected = list(etree.fromstring(text.encode()).iter(f"{{{METS}}}file"))
    assert [dict(file.attributes) for file in given_files] == [stated(element) for element in expected]
    assert [file.line for file in given_files] == [line_of(element) for element in expected]
    assert [[dict(p.attributes) for p in file.locations] for file in given_files] == [
        [stated(place) for place in element.iterchildren(f"{{{METS}}}FLocat")] for element in expected
    ]


def stated(element: etree._Element) -> dict[str, str]:
    return {readable(str(name)): str(value) for name, value in element.items()}


@over_and_over
@given(text=documents, dialect=st.sampled_from((Dialect.EARK_2_2, Dialect.FGS_1_2, Dialect.EARD)))
@example(text=document([PLAIN, PLAIN], ["\n"] * 2, EARK), dialect=Dialect.EARK_2_2)
def test_rules_say_the_same_of_a_run_as_of_its_files(text: str, dialect: Dialect, tmp_path: Path) -> None:
    agree_on_rules(text, dialect, tmp_path)


def agree_on_rules(text: str, dialect: Dialect, folder: Path) -> None:
    path = folder / "METS.xml"
    path.write_text(text, encoding="utf-8")
    told = []
    for read in (runs_of, elements_of):
        examiner = Examiner(Package(entries=None), RULE_SETS)
        watch = examiner.begin(PackagePath("METS.xml"), dialect)
        for element in read(open_mets(path, schema=None)):
            watch.see(element)
        watch.ended()
        told.append((examiner.violations, [[g.files for g in s.groups] for s in examiner.summaries]))
    assert told[0] == told[1]


PLAIN_VALUES = {
    "ID": "f1",
    **{name: values[0] for name, values in ORDINARY.items()},
    "OWNERID": "Brev.pdf",
    "ADMID": "known",
    "DMDID": "known",
    "USE": "a;b;c",
    "sip:FILEFORMATNAME": "PDF",
    "sip:FORMATREGISTRYKEY": "fmt/1",
    "ext:FORMATREGISTRY": "PRONOM",
    "ext:FORMATREGISTRYKEY": "fmt/14",
    "ext:ORIGINALFILENAME": "a.txt",
    "ext:STRAY": "x",
    "own:word": "x",
}
PLAIN_PLACE = {**USUAL_PLACE, "xlink:href": "data/a.txt"}


def among_plain_ones(name: str, value: str, root: str) -> str:
    """Three files with the same attributes, the middle one with this value of one of them."""
    names = ["ID", *ORDINARY, *([name] if name in ODD and name not in {"ID", *ORDINARY} else [])]
    usual = {each: PLAIN_VALUES[each] for each in names}
    files = [
        written(
            "file",
            {**usual, "ID": f"f{n}", **({name: value} if n == 2 and name in ODD else {})},
            written("FLocat", {**PLAIN_PLACE, **({name: value} if n == 2 and name in PLACE else {})}),
        )
        for n in (1, 2, 3)
    ]
    return document(files, ["\n"] * 3, root)


@pytest.mark.parametrize("name", [*ODD, *PLACE])
@pytest.mark.parametrize("root", [EARK, FGS, ""])
def test_one_odd_value_among_plain_ones_is_seen(name: str, root: str, tmp_path: Path) -> None:
    for value in {**ODD, **PLACE}[name]:
        text = among_plain_ones(name, value, root)
        agree_on_rules(text, Dialect.EARD, tmp_path)
        agree_on_findings(text, tmp_path)


@over_and_over
@given(text=documents)
def test_a_package_has_the_same_findings_either_way(text: str, tmp_path: Path) -> None:
    agree_on_findings(text, tmp_path)


def agree_on_references(path: Path) -> None:
    short = examine_mets_alone(path)
    with one_by_one:
        long = examine_mets_alone(path)
    assert isinstance(short, Reading) == isinstance(long, Reading)
    if isinstance(short, Reading) and isinstance(long, Reading):
        assert [*short.references] == [*long.references]
        assert [short.references[place] for place in range(len(short.references))] == [*long.references]


def agree_on_findings(text: str, folder: Path) -> None:
    for name in ("METS.xml", "package/METS.xml", "package/sip.xml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    agree_on_references(folder / "METS.xml")
    (folder / "package" / "data").mkdir(exist_ok=True)
    for name in ("a.txt", "b.txt", "1.txt", "å.txt"):
        (folder / "package" / "data" / name).write_text("hello", encoding="utf-8")
    for path in (folder / "METS.xml", folder / "package"):
        short = validate(path)
        with one_by_one:
            assert validate(path) == short


def test_a_long_listing_is_told_in_runs_and_its_odd_files_beside_them(tmp_path: Path) -> None:
    number = count()
    files = [PLAIN.replace('"f1"', f'"f{next(number)}"') for _ in range(600)]
    files[300] = files[300].replace('SIZE="5"', 'SIZE="x"')
    path = tmp_path / "METS.xml"
    path.write_text(document(files, ["\n"] * 600, EARK), encoding="utf-8")
    told = [element for element in runs_of(open_mets(path, schema=None)) if isinstance(element, File | FileRun)]
    odd = [element for element in told if isinstance(element, File)]
    assert [file.id for file in odd] == ["f300"]
    assert sum(len(element) for element in told if isinstance(element, FileRun)) == 599
    assert len(told) < 10


@pytest.mark.parametrize("size", ["5", "6"])
def test_a_file_in_a_run_is_held_against_what_is_stated(tmp_path: Path, size: str) -> None:
    files = [PLAIN.replace("a.txt", f"{n}.txt").replace('"f1"', f'"f{n}"') for n in range(3)]
    files[1] = files[1].replace('SIZE="5"', f'SIZE="{size}"')
    (tmp_path / "data").mkdir()
    (tmp_path / "METS.xml").write_text(document(files, ["\n"] * 3, EARK), encoding="utf-8")
    for n in range(3):
        (tmp_path / "data" / f"{n}.txt").write_text("hello", encoding="utf-8")
    counts = {finding.rule: finding.count for finding in validate(tmp_path).findings}
    assert counts["EARKIV-FIX-1"] == 3
    assert counts.get("EARKIV-FIX-2", 0) == (size == "6")
