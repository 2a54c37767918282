"""Writes the sample deliveries: `python -m samples.generate [FOLDER]`, by default into `deliveries/` here."""

import shutil
import sys
import tempfile
from pathlib import Path

from samples.cases import bygglov, foreningsbidrag, klagomal, marklov, skolskjuts
from samples.simulator.bare_erms import build_bare_erms, write_side_car
from samples.simulator.breaking import break_missing_file, break_unlisted_file, break_wrong_digest
from samples.simulator.case_push import build_case_push
from samples.simulator.containers import write_zip
from samples.simulator.csip import build_csip, root_name
from samples.simulator.fgs12 import build_fgs12

DELIVERIES = Path(__file__).parent / "deliveries"


def generate(target: Path) -> None:
    """Write all sample deliveries into an empty or missing folder; the same bytes every time."""
    target.mkdir(parents=True, exist_ok=True)
    build_fgs12(bygglov.delivery(), target / "bygglov-fgs12")
    build_case_push(klagomal.delivery(), target / "klagomal-case-push")
    _write_csip(target)
    _write_bare_erms(target)
    _write_broken(target)


def _write_csip(target: Path) -> None:
    delivery = skolskjuts.delivery()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        build_csip(delivery, folder)
        write_zip(folder, target / "skolarende-csip.zip", root=root_name(delivery))


def _write_bare_erms(target: Path) -> None:
    delivery = foreningsbidrag.delivery()
    container = target / "flera-arenden-erms.zip"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        build_bare_erms(delivery, folder)
        write_zip(folder, container)
    write_side_car(delivery, container)


def _write_broken(target: Path) -> None:
    folder = target / "trasig-fgs12"
    build_fgs12(marklov.delivery(), folder)
    break_wrong_digest(folder, "Content/1/Ansokan.pdf")
    break_missing_file(folder, "Content/1/Komplettering.pdf")
    break_unlisted_file(folder, "Content/1/Kopia_av_ritning.txt")


def main(arguments: list[str]) -> None:
    """Replace the deliveries in the folder named, or in the project's own."""
    target = Path(arguments[0]) if arguments else DELIVERIES
    if target.exists():
        shutil.rmtree(target)
    generate(target)


if __name__ == "__main__":
    main(sys.argv[1:])
