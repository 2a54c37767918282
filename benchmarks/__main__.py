"""`python -m benchmarks`: measure, print a table, and on request one JSON document."""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.comparisons import COMPARISONS, MIB, Comparison, Sizes
from benchmarks.measuring import Compared
from benchmarks.sizes import bytes_of


def main() -> int:
    """Measure what the command line asks for; 0 also when a target is missed."""
    asked = _parser().parse_args()
    sizes = Sizes(
        size=asked.size, cases=asked.cases, files=asked.files, mets_files=asked.mets_files, sip_files=asked.sip_files
    )
    chosen = [c for c in COMPARISONS if c.name in (asked.only or [c.name])]
    measured = []
    with TemporaryDirectory(prefix="earkiv-benchmarks-", dir=asked.scratch) as scratch:
        for comparison in chosen:
            sys.stderr.write(f"{comparison.title(sizes)} …\n")
            measured.append((comparison, comparison.run(Path(scratch), sizes, asked.rounds)))
    Console(width=None if sys.stdout.isatty() else 160).print(_table(measured, sizes))
    if asked.json:
        asked.json.write_text(json.dumps(_document(measured, sizes, asked.rounds), indent=2) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", type=bytes_of, default=2 << 30, help="the large case (default 2GiB)")
    parser.add_argument("--cases", type=int, default=1000, help="small cases of ten documents (default 1000)")
    parser.add_argument("--files", type=int, default=500, help="files of 1 MiB to package (default 500)")
    parser.add_argument("--mets-files", type=int, default=100_000, help="files in the METS (default 100000)")
    parser.add_argument("--sip-files", type=int, default=10_000, help="files in the SIP (default 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side runs, by turns (default 3)")
    parser.add_argument("--only", action="append", choices=[c.name for c in COMPARISONS], help="may be repeated")
    parser.add_argument("--scratch", type=Path, help="a folder on the disk to be measured; needs five times the size")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser


def _table(measured: list[tuple[Comparison, Compared]], sizes: Sizes) -> Table:
    table = Table(title="earkiv against floors and peers; medians; r/w: payload bytes read and written, in payloads")
    for heading in ("work", "against", "earkiv s", "floor s", "ratio", "target", "earkiv r/w", "floor r/w", "peak MiB"):
        table.add_column(heading, justify="left" if heading in {"work", "against"} else "right")
    for comparison, compared in measured:
        payload = comparison.payload(sizes)
        table.add_row(
            comparison.title(sizes),
            comparison.floor_title,
            f"{compared.ours.seconds:.2f}",
            f"{compared.floor.seconds:.2f}",
            f"{compared.ratio:.3g}",
            comparison.target,
            _moved(compared.ours.bytes_read, compared.ours.bytes_written, payload),
            _moved(compared.floor.bytes_read, compared.floor.bytes_written, payload),
            f"{compared.ours.peak / MIB:.0f} / {compared.floor.peak / MIB:.0f}",
        )
    return table


def _moved(read: int, written: int, payload: int) -> str:
    return f"{read / payload:.2f} / {written / payload:.2f}" if payload else "–"


def _document(measured: list[tuple[Comparison, Compared]], sizes: Sizes, rounds: int) -> dict[str, object]:
    return {
        "earkiv": version("earkiv"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "rounds": rounds,
        "sizes": asdict(sizes),
        "comparisons": [
            {
                "name": comparison.name,
                "ratio": round(compared.ratio, 3),
                "target": comparison.target,
                "within": comparison.met_by(compared),
                "earkiv": asdict(compared.ours),
                "floor": asdict(compared.floor),
            }
            for comparison, compared in measured
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
