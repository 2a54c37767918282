"""Small packages of every dialect, built by the simulator when they are asked for: what fuzzing begins with."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from samples.cases import foreningsbidrag, klagomal
from samples.documents import formats
from samples.simulator.bare_erms import write_side_car
from samples.simulator.containers import write_zip
from samples.simulator.description import Case, Delivery, Record
from tests.unit.rules.fgs.test_additional import SOUND as ADDITIONAL
from tests.unit.samples.described import BUILDERS, loose_records

Files = Mapping[str, bytes]

LOOSE: Final = "loose-"
"""What the name of a package of loose records begins with."""
SIDE_CAR: Final = "leverans.json"
CONTAINER: Final = "leverans.zip"


@cache
def small(name: str) -> Files:
    """Give the files of a package by path; `name` is a builder's name, `loose-` before it for records of no case."""
    told = delivery(2) if name == "bare-erms" else delivery(1)
    if name.startswith(LOOSE):
        told = loose_records(told)
    with TemporaryDirectory(prefix="small-") as folder:
        BUILDERS[name.removeprefix(LOOSE)](told, Path(folder))
        return files_of(Path(folder))


@cache
def with_additional() -> Files:
    """Give an E-ARK package that has Riksarkivet's additionalPackageInfo.xml."""
    return {**small("csip"), "documentation/additionalPackageInfo.xml": ADDITIONAL.encode()}


@cache
def with_side_car() -> Files:
    """Give a packed bare ERMS delivery and the delivery note beside it."""
    with TemporaryDirectory(prefix="small-") as folder:
        put(small("bare-erms"), Path(folder, "leverans"))
        container = Path(folder, CONTAINER)
        write_zip(Path(folder, "leverans"), container)
        write_side_car(delivery(2), container)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


NAMES: Final = (*BUILDERS, *(f"{LOOSE}{name}" for name in BUILDERS))


def delivery(cases: int) -> Delivery:
    """Give a delivery of so many cases whose descriptions are rich and whose documents are a line each."""
    rich = (klagomal.delivery(), foreningsbidrag.delivery())
    return replace(
        rich[0],
        cases=tuple(_slim(case) for told in rich for case in told.cases)[:cases],
        documentation=(),
        schemas=(),
    )


def _slim(case: Case) -> Case:
    return replace(case, records=tuple(_slim_record(record) for record in case.records[:2]))


def _slim_record(record: Record) -> Record:
    slim = (
        replace(document, content=f"{record.id} {document.name}\n".encode(), format=formats.TEXT)
        for document in record.documents[:1]
    )
    return replace(record, documents=tuple(slim))


def files_of(folder: Path) -> Files:
    """Read every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def put(files: Files, folder: Path) -> None:
    """Write files into a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
