"""The lies about one file of a package: gone, cut short, changed, listed wrongly or doubly, under another name."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from samples.simulator.xml_tree import sha256
from tests.lies.dialects import BARE_ERMS, CASE_PUSH, EARD, FGS_1, WITH_CSIP, Dialect, sound
from tests.lies.packages import Package, lied, renamed, with_file, without

_REPORT: Final = "Utredning skolväg.pdf"
_OUT: Final = "../../../../../../etc/hostname"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file and the document that lists it; `link` is how that document writes where it lies.

    `named` are the documents that name it by its link or name, the listing first; `place` is what the outcome goes by.
    """

    dialect: Dialect
    place: str
    listing: str
    link: str
    path: str
    named: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.dialect}, {self.place}"

    @property
    def leaf(self) -> str:
        return self.path.rpartition("/")[2]

    def package(self) -> Package:
        return sound(self.dialect)


def _in_package(dialect: Dialect) -> Target:
    path = "documentation/Om leveransen.txt"
    return Target(
        dialect=dialect, place="package METS", listing="METS.xml", link=quote(path), path=path, named=("METS.xml",)
    )


def _in_representation(dialect: Dialect) -> Target:
    listing = "representations/rep1/METS.xml"
    words = ("documentation/additionalPackageInfo.xml",) if "FGS 2.0" in dialect.traits else ()
    return Target(
        dialect=dialect,
        place="representation METS",
        listing=listing,
        link=quote(f"data/{_REPORT}"),
        path=f"representations/rep1/data/{_REPORT}",
        named=(listing, dialect.description, *words),
    )


def _in_sip(dialect: Dialect) -> Target:
    path = "Content/1/Situationsplan.tif"
    return Target(
        dialect=dialect,
        place="sip.xml",
        listing="sip.xml",
        link=f"file:{path}" if dialect is EARD else f"file:///{path}",
        path=path,
        named=("sip.xml", dialect.description),
    )


def _in_description(dialect: Dialect, folder: str, below: str) -> Target:
    return Target(
        dialect=dialect,
        place=dialect.name,
        listing=dialect.descriptor,
        link=below + _REPORT,
        path=folder + _REPORT,
        named=(dialect.descriptor,),
    )


TARGETS: Final = (
    *map(_in_package, WITH_CSIP),
    *map(_in_representation, WITH_CSIP),
    *map(_in_sip, (*FGS_1, EARD)),
    _in_description(BARE_ERMS, "content/90482/", ""),
    _in_description(CASE_PUSH, "documents/", "documents/"),
)
Told = Callable[[Package, Target], Package]

# ------------------------------------------------------------------------------------------- the file


def missing(package: Package, target: Target) -> Package:
    return without(package, target.path)


def truncated(package: Package, target: Target) -> Package:
    return with_file(package, target.path, package.files[target.path][:-40])


def emptied(package: Package, target: Target) -> Package:
    return with_file(package, target.path, b"")


def changed(package: Package, target: Target) -> Package:
    """Change one bit; the size stays."""
    content = package.files[target.path]
    return with_file(package, target.path, bytes([content[0] ^ 1]) + content[1:])


def unlisted(package: Package, target: Target) -> Package:
    return with_file(package, target.path.replace(target.leaf, "Olistad.txt"), b"Ingen har listat mig.\n")


def accented(package: Package, target: Target) -> Package:
    """Give a file that has a plain name one with å, wherever it is named."""
    name = target.path.replace(target.leaf, f"På {target.leaf}")
    for listing in target.named:
        find = rf'(?<=[/"])(?:{re.escape(target.leaf)}|{quote(target.leaf)})(?=")'
        package = lied(package, listing, find, quote(f"På {target.leaf}"), times=0)
    return renamed(package, target.path, name)


def decomposed(package: Package, target: Target) -> Package:
    """Write å as two characters in the file's name, and as one where it is listed."""
    path = target.path
    if path.isascii():
        path = path.replace(target.leaf, f"På {target.leaf}")
        package = accented(package, target)
    return renamed(package, path, unicodedata.normalize("NFD", path))


def in_capitals(package: Package, target: Target) -> Package:
    return renamed(package, target.path, target.path.replace(target.leaf, target.leaf.upper()))


# ------------------------------------------------------------------------------------------- its entry


def _relinked(package: Package, target: Target, link: str) -> Package:
    find = rf'((?:href="|path="|"path": "|Lank="))({re.escape(target.link)})(?=")'
    return lied(package, target.listing, find, r"\1" + link.replace("\\", r"\\"))


def out_of_the_package(package: Package, target: Target) -> Package:
    return _relinked(package, target, _OUT)


def absolute(package: Package, target: Target) -> Package:
    return _relinked(package, target, "/etc/hostname")


def to_nothing(package: Package, target: Target) -> Package:
    return _relinked(package, target, target.link + ".borta")


def elsewhere(package: Package, target: Target) -> Package:
    return _relinked(package, target, f"https://example.se/{quote(target.leaf)}")


def backwards(package: Package, target: Target) -> Package:
    """Write backslashes for slashes; one comes of the folder itself where the link has none."""
    scheme, rest = re.findall("(file:/*|)(.*)", target.link)[0]
    back = "\\" if target.listing != "case.json" else "\\\\"
    return _relinked(package, target, scheme + (rest if "/" in rest else f"./{rest}").replace("/", back))


def uncoded(package: Package, target: Target) -> Package:
    """Write spaces and å, ä, ö as they are in a link, which is a URL."""
    return _relinked(package, target, unquote(target.link))


def _stated(package: Package, target: Target, find: str, put: str) -> Package:
    return lied(package, target.listing, find, put)


def other_digest(package: Package, target: Target) -> Package:
    digest = sha256(package.files[target.path])
    return _stated(package, target, digest, digest[::-1])


def impossible_digest(package: Package, target: Target) -> Package:
    return _stated(package, target, sha256(package.files[target.path]), "abc123")


def other_size(package: Package, target: Target) -> Package:
    content = package.files[target.path]
    digest = sha256(content)
    find = rf'((?:SIZE="|"size": )){len(content)}(?=[^>{{}}]*{digest})'
    return _stated(package, target, find, rf"\g<1>{len(content) + 1}")


def doubled(package: Package, target: Target) -> Package:
    """List it once more, under another ID."""
    find = rf'<mets:file ID="([^"]*)"((?:(?!</mets:file>).)*"{re.escape(target.link)}".*?</mets:file>)'
    return _stated(package, target, find, r'\g<0><mets:file ID="\1x"\2')
