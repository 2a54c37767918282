"""The other side: the least that such work can cost, and peers."""

import hashlib
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import bagit
import pygfried
from lxml import etree

from benchmarks.measuring import Meter
from ingest.formats.mets_values import METS
from ingest.formats.xsd import compiled

_CHUNK = 1 << 20
_SHARE = 32
METS_SCHEMA = "mets-csip-2.2"


def copy_and_prove(material: Path, scratch: Path, meter: Meter) -> None:
    """Read, SHA-256, write, fsync, read back and SHA-256 again, file by file."""
    meter.start()
    for number, path in enumerate(_files(material)):
        copy = scratch / f"{number:09}"
        written = _copy(path, copy)
        with copy.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != written:
                raise RuntimeError("the copy is not what was written")
    meter.stop()


def identify_and_copy(material: Path, scratch: Path, meter: Meter) -> None:
    """Identify every file with pygfried, on as many processes as processors, and copy them durably meanwhile."""
    files = _files(material)
    shares = [files[start : start + _SHARE] for start in range(0, len(files), _SHARE)]
    meter.start()
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=multiprocessing.get_context("spawn")) as pool:
        answers = pool.map(_identify, shares)
        for number, path in enumerate(files):
            _copy(path, scratch / f"{number:09}")
        identified = sum(answers)
    meter.stop()
    if identified != len(files):
        raise RuntimeError(f"{identified} of {len(files)} files were identified")


def make_and_validate_bag(material: Path, scratch: Path, meter: Meter) -> None:
    """Let bagit-python make a bag of the files (in place, SHA-256) and validate it; the copy before does not count."""
    bag = scratch / "bag"
    shutil.copytree(material, bag)
    meter.start()
    made = bagit.make_bag(str(bag), checksums=["sha256"])
    made.validate()
    meter.stop()


def parse_with_schema(material: Path, scratch: Path, meter: Meter) -> None:
    """Stream a METS file through lxml with the schema, and forget each file element."""
    del scratch
    schema = compiled(METS_SCHEMA)
    meter.start()
    for _, element in etree.iterparse(str(material), schema=schema, tag=f"{{{METS}}}file"):
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]
    meter.stop()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _copy(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("xb") as sink:
        for chunk in _chunks(source):
            digest.update(chunk)
            sink.write(chunk)
        sink.flush()
        os.fsync(sink.fileno())
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _identify(paths: list[Path]) -> int:
    return sum(1 for path in paths if pygfried.identify(str(path)))
