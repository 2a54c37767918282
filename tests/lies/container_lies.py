"""The lies about a package as it is handed over: its container, its delivery note, its descriptor, its other files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.application.validate_package import Report, validate
from samples.simulator import breaking_containers as containers
from samples.simulator.bare_erms import write_side_car
from tests.lies.dialects import BARE_ERMS, CASE_PUSH, EARK, FGS_1, Dialect, sound
from tests.lies.packages import Package, as_folder, as_zip, lied, renamed, with_file
from tests.lies.payload import TARGETS, accented

(_SIP,) = (dialect for dialect in EARK if dialect.name == "E-ARK SIP 2.2.0")
_FGS: Final = FGS_1[-1]
_TEXT: Final = "documentation/Om leveransen.txt"
_TYPE_2_1: Final = 'csip:CONTENTINFORMATIONTYPE="citserms_v2_1"'
Told = Callable[[Path], Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerLie:
    """`told` makes the delivery in an empty folder and validates it."""

    told: Told
    also: frozenset[str] = frozenset()


def _in_container(break_it: Callable[[Path], None]) -> Told:
    def told(place: Path) -> Report:
        container = as_zip(sound(_SIP), place)
        break_it(container)
        return validate(container)

    return told


def _in_folder(dialect: Dialect, change: Callable[[Package], Package]) -> Told:
    return lambda place: validate(as_folder(change(sound(dialect)), place))


def _beside(spoil: Callable[[Path], None]) -> Told:
    """Spoil the container or its delivery note after the note was written."""

    def told(place: Path) -> Report:
        container = as_zip(sound(BARE_ERMS), place)
        write_side_car(BARE_ERMS.delivery(), container)
        spoil(container)
        return validate(container)

    return told


def _nonsense_note(container: Path) -> None:
    container.with_suffix(".json").write_text("{", encoding="utf-8")


def _repacked(container: Path) -> None:
    """Pack it anew with one more file, after the note was written."""
    package = with_file(sound(BARE_ERMS), "content/90482/mer.txt", b"mer\n")
    (container.parent / "anew").mkdir()
    as_zip(package, container.parent / "anew").replace(container)


def _line_ends(package: Package) -> Package:
    return with_file(package, _TEXT, package.files[_TEXT].replace(b"\n", b"\r\n"))


def _of_2_1(package: Package) -> Package:
    for path in ("representations/rep1/METS.xml", "METS.xml"):
        package = lied(package, path, 'csip:CONTENTINFORMATIONTYPE="citserms_v3_0"', _TYPE_2_1, times=0)
    return package


def _two_descriptors(package: Package) -> Package:
    return with_file(package, "case.json", sound(CASE_PUSH).files["case.json"])


def _twice(package: Package) -> Package:
    path = "Content/1/Situationsplan.tif"
    return with_file(package, f"Metadata/{path}", package.files[path])


def _oddly_named(package: Package) -> Package:
    (target,) = (one for one in TARGETS if one.dialect is _FGS)
    return accented(package, target)


def _without_digest(package: Package) -> Package:
    return lied(package, "sip.xml", ' CHECKSUM="[^"]*" CHECKSUMTYPE="[^"]*"', "")


def _stray(path: str) -> Callable[[Package], Package]:
    return lambda package: with_file(package, path, b"ett brev\n")


def _nothing_known(package: Package) -> Package:
    return Package(name=package.name, files={"brev.txt": b"inget paket\n"})


LIES: Final[Mapping[str, ContainerLie]] = {
    "EARKIV-PKG-1": ContainerLie(told=_in_container(containers.break_zero_bytes)),
    "EARKIV-PKG-2": ContainerLie(told=_in_folder(_SIP, _nothing_known)),
    "EARKIV-PKG-3": ContainerLie(told=_in_container(containers.break_truncated)),
    "EARKIV-PKG-4": ContainerLie(told=_in_container(containers.break_empty_zip)),
    "EARKIV-PKG-5": ContainerLie(told=_in_container(containers.break_dotdot_zip)),
    "EARKIV-PKG-6": ContainerLie(told=_in_container(containers.break_link_zip)),
    "EARKIV-PKG-7": ContainerLie(told=_in_container(containers.break_bomb)),
    "EARKIV-PKG-8": ContainerLie(told=_in_folder(_SIP, _two_descriptors)),
    "EARKIV-PKG-9": ContainerLie(told=_in_container(containers.break_encrypted_zip)),
    "EARKIV-PKG-10": ContainerLie(told=_in_container(containers.break_duplicate_entry)),
    "EARKIV-PKG-11": ContainerLie(told=_in_folder(_FGS, lambda package: renamed(package, "sip.xml", "paket.xml"))),
    "EARKIV-PKG-12": ContainerLie(told=_beside(_nonsense_note)),
    "EARKIV-FIX-10": ContainerLie(told=_beside(_repacked)),
    "EARKIV-FIX-11": ContainerLie(told=_in_folder(_FGS, _without_digest)),
    "EARKIV-METS-5": ContainerLie(told=_in_folder(_SIP, _line_ends), also=frozenset({"EARKIV-FIX-1", "EARKIV-FIX-2"})),
    "EARKIV-ERMS-1": ContainerLie(told=_in_folder(_SIP, _of_2_1)),
    "EARKIV-CASE-6": ContainerLie(told=_in_folder(_FGS, _twice), also=frozenset({"EARKIV-FIX-4", "FGS-ARH-20"})),
    "EARKIV-CASE-11": ContainerLie(told=_in_folder(BARE_ERMS, _stray("brev.txt"))),
    "FGS-PKT-60": ContainerLie(told=_in_folder(_FGS, _oddly_named)),
}
