"""Preservation copies are scanned, told and scanned again like what was delivered."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.holdings import holding_of
from ingest.application.ingest_path import ingest_path
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.rescan_objects import Rescanned, rescan
from ingest.application.scan_standings import scans_of, unscanned
from ingest.bootstrap import Archive, rebuilding, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.conversions import Converted
from ingest.domain.packages import UNTOLD, Clean, FormatDesignation, NotScanned, ScanResult
from ingest.domain.scans import Origin
from ingest.formats.wire import from_json, to_json
from ingest.pipeline.step import Ports
from tests.fakes.scripted_scanner import ScriptedScanner
from tests.fakes.steady_converter import SteadyConverter

SAMPLE = Path(__file__).parents[2] / "samples" / "deliveries" / "bygglov-fgs12"


def settings_of(home: Path) -> Settings:
    return read_settings({"EARKIV_HOME": str(home), "EARKIV_WORKERS": "1", "EARKIV_TOOLS": os.devnull}, 1)


@contextmanager
def opened(home: Path, scan: ScanResult) -> Iterator[Archive]:
    def fit(ports: Ports) -> Ports:
        return replace(ports, converter=SteadyConverter(scan))

    with writing(settings_of(home), fit) as archive:
        yield archive


def waiting(package: str, ports: Ports) -> set[Origin]:
    _, delivery = ports.catalogue.find(package)
    return {file.origin for file in unscanned(scans_of(package, delivery, ports))}


@pytest.mark.parametrize("scan", [Clean(tool="steady 1"), NotScanned(reason="too large")])
def test_the_scan_of_copies_stands_in_premis(tmp_path: Path, scan: ScanResult) -> None:
    with opened(tmp_path / "home", scan) as archive:
        receipt = ingest_path(SAMPLE, DEFAULT_AGREEMENT, archive.owner, archive.ports)
        with holding_of(receipt["package"], archive.ports).open("metadata/preservation/premis.xml") as stream:
            premis = stream.read().decode()
        made = {
            copy.outcome.sha256
            for copy in archive.ports.catalogue.conversions(receipt["deliveryId"])
            if isinstance(copy.outcome, Converted)
        }
        assert (Origin.COPY in waiting(receipt["package"], archive.ports)) is isinstance(scan, NotScanned)
    objects = {
        digest: found[1]
        for part in premis.split("<premis:object ")
        for digest in made
        if f">{digest}<" in part
        and (found := re.search(r"<premis:objectIdentifierValue>([^<]+)<", part))
        and "representations/preservation" in part
    }
    assert objects.keys() == made
    said = "nothing found by steady 1" if isinstance(scan, Clean) else "not scanned: too large"
    (event,) = (part for part in premis.split("<premis:event>") if f">{said}<" in part)
    assert ">virus check<" in event
    linked = re.findall(r"<premis:linkingObjectIdentifierValue>([^<]+)<", event)
    assert set(linked) == set(objects.values())
    told = {finding["rule"] for finding in receipt["findings"]}
    assert ("EARKIV-NRM-7" in told) is isinstance(scan, NotScanned)


def test_copies_are_scanned_when_a_scanner_comes_and_the_journal_remembers_it(tmp_path: Path) -> None:
    home, scanner = tmp_path / "home", ScriptedScanner()
    with opened(home, NotScanned(reason="none")) as archive:
        ports = archive.ports
        receipt = ingest_path(SAMPLE, DEFAULT_AGREEMENT, archive.owner, ports)
        package = receipt["package"]
        assert waiting(package, ports) == {Origin.DELIVERED, Origin.COPY}
        copies = sum(isinstance(one.outcome, Converted) for one in ports.catalogue.conversions(receipt["deliveryId"]))
        (found,) = rescan([package], scanner, archive.owner, ports)
        assert isinstance(found, Rescanned)
        assert (found.clean, found.infected, found.left) == (len(receipt["files"]) + copies, (), ())
        assert waiting(package, ports) == set()
    with rebuilding(settings_of(home)) as archive:
        assert rebuild(archive.ports).damages == ()
        assert waiting(package, archive.ports) == set()


def test_a_record_that_says_nothing_of_a_copys_scan_counts_as_not_scanned() -> None:
    made = Converted(key="k", size=1, sha256="0" * 64, format=FormatDesignation(puid=None))
    before = {name: value for name, value in dict(to_json(made)).items() if name != "scan"}  # type: ignore[arg-type]
    assert from_json(before, Converted).scan == UNTOLD
