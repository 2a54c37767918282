"""The lies in how an E-ARK package lies on disk: its folders, and what METS leaves undescribed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tests.lies.dialects import OLDER_ERMS, Dialect
from tests.lies.flat_mets import flattened
from tests.lies.packages import Package, lied, renamed, with_file, without

_METS: Final = "METS.xml"
_ERMS: Final = "metadata/descriptive/erms.xml"
_BELOW: Final = "representations/rep1/"
Told = Callable[[Package], Package]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderLie:
    """`also` and `also_in` are as for a lie in METS; `spared` is told of a correct package, and of this no more."""

    told: Told
    also: frozenset[str] = frozenset()
    also_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()

    def expected(self, rule: str, dialect: Dialect) -> frozenset[str]:
        """Give every id that the lie brings, with what a correct package has for information."""
        of_traits = (ids for trait, ids in self.also_in.items() if trait in dialect.traits)
        return frozenset({rule}).union(self.also, *of_traits, dialect.told - self.spared)


def _moved(path: str, to: str, mets: str = _METS) -> Told:
    """Move a file, and let METS list it where it now lies."""
    below = mets.rpartition("/")[0] + "/" if "/" in mets else ""

    def told(package: Package) -> Package:
        said = lied(package, mets, f'"{path.removeprefix(below)}"', f'"{to.removeprefix(below)}"')
        return renamed(said, path, to)

    return told


def _other_name(package: Package) -> Package:
    return replace(package, name="leverans")


def _mets_in_lower_case(package: Package) -> Package:
    return renamed(package, _METS, "mets.xml")


def _without_metadata(package: Package) -> Package:
    bare = lied(package, _METS, r"<mets:dmdSec.*?</mets:dmdSec>\s*<mets:amdSec.*?</mets:amdSec>", "")
    bare = lied(bare, _METS, '(LABEL="Metadata") DMDID="[^"]*" ADMID="[^"]*"', r"\1")
    return without(without(bare, "metadata/descriptive/erms.xml"), "metadata/preservation/premis.xml")


def _stray(path: str) -> Told:
    return lambda package: with_file(package, path, b"<x/>")


def _content_elsewhere(folder: str, mets: str) -> Told:
    """Put the content into another folder than data/, and let METS and the description look for it there."""

    def told(package: Package) -> Package:
        paths = [path for path in package.files if path.startswith(_BELOW + "data/")]
        for path in paths:
            package = renamed(package, path, path.replace(_BELOW + "data/", folder))
        old = (_BELOW + "data/").removeprefix(mets.rpartition("/")[0] + "/")
        package = lied(package, mets, f'href="{old}', f'href="{folder.removeprefix(_BELOW)}', times=0)
        return lied(package, _ERMS, f'"{_BELOW}data/', f'"{folder}', times=0)

    return told


def _without_representations(package: Package) -> Package:
    """List the content in the package's METS alone, and put it into a folder of another name."""
    moved = _content_elsewhere("content/", _METS)(flattened(package))
    moved = lied(moved, _METS, 'USE="Representations/rep1"', 'USE="content"')
    return lied(moved, _METS, 'LABEL="Representations/rep1"', 'LABEL="content"')


_XSD: Final = "schemas/skolskjutsansokan.xsd"
_PREMIS: Final = _BELOW + "metadata/preservation/premis.xml"
_NAMED: Final = {"FGS 2.0": frozenset({"FGS-RA-6"})}
"""Riksarkivet's document names the files by their places too."""
_UNLISTED: Final = frozenset({"EARKIV-FIX-4"})
LIES: Final[Mapping[str, FolderLie]] = {
    "CSIPSTR2": FolderLie(told=_other_name),
    "CSIPSTR4": FolderLie(told=_mets_in_lower_case),
    "CSIPSTR5": FolderLie(told=_without_metadata, also_in={"AIP": frozenset({"AIPM5"})}, spared=OLDER_ERMS),
    "CSIPSTR6": FolderLie(told=_moved("metadata/preservation/premis.xml", "metadata/other/premis.xml")),
    "CSIPSTR7": FolderLie(told=_moved("metadata/descriptive/erms.xml", "metadata/erms.xml")),
    "CSIPSTR10": FolderLie(told=_stray("representations/x.xml"), also=_UNLISTED),
    "CSIPSTR9": FolderLie(told=_without_representations, also=frozenset({"CSIP114"}), also_in=_NAMED),
    "CSIPSTR11": FolderLie(told=_content_elsewhere(_BELOW, _BELOW + _METS), also=frozenset({"CSIP64"}), also_in=_NAMED),
    "CSIPSTR12": FolderLie(told=flattened),
    "CSIPSTR13": FolderLie(
        told=_moved(_PREMIS, _BELOW + "preservation/premis.xml", _BELOW + _METS), also=frozenset({"CSIPSTR6"})
    ),
    "CSIPSTR15": FolderLie(told=_moved(_XSD, "xsd/skolskjutsansokan.xsd"), also=frozenset({"CSIP64"})),
    "CSIP17": FolderLie(told=_stray("metadata/descriptive/ead.xml"), also=_UNLISTED),
    "CSIP32": FolderLie(told=_stray("metadata/preservation/mer.xml"), also=_UNLISTED),
}
