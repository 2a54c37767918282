"""The one pass that feeds all probes, and each probe alone: with the same processes, over the same mixed files."""

import io
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import gettempdir

from PIL import Image

from benchmarks import clamd
from benchmarks.measuring import Meter
from ingest.adapters.bounds import data_held
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.looks import QuickLooks
from ingest.adapters.pool import SpawnPool
from ingest.adapters.pronom import PronomIdentifier
from ingest.adapters.shares import LocalObject, Probes, Share, examined, unread_by
from ingest.adapters.unscanned import Unscanned
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.packages import ExaminationRequest
from samples.documents.letters import Letter
from samples.documents.pdf import pdf
from samples.documents.word import word

LARGE_BYTES = 8 << 20
SMALL_PER_LARGE = 25
_ALGORITHMS = (DigestAlgorithm.MD5,)
_MEMORY_BYTES = 512 << 20
_PATIENCE_SECONDS = 600
_SHARE = 32
_WORKERS = max(1, (os.cpu_count() or 1) // 2)
"""The other half of the processors is clamd's. Where all are busy with one probe alone, no pass can be as quick."""

Alone = Callable[[Share], int]


def mixed_files(folder: Path, small: int) -> None:
    """Write so many documents of some ten KB (PDF, Word, pictures, text), and one of 8 MiB for every 25 of them."""
    folder.mkdir(parents=True)
    makers = (_letter_pdf, _letter_word, _picture, _text)
    extensions = ("pdf", "docx", "png", "txt")
    for number in range(small):
        kind = number % len(makers)
        (folder / f"{number:06}.{extensions[kind]}").write_bytes(makers[kind](number))
    for number in range(small // SMALL_PER_LARGE):
        content = Random(number).randbytes(LARGE_BYTES)  # noqa: S311 - the same bytes each time
        (folder / f"{number:06}.bin").write_bytes(content)


def mixed_bytes(small: int) -> int:
    """Tell about how many bytes `mixed_files` writes: those of the large ones."""
    return small // SMALL_PER_LARGE * LARGE_BYTES


def title(small: int) -> str:
    """Say what is measured, and whether viruses are looked for."""
    scan = "scan" if clamd.program() else "NO scan: clamd is missing"
    return f"examine {small:,} small and {small // SMALL_PER_LARGE} large files (digest, format, inside, {scan})"


def all_probes(material: Path, scratch: Path, meter: Meter) -> None:
    """Examine all files in one pass, by processes that did so once before."""
    del scratch
    requests = [
        ExaminationRequest(ordinal=number, key=path.name, name=path.name, algorithms=_ALGORITHMS)
        for number, path in enumerate(_files(material))
    ]
    store = DirectoryStore(material, "material")
    with (
        clamd.scanner() as scanner,
        closing(
            PooledExaminer(
                workers=_WORKERS, scanner=scanner, patience_seconds=_PATIENCE_SECONDS, memory_bytes=_MEMORY_BYTES
            )
        ) as examiner,
    ):
        examiner.examine(store, requests)
        meter.start()
        examiner.examine(store, requests)
        meter.stop()


def slowest_probe(material: Path, scratch: Path, meter: Meter) -> None:
    """Ask each probe alone, on as many processes; the meter keeps the slowest one's figures."""
    del scratch
    slowest = meter.measured
    with clamd.scanner() as scanner, closing(SpawnPool(_WORKERS, _MEMORY_BYTES)) as pool:
        shares = _shares(_files(material), Share(objects=(), workspace=Path(gettempdir()), scanner=scanner))
        for alone in (digested, identified, scanned, looked_into):
            _run(pool, alone, shares)
            meter.start()
            _run(pool, alone, shares)
            meter.stop()
            slowest = max(slowest, meter.measured, key=lambda measured: measured.seconds)
            print(f"    {alone.__name__}: {meter.measured.seconds:.2f} s")  # noqa: T201 - a benchmark's figures
    meter.measured = slowest


def digested(share: Share) -> int:
    """Read and digest the files of a share, and do nothing else."""
    return _each(share, unread_by(Unscanned()))


def identified(share: Share) -> int:
    """Identify their formats, without reading them otherwise."""
    return _each(_undigested(share), replace(unread_by(Unscanned()), identifier=PronomIdentifier(share.workspace)))


def scanned(share: Share) -> int:
    """Scan them for viruses."""
    return _each(_undigested(share), unread_by(share.scanner))


def looked_into(share: Share) -> int:
    """Look inside them, quickly as the pass does."""
    return _each(_undigested(share), replace(unread_by(Unscanned()), look=QuickLooks(data_held())))


def _each(share: Share, probes: Probes) -> int:
    return len([examined(lent, probes) for lent in share.objects])


def _undigested(share: Share) -> Share:
    objects = tuple(replace(lent, request=replace(lent.request, algorithms=())) for lent in share.objects)
    return replace(share, objects=objects)


def _run(pool: SpawnPool, alone: Alone, shares: list[Share]) -> None:
    done = sum(future.result() for future in [pool.submit(alone, share) for share in shares])
    if done != sum(len(share.objects) for share in shares):
        raise RuntimeError(f"{alone.__name__}: {done} files were examined")


def _shares(files: list[Path], share: Share) -> list[Share]:
    lent = [
        LocalObject(
            path=path,
            request=ExaminationRequest(ordinal=number, key=path.name, name=path.name, algorithms=_ALGORITHMS),
        )
        for number, path in enumerate(files)
    ]
    return [replace(share, objects=tuple(lent[start : start + _SHARE])) for start in range(0, len(lent), _SHARE)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _letter(number: int) -> Letter:
    return Letter(
        sender="Exempelnämnden",
        recipient="Ellen Exempel",
        reference=f"EXN 2021/{number}",
        dated=date(2021, 6, 1),
        title="Beslut",
        body=f"Nämnden bifaller ansökan nummer {number}. " * 40,
        signature="Nils Nämndsekreterare",
    )


def _letter_pdf(number: int) -> bytes:
    return pdf(_letter(number))


def _letter_word(number: int) -> bytes:
    return word(_letter(number))


def _picture(number: int) -> bytes:
    target = io.BytesIO()
    Image.frombytes("L", (200, 200), Random(number).randbytes(40_000)).save(target, "PNG")  # noqa: S311 - as above
    return target.getvalue()


def _text(number: int) -> bytes:
    return f"En anteckning, nummer {number}, om ingenting särskilt.\n".encode() * 400
