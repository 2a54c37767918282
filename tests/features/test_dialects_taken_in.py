"""Every dialect in: an AIP that its schemas, ocfl-py and a stranger with a file browser confirm."""

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import pytest
import xmlschema
from lxml import etree

import schemas
from ingest.formats.validation import schema_errors
from samples.simulator.csip import root_name
from tests.features import archives
from tests.features.archives import Receipt
from tests.unit.samples.described import BUILDERS, DELIVERIES

METS = "{http://www.loc.gov/METS/}"
HREF = "{http://www.w3.org/1999/xlink}href"
DIALECTS = {
    "case-push": "case-push",
    "fgs12": "fgs-1.2",
    "eard": "eard-2013",
    "csip": "e-ark-sip-2.2.0",
    "bare-erms": "erms",
}
TOLD = {
    "case-push": DELIVERIES["klagomal"](),
    "fgs12": DELIVERIES["bygglov"](),
    "eard": replace(DELIVERIES["klagomal"](), identity="5b1f4c52-6f0e-4a4e-9a55-1c59ad7f9d10"),
    "csip": DELIVERIES["skolskjuts"](),
    "bare-erms": DELIVERIES["foreningsbidrag"](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An archive that has taken one delivery of each dialect in, in one run."""

    home: Path
    sources: dict[str, Path]
    receipts: dict[str, Receipt]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("dialects")
    sources = {dialect: folder / dialect for dialect in TOLD}
    for dialect, told in TOLD.items():
        BUILDERS[dialect](told, sources[dialect])
    receipts = archives.hand_over(folder / "home", *sources.values())
    return Taken(home=folder / "home", sources=sources, receipts=dict(zip(sources, receipts, strict=True)))


@pytest.fixture(params=sorted(TOLD))
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_is_accepted_under_its_own_dialect(taken: Taken, dialect: str) -> None:
    receipt = taken.receipts[dialect]
    assert receipt["outcome"] == "accepted"
    assert receipt["dialect"] == DIALECTS[dialect]
    assert archives.rules_of(receipt) == {}
    assert receipt["custodyPassed"] is not None
    assert archives.is_genuine(taken.home, receipt)


def test_a_receipt_that_was_changed_is_not_genuine(taken: Taken, dialect: str) -> None:
    receipt = taken.receipts[dialect]
    assert not archives.is_genuine(taken.home, {**receipt, "title": receipt["title"] + "!"})


def test_the_delivered_bytes_lie_in_the_archive_under_their_digests(taken: Taken, dialect: str) -> None:
    receipt = taken.receipts[dialect]
    assert archives.delivered_bytes(taken.home, receipt) == archives.files_of(taken.sources[dialect])
    assert all(file["format"]["puid"] for file in receipt["files"] if file["path"].endswith((".pdf", ".docx")))


def test_every_mets_is_valid(taken: Taken, dialect: str) -> None:
    files = archives.aip(taken.home, taken.receipts[dialect])
    written = [path for path in files if path.endswith("METS.xml") and not path.startswith("submission/")]
    assert len(written) >= 2
    published = xmlschema.XMLSchema(str(schemas.locate("mets.csip.local.v2-0.xsd")), validation="lax", allow="local")
    for path in written:
        assert schema_errors(files[path], "mets-csip-2.2", limit=3) == (), path
        assert [e.reason for e in published.iter_errors(files[path].read_text(encoding="utf-8"))] == [], path


def test_the_premis_is_valid_and_tells_what_happened(taken: Taken, dialect: str) -> None:
    premis = archives.aip(taken.home, taken.receipts[dialect])["metadata/preservation/premis.xml"]
    assert schema_errors(premis, "premis-3.0", limit=3) == ()
    types = {element.text for element in etree.parse(premis).iter("{http://www.loc.gov/premis/v3}eventType")}
    assert {
        "ingestion start",
        "message digest calculation",
        "format identification",
        "virus check",
        "fixity check",
        "validation",
        "information package creation",
    } <= types


def test_the_erms_is_valid_by_our_schema_and_by_the_published_one(taken: Taken, dialect: str, corpus: Path) -> None:
    erms = archives.aip(taken.home, taken.receipts[dialect])["metadata/descriptive/erms.xml"]
    assert schema_errors(erms, "erms-3.0", limit=3) == ()
    published = etree.XMLSchema(etree.parse(corpus / "fgs" / "xsd" / "ERMS_v3.xsd"))
    published.validate(etree.parse(erms))
    # 3.0.0 allowed one agent only, which 3.0.2 mended.
    told = str(published.error_log).splitlines()
    assert [words for words in told if "}agent': This element is not expected" not in words] == []


def test_the_mets_files_name_every_file_of_the_aip(taken: Taken, dialect: str) -> None:
    files = archives.aip(taken.home, taken.receipts[dialect])
    root, *parts = (path for path in sorted(files) if path == "METS.xml" or path in _pointed(files["METS.xml"]))
    named = {root} | _listed(files[root], "")
    for part in parts:
        named |= {part} | _listed(files[part], part.removesuffix("METS.xml"))
    assert named == set(files)


def _pointed(mets: Path) -> set[str]:
    return {unquote(pointer.get(HREF, "")) for pointer in etree.parse(mets).iter(f"{METS}mptr")}


def _listed(mets: Path, folder: str) -> set[str]:
    entries = etree.parse(mets).iter(f"{METS}FLocat", f"{METS}mdRef")
    return {folder + unquote(entry.get(HREF, "")) for entry in entries}


def test_ocfl_py_confirms_the_whole_storage_root(taken: Taken) -> None:
    assert archives.ocfl_faults(taken.home) == []
    assert len(archives.packages(taken.home)) == len(TOLD)


def test_ocfl_py_is_not_easily_pleased(taken: Taken, tmp_path: Path) -> None:
    damaged = archives.copied(taken.home, tmp_path / "home")
    content = archives.aip(damaged, taken.receipts["csip"])["METS.xml"]
    content.write_bytes(content.read_bytes() + b" ")
    assert archives.ocfl_faults(damaged) != []


def test_nothing_is_left_in_staging(taken: Taken) -> None:
    assert archives.staged(taken.home) == []


def test_a_zip_with_a_folder_around_it_is_kept_without_that_folder(tmp_path: Path) -> None:
    BUILDERS["csip"](TOLD["csip"], tmp_path / "sip")
    container = archives.zipped(tmp_path / "sip", tmp_path / "sip.zip", root=root_name(TOLD["csip"]))
    receipt = archives.hand_over_one(tmp_path / "home", container)
    assert archives.delivered_bytes(tmp_path / "home", receipt) == archives.files_of(tmp_path / "sip")
    with zipfile.ZipFile(container) as packed:
        assert len(packed.namelist()) == len(receipt["files"])


def test_an_aip_says_which_container_it_came_in(tmp_path: Path) -> None:
    BUILDERS["fgs12"](TOLD["fgs12"], tmp_path / "sip")
    container = archives.zipped(tmp_path / "sip", tmp_path / "sip.zip")
    receipt = archives.hand_over_one(tmp_path / "home", container)
    premis = archives.aip(tmp_path / "home", receipt)["metadata/preservation/premis.xml"].read_text(encoding="utf-8")
    assert archives.tree(tmp_path)["sip.zip"] in premis
