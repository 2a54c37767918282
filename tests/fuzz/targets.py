"""What is fuzzed: for each target the inputs that it begins with, and where an input lies when it is validated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fuzz.choices import ByteChoices
from tests.fuzz.containers import PACKINGS, gzipped, tarred, zipped
from tests.fuzz.packages import changed_package
from tests.fuzz.small import CONTAINER, NAMES, SIDE_CAR, Files, put, small, with_additional, with_side_car
from tests.hostile.corpus import CONTAINERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`place` puts an input into an empty folder and gives the path to validate."""

    seeds: Callable[[], Sequence[bytes]]
    place: Callable[[bytes, Path], Path]


def _alone(name: str) -> Callable[[bytes, Path], Path]:
    def place(octets: bytes, folder: Path) -> Path:
        (folder / name).write_bytes(octets)
        return folder / name

    return place


def _in_package(files: Callable[[], Files], path: str) -> Target:
    """Fuzz one file of a package; the others stay."""

    def place(octets: bytes, folder: Path) -> Path:
        put({**files(), path: octets}, folder / "paket")
        return folder / "paket"

    return Target(seeds=lambda: (files()[path],), place=place)


def _every_mets() -> Sequence[bytes]:
    return tuple(small(name)[path] for name, path in (("csip", "METS.xml"), ("fgs12", "sip.xml"), ("eard", "sip.xml")))


def _beside_a_container(octets: bytes, folder: Path) -> Path:
    put({**with_side_car(), SIDE_CAR: octets}, folder)
    return folder / CONTAINER


def _a_whole_package(octets: bytes, folder: Path) -> Path:
    """Read the bytes as choices: which package, what is changed in it, and how it is packed."""
    choices = ByteChoices(octets)
    files = changed_package(small(choices.choice(NAMES)), choices)
    if not files or choices.randint(0, 3):
        (folder / "paket").mkdir()
        put(files, folder / "paket")
        return folder / "paket"
    packed = folder / "paket"
    packed.write_bytes(PACKINGS[choices.choice(sorted(PACKINGS))](files, choices.choice(("", "rot/"))))
    return packed


def _programs() -> Sequence[bytes]:
    return tuple(bytes([number]) * length for number in range(0, 256, 17) for length in (4, 40))


def _hostile(*kinds: str) -> Iterator[bytes]:
    """Begin with what the hostile corpus has of these kinds: each form of a lie, and each odd thing that is honest."""
    return (case.make() for case in CONTAINERS if case.name.partition("-")[0] in kinds)


def _case_xml(name: str) -> Target:
    return _in_package(lambda: small(name), "Metadata/Arendehantering.xml")


def _erms_path() -> str:
    return next(path for path in small("bare-erms") if path.endswith("erms.xml"))


def _bare_erms(octets: bytes, folder: Path) -> Path:
    put({**small("bare-erms"), _erms_path(): octets}, folder / "paket")
    return folder / "paket"


TARGETS: Final[Mapping[str, Target]] = {
    "mets": Target(seeds=_every_mets, place=_alone("METS.xml")),
    "eark": _in_package(lambda: small("csip"), "METS.xml"),
    "representation": _in_package(lambda: small("csip"), "representations/rep1/METS.xml"),
    "fgs": _in_package(lambda: small("fgs12"), "sip.xml"),
    "erms": Target(seeds=lambda: (small("bare-erms")[_erms_path()],), place=_bare_erms),
    "arendehantering": _case_xml("fgs12"),
    "premis": _in_package(lambda: small("csip"), "representations/rep1/metadata/preservation/premis.xml"),
    "additional": _in_package(with_additional, "documentation/additionalPackageInfo.xml"),
    "case-push": _in_package(lambda: small("case-push"), "case.json"),
    "side-car": Target(seeds=lambda: (with_side_car()[SIDE_CAR],), place=_beside_a_container),
    "zip": Target(
        seeds=lambda: (zipped(small("fgs12")), zipped(small("csip"), "rot/"), *_hostile("zip")),
        place=_alone("paket.zip"),
    ),
    "tar": Target(
        seeds=lambda: (tarred(small("fgs12")), gzipped(small("csip"), "rot/"), *_hostile("tar", "gz", "zstd")),
        place=_alone("paket.tar"),
    ),
    "package": Target(seeds=_programs, place=_a_whole_package),
}
UNSTRUCTURED: Final = frozenset({"zip", "tar", "package"})
"""Targets whose inputs are changed as bytes alone."""
