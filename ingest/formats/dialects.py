"""Which dialect a package is written in, told by the content of the files in its root, never by their names.

A METS document is FGS 1.x or E-ARK by its PROFILE, or, where that tells nothing, by whose attributes it has. Names
matter only for what cannot be read: a broken `sip.xml` is still the descriptor. The version of FGS 1.x that is told
here is that of the root alone; whoever reads the header may know better (`fgs12_versions`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect
from ingest.formats.bare_erms import erms_documents
from ingest.formats.case_push_json import MAX_BYTES, JsonDocument, read_json
from ingest.formats.eark_mets import dialect_of
from ingest.formats.fgs12_versions import is_fgs_profile, version_of
from ingest.formats.mets_values import METS, PREFIXES
from ingest.formats.views import PackageView
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_bounds import FARTHEST_ROOT_BYTES, GuardedParser
from ingest.formats.xml_words import local_name, namespace_of

UNKNOWN = "EARKIV-PKG-2"
EMPTY = "EARKIV-PKG-4"
AMBIGUOUS = "EARKIV-PKG-8"
RENAMED = "EARKIV-PKG-11"
_FGS_ATTRIBUTES = "ext:"
_CONTENT_TYPE = "csip:CONTENTINFORMATIONTYPE"
_USUAL_NAMES: Mapping[str, Dialect] = {
    "sip.xml": Dialect.FGS_1_2,
    "mets.xml": Dialect.EARK_2_1,
    "case.json": Dialect.CASE_PUSH,
}
_PIECE = 256
_MARKS = (b"<", b"{", b"\xff\xfe", b"\xfe\xff")
_HELD = ({"case"}, {"cases"}, {"records"})


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlRoot:
    """A document element: its namespace ("" for none), local name and attributes (`{namespace}name`)."""

    namespace: str
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """The dialect of a package, its descriptor, and what is remarkable about how that was found."""

    dialect: Dialect
    descriptor: PackagePath
    remarks: tuple[Violation, ...] = ()


def detect(view: PackageView) -> Detected | Violation:
    """Tell a package's dialect and descriptor, or why it cannot be told. OSError passes through."""
    if not view.entries:
        return Violation(rule=EMPTY, location=Location(file=""))
    top = tuple(path for path in view.entries if "/" not in path)
    found = tuple(_described(view, top))
    match found:
        case (one,):
            return one
        case ():
            return _broken(top) or _bare_erms(view) or Violation(rule=UNKNOWN, location=Location(file=""))
        case _:
            names = ", ".join(each.descriptor for each in found)
            return Violation(rule=AMBIGUOUS, location=Location(file=found[0].descriptor), detail=names)


def may_describe(path: PackagePath, head: bytes) -> bool:
    """Tell by a name from the package's root and a file's first bytes whether it may be what `detect` looks for.

    False for every file means that `detect` would find nothing: so many files need not be unpacked to say so.
    """
    if path.lower().endswith(".xml") or path.lower() in _USUAL_NAMES:
        return True
    return "/" not in path and head[:_PIECE].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_MARKS)


def dialect_of_mets(root: XmlRoot, name: str) -> Dialect:
    """Tell the dialect of a METS document by its root; `name` decides only when nothing in it does."""
    stated = dict(_stated(root))
    profile = stated.get("PROFILE", "")
    is_eark = "dilcis.eu" in profile.lower() and not is_fgs_profile(profile)
    is_fgs = is_fgs_profile(profile) or any(attribute.startswith(_FGS_ATTRIBUTES) for attribute in stated)
    if is_eark or not (is_fgs or _USUAL_NAMES.get(name.lower()) is Dialect.FGS_1_2):
        return dialect_of(profile, stated.get(_CONTENT_TYPE, ""))
    return version_of(stated, {}).dialect


def _stated(root: XmlRoot) -> Iterator[tuple[str, str]]:
    """Give the attributes under their readable names."""
    for name, value in root.attributes.items():
        namespace, _, local = name.removeprefix("{").rpartition("}")
        yield (f"{PREFIXES[namespace]}:{local}" if namespace in PREFIXES else name), value


def root_of(path: Path) -> XmlRoot | None:
    """Read no further than the document element; None when the file does not come that far as XML in its first MiB.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as source:
        return root_in(source)


def root_in(source: BinaryIO) -> XmlRoot | None:
    """Read no further than the document element, as `root_of` does, from a stream."""
    return _root_in(_pieces(source))


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    """Read in small pieces: what is wrong further down must not hide what the document is."""
    while piece := source.read(_PIECE):
        yield piece


def _root_in(pieces: Iterator[bytes]) -> XmlRoot | None:
    parser = GuardedParser(schema=None)
    for piece in islice(pieces, FARTHEST_ROOT_BYTES // _PIECE):
        try:
            first = next(parser.feed(piece), None)
        except XmlRefused:
            return None
        if first is not None:
            return _root(first[1])
    return None


def _root(element: etree._Element) -> XmlRoot:
    attributes = {str(name): str(value) for name, value in element.items()}
    return XmlRoot(namespace=namespace_of(element), name=local_name(element), attributes=attributes)


def _described(view: PackageView, paths: tuple[PackagePath, ...]) -> Iterator[Detected]:
    for path in paths:
        with view.open(path) as source:
            dialect = _dialect_in(source, path)
        if dialect is not None:
            yield Detected(dialect=dialect, descriptor=path, remarks=_renamed(path))


def _dialect_in(source: BinaryIO, path: PackagePath) -> Dialect | None:
    head = source.read(_PIECE)
    told = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not told.startswith(_MARKS):
        return None
    if told.startswith(b"{"):
        content = head + source.read(MAX_BYTES + 1 - len(head))
        return Dialect.CASE_PUSH if _is_case_push(content) else None
    root = _root_in(chain((head,), _pieces(source)))
    is_mets = root is not None and (root.namespace, root.name) == (METS, "mets")
    return dialect_of_mets(root, path) if root is not None and is_mets else None


def _is_case_push(content: bytes) -> bool:
    match read_json(content):
        case JsonDocument(value=dict() as said):
            return not {"delivery", "archivalCreator"}.isdisjoint(said) and any(held <= said.keys() for held in _HELD)
        case _:
            return False


def _renamed(path: PackagePath) -> tuple[Violation, ...]:
    if path.lower() in _USUAL_NAMES:
        return ()
    return (Violation(rule=RENAMED, location=Location(file=path)),)


def _broken(top: tuple[PackagePath, ...]) -> Detected | None:
    """Take a file with a descriptor's name for the descriptor though its content does not say so."""
    named = [path for path in top if path.lower() in _USUAL_NAMES]
    if not named:
        return None
    return Detected(dialect=_USUAL_NAMES[named[0].lower()], descriptor=named[0])


def _bare_erms(view: PackageView) -> Detected | None:
    documents = erms_documents(view)
    return Detected(dialect=Dialect.ERMS, descriptor=documents[0]) if documents else None
