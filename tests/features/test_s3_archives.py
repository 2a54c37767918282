"""Whole deliveries with staging and the first copy of the archive in a real S3, and a second copy in a folder."""

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audit.verification import verify_packages
from ingest.adapters.s3.store import S3Store
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import rebuilding
from ingest.ports import ObjectStore
from tests.conftest import REPOSITORY
from tests.features import archives
from tests.features.s3_archives import Places, hand_over, opened
from tests.servers.buckets import new_store
from tests.servers.s3 import S3Server
from tests.unit.samples.described import BUILDERS, DELIVERIES

pytestmark = pytest.mark.ci
TOLD = {"case-push": "klagomal", "fgs12": "bygglov", "csip": "skolskjuts", "bare-erms": "foreningsbidrag"}


@pytest.fixture
def places(s3_server: S3Server, tmp_path: Path) -> Places:
    staging, archive = (new_store(s3_server, name, tmp_path, prefix="") for name in ("staging", "archive"))
    return Places(staging=staging.bucket.address, archive=archive.bucket.address)


@pytest.fixture
def deliveries(tmp_path: Path) -> list[Path]:
    for dialect, told in TOLD.items():
        BUILDERS[dialect](DELIVERIES[told](), tmp_path / "sources" / dialect)
    return [tmp_path / "sources" / dialect for dialect in TOLD]


def contents(store: ObjectStore) -> dict[str, str]:
    digests = {}
    for key in store.keys(""):
        with store.open(key) as stream:
            digests[key] = hashlib.sha256(stream.read()).hexdigest()
    return digests


def test_both_copies_are_the_same_and_the_catalogue_comes_back_from_them(
    places: Places, deliveries: list[Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    receipts = hand_over(home, places, *deliveries)
    assert [receipt["outcome"] for receipt in receipts] == ["accepted"] * len(TOLD)
    assert [[copy["store"] for copy in receipt["copies"]] for receipt in receipts] == [["archive", "archive-2"]] * 4
    in_s3, staging = (S3Store(place, "x", tmp_path) for place in (places.archive, places.staging))
    copies = contents(in_s3)
    journal = {key for key in archives.tree(home / "archive") if key.startswith("journal/")}
    assert archives.tree(home / "archive") == copies
    assert any("å" in key or "ä" in key or "ö" in key for key in copies)
    assert journal
    assert list(staging.keys("")) == []
    assert archives.ocfl_faults(home) == []
    with opened(home, places) as archive:
        assert verify_packages(archive.ports, None, lambda *_: None).damages == ()
        packages = archive.ports.catalogue.packages()
    (home / "catalogue.sqlite").unlink()
    with rebuilding(archives.settings_of(home)) as bare:
        again = replace(bare, ports=places.fit(bare.ports))
        assert rebuild(again.ports).damages == ()
        assert again.ports.catalogue.packages() == packages


def test_what_is_damaged_in_the_bucket_is_found(places: Places, deliveries: list[Path], tmp_path: Path) -> None:
    hand_over(tmp_path / "home", places, deliveries[1])
    store = S3Store(places.archive, "archive", tmp_path)
    key = next(key for key in store.keys("ocfl/") if key.endswith("METS.xml"))
    store.bucket.replace(key, b"<mets/>")
    with opened(tmp_path / "home", places) as archive:
        found = verify_packages(archive.ports, None, lambda *_: None).damages
    assert {(damage.store, damage.key) for damage in found} == {("archive", key)}


def test_killed_while_storing_it_goes_on_and_ends_in_the_same_copies(
    places: Places, deliveries: list[Path], tmp_path: Path
) -> None:
    home, source = tmp_path / "home", deliveries[0]
    for die_at in (2, 5, 9, 12):
        child = subprocess.run(
            [sys.executable, "-m", "tests.features.s3_archives", str(home), str(die_at), str(source)],
            cwd=REPOSITORY,
            env={**os.environ, **places.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert child.returncode == -signal.SIGKILL, child.stderr
    (receipt,) = hand_over(home, places, source)
    assert receipt["outcome"] == "accepted"
    assert len(archives.packages(home)) == 1
    assert archives.tree(home / "archive") == contents(S3Store(places.archive, "archive", tmp_path))
    assert list(S3Store(places.staging, "staging", tmp_path).keys("")) == []
    assert archives.ocfl_faults(home) == []
