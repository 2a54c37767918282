"""Which file of the package a PREMIS object means, and what it says of that file's size and digests."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from ingest.domain.fixity import DeclaredDigest
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import FileReference
from ingest.formats.xml_elements import XSI_TYPE, Element
from ingest.rules.demands import Seen

_SCHEME = "file:"
_LONGEST = 18


def place_of(element: Element) -> str:
    """Give the place in the package that a file object states, "" when it states none there.

    A place outside the package (a path of the producer's own store, an address) is the producer's own affair.
    """
    link = element.words("storage", "contentLocation", "contentLocationValue")
    bare = link.removeprefix(_SCHEME)
    outside = ":" in bare or "\\" in bare or (bare.startswith("/") and bare == link)
    is_file = element.name == "object" and element.stated(XSI_TYPE) == "file"
    return link if is_file and bare.strip("/") and not outside else ""


def find(link: str, source: PackagePath, entries: Collection[PackagePath]) -> PackagePath | None:
    """Find the file that a place means: counted from the root, from the representation, or from the document."""
    return next((path for path in _candidates(link, source) if path in entries), None)


def _candidates(link: str, source: PackagePath) -> Iterator[PackagePath]:
    folders = [""]
    match source.split("/"):
        case ["representations", name, *_]:
            folders += [f"representations/{name}/", f"representations/{name}/data/"]
        case _:
            pass
    folders.append(f"{PurePosixPath(source).parent}/")
    bare = link.removeprefix(_SCHEME).lstrip("/").removeprefix("./")
    for folder in folders:
        for spelling in dict.fromkeys((bare, unquote(bare))):
            yield PackagePath(folder + spelling)


def claims_of(seen: Seen, link: str, path: PackagePath) -> Iterator[FileReference]:
    """Give what a file object says of its file: one claim per digest, the size with the first.

    A digest that its algorithm cannot give is told by EARKIV-PM-5 and claims nothing.
    """
    for characteristics in seen.element.named("objectCharacteristics"):
        size = characteristics.words("size")
        stated = int(size) if size.isdecimal() and len(size) <= _LONGEST else None
        every = map(_digest, characteristics.named("fixity"))
        digests: list[DeclaredDigest | None] = [digest for digest in every if digest.parsed()]
        for digest in digests or [None]:
            yield FileReference(
                href=link, path=path, source=seen.source, line=seen.element.line, size=stated, digest=digest
            )
            stated = None


def _digest(fixity: Element) -> DeclaredDigest:
    return DeclaredDigest(algorithm_name=fixity.words("messageDigestAlgorithm"), value=fixity.words("messageDigest"))
