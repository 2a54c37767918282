"""An embedded archive as a program opens it, and what a stranger with a file browser then finds in its folder."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ocfl

from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive, Fitting, as_is, reading, writing
from ingest.config import Settings, read_settings
from ingest.domain.agreements import DEFAULT_AGREEMENT, SubmissionAgreement
from ingest.formats.receipts import verify_receipt
from samples.simulator.containers import write_zip

Receipt = dict[str, Any]
CASE_BY_CASE = ("EARKIV-SA-5", "EARKIV-SA-8", "EARKIV-NRM-2", "EARKIV-NRM-7")
"""Findings that every delivery of these tests has: nothing is scanned, agreements named are not registered, and there
are no tools to make preservation copies with."""


def settings_of(home: Path) -> Settings:
    """Settings of a small archive with batches of two objects, which does not wait long for its lock."""
    environment = {
        "EARKIV_TOOLS": os.devnull,
        "EARKIV_HOME": str(home),
        "EARKIV_WORKERS": "1",
        "EARKIV_BATCH_SIZE": "2",
        "EARKIV_LOCK_WAIT": "60",
    }
    return read_settings(environment, 1)


@contextmanager
def opened(home: Path, fit: Fitting = as_is) -> Iterator[Archive]:
    """Open the archive as its writer."""
    with writing(settings_of(home), fit) as archive:
        yield archive


def terms_of(archive: Archive, agreement: str) -> SubmissionAgreement:
    """Give the newest version of an agreement that must be there."""
    found = archive.ports.catalogue.agreement(agreement)
    assert found is not None
    return found


def hand_over(home: Path, *paths: Path, agreement: str = DEFAULT_AGREEMENT.id) -> tuple[Receipt, ...]:
    """Take paths in, one after the other in one run, after whatever an earlier run left; give their receipts."""
    with opened(home) as archive:
        assert run_pending(archive.owner, archive.ports) == ()
        terms = terms_of(archive, agreement)
        return tuple(ingest_path(path, terms, archive.owner, archive.ports) for path in paths)


def hand_over_one(home: Path, path: Path, agreement: str = DEFAULT_AGREEMENT.id) -> Receipt:
    """Take one path in and give its receipt."""
    (receipt,) = hand_over(home, path, agreement=agreement)
    return receipt


def packages(home: Path) -> tuple[str, ...]:
    """List the packages that the catalogue knows, oldest first."""
    with reading(settings_of(home)) as archive:
        return tuple(package.package for package in archive.ports.catalogue.packages())


def is_genuine(home: Path, receipt: Receipt) -> bool:
    """Say whether the archive's own key signed the receipt as it stands."""
    with reading(settings_of(home)) as archive:
        return verify_receipt(receipt, archive.ports.signer.verify)


def tree(folder: Path) -> dict[str, str]:
    """Give every file below a folder with its SHA-256."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def ocfl_tree(home: Path) -> dict[str, str]:
    """Give every file of the archival storage with its SHA-256."""
    return tree(home / "archive" / "ocfl")


def staged(home: Path) -> list[str]:
    """List what is left in staging."""
    return sorted(tree(home / "staging"))


def object_folder(home: Path, receipt: Receipt) -> Path:
    """Give the folder of the OCFL object that a receipt names."""
    (copy,) = receipt["copies"]
    return home / "archive" / str(copy["location"])


def aip(home: Path, receipt: Receipt, version: str = "") -> dict[str, Path]:
    """Give the files of an AIP by their paths in it: the head version, or the one named, by the OCFL inventory."""
    folder = object_folder(home, receipt)
    inventory = json.loads((folder / "inventory.json").read_text(encoding="utf-8"))
    state = inventory["versions"][version or inventory["head"]]["state"]
    places = {digest: folder / paths[0] for digest, paths in inventory["manifest"].items()}
    return {path: places[digest] for digest, paths in state.items() for path in paths}


def delivered_bytes(home: Path, receipt: Receipt) -> dict[str, bytes]:
    """Find the bytes of each file that a receipt names, by its path as delivered, through the OCFL inventory."""
    folder = object_folder(home, receipt)
    manifest = json.loads((folder / "inventory.json").read_text(encoding="utf-8"))["manifest"]
    return {file["path"]: (folder / manifest[file["sha256"]][0]).read_bytes() for file in receipt["files"]}


def files_of(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file of a folder by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def ocfl_faults(home: Path, store: str = "archive") -> list[str]:
    """Ask ocfl-py, which nobody here wrote, what is wrong with a store's storage root; one line per fault."""
    root = ocfl.StorageRoot(root=str(home / store / "ocfl"))
    if not root.validate(check_digests=True):
        return [str(root.log)]
    return [f"{folder}: {words}" for folder, words in root.errors] + ["bad object"] * (
        root.num_objects - root.good_objects
    )


def rules_of(receipt: Receipt) -> dict[str, str]:
    """Give the rules found, each with its severity, without those that every delivery of these tests breaks."""
    found = receipt["findings"]
    return {f["rule"]: f["severity"] for f in found if f["rule"] not in CASE_BY_CASE}


def errors_of(receipt: Receipt) -> list[str]:
    """List the rules for which a delivery was refused."""
    return sorted(rule for rule, severity in rules_of(receipt).items() if severity == "error")


def zipped(folder: Path, container: Path, root: str = "") -> Path:
    """Pack a folder as a ZIP and give it."""
    write_zip(folder, container, root=root)
    return container


def copied(source: Path, target: Path) -> Path:
    """Copy a file or a folder (the corpus is read only, so its rights are not copied) and give the copy."""
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            copied(path, target / path.relative_to(source))
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target
