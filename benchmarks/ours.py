"""Our side: the embedded archive through the library, as the command line uses it."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from benchmarks.floors import METS_SCHEMA
from benchmarks.measuring import Meter
from benchmarks.peers import PACKAGE
from ingest.application.ingest_path import ingest_path
from ingest.application.validate_package import validate
from ingest.bootstrap import Archive, as_is, writing
from ingest.config import read_settings
from ingest.domain.decisions import Transition
from ingest.formats.xsd import compiled
from ingest.pipeline.names import BUILD_AIP, NOTHING_MORE
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue, Lease


def ingest_one(material: Path, scratch: Path, meter: Meter) -> None:
    """Ingest one case from a folder."""
    _ingest([material], scratch, meter)


def ingest_each(material: Path, scratch: Path, meter: Meter) -> None:
    """Ingest every case below a folder, one after the other."""
    _ingest(sorted(material.iterdir()), scratch, meter)


def package_and_store(material: Path, scratch: Path, meter: Meter) -> None:
    """Ingest one case; only building, storing, proving, registering and the receipt count."""

    def fit(ports: Ports) -> Ports:
        return replace(ports, catalogue=cast("Catalogue", _Timed(ports.catalogue, meter)))

    with writing(_settings(scratch), fit) as archive:
        _accepted(material, archive)


def validate_mets(material: Path, scratch: Path, meter: Meter) -> None:
    """Judge a METS file alone, all rules."""
    del scratch
    compiled(METS_SCHEMA)
    meter.start()
    report = validate(material)
    meter.stop()
    if errors := [f.rule for f in report.findings if f.severity == "error"]:
        raise RuntimeError(f"the sample METS is not valid: {errors}")


def validate_sip(material: Path, scratch: Path, meter: Meter) -> None:
    """Judge a SIP folder, all rules, payload digests too."""
    del scratch
    for schema in ("mets-csip-2.2", "erms-3.0"):
        compiled(schema)
    meter.start()
    report = validate(material / PACKAGE)
    meter.stop()
    if errors := [f.rule for f in report.findings if f.severity == "error"]:
        raise RuntimeError(f"the sample SIP is not valid: {errors}")


def start_and_validate(material: Path, scratch: Path, meter: Meter) -> None:
    """Run `earkiv validate` on a small package, the whole process."""
    _run([sys.executable, "-m", "earkiv", "validate", "--json", str(material)], scratch, meter)


def start_with_lxml(material: Path, scratch: Path, meter: Meter) -> None:
    """Run Python with lxml and nothing else: what such a program cannot start without."""
    del material
    _run([sys.executable, "-c", "import lxml.etree"], scratch, meter)


def _run(command: list[str], scratch: Path, meter: Meter) -> None:
    meter.start()
    subprocess.run(command, check=True, cwd=scratch, stdout=subprocess.DEVNULL)
    meter.stop()


class _Timed:
    """A catalogue that runs the meter from the commit before `build_aip` to the last one."""

    def __init__(self, catalogue: Catalogue, meter: Meter) -> None:
        self._catalogue = catalogue
        self._meter = meter

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._catalogue, name)
        return method

    def commit(self, lease: Lease, transition: Transition) -> None:
        self._catalogue.commit(lease, transition)
        if transition.after.step == BUILD_AIP:
            self._meter.start()
        if transition.after.step == NOTHING_MORE:
            self._meter.stop()


def _ingest(sources: list[Path], scratch: Path, meter: Meter) -> None:
    with writing(_settings(scratch), as_is) as archive:
        meter.start()
        for source in sources:
            _accepted(source, archive)
    # The pool's processes have ended here: what they read is counted.
    meter.stop()


def _accepted(source: Path, archive: Archive) -> None:
    agreement = archive.ports.catalogue.agreement("default")
    if agreement is None:
        raise RuntimeError("the archive has no default agreement")
    receipt = ingest_path(source, agreement, archive.owner, archive.ports)
    if receipt["outcome"] != "accepted":
        raise RuntimeError(f"{source} was not accepted: {receipt['findings']}")


def _settings(scratch: Path) -> Any:  # noqa: ANN401
    return read_settings({"EARKIV_HOME": str(scratch / "home"), "EARKIV_TOOLS": os.devnull}, os.cpu_count() or 1)
