"""Which delivered files of an E-ARK package describe it: METS, ERMS, PREMIS, EAD, schemas."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ingest.domain.paths import PackagePath
from ingest.formats.eark_additional import FILE_NAME
from ingest.formats.erms_reader import is_erms
from ingest.formats.views import PackageView

_METADATA_FOLDERS = frozenset({"metadata", "schemas"})
_ERMS_TYPES = ("citserms", "erms")


def describing(paths: Iterable[PackagePath]) -> Iterator[PackagePath]:
    """Give the files that describe the package by where they lie (CSIPSTR5-8, CSIPSTR15), in order."""
    for path in paths:
        match path.split("/"):
            case [folder, _, *_] if folder in _METADATA_FOLDERS:
                yield path
            case ["representations", _, folder, _, *_] if folder in _METADATA_FOLDERS:
                yield path
            case ["representations", _, name] if name.lower() == "mets.xml":
                yield path
            case ["documentation", name] if name.lower() == FILE_NAME:
                yield path


def additional_words_file(paths: Iterable[PackagePath]) -> PackagePath | None:
    """Find Riksarkivet's additional package description, which lies in documentation or metadata."""
    return next((path for path in paths if path.lower().rpartition("/")[2] == FILE_NAME), None)


def erms_documents(
    view: PackageView, descriptive: Iterable[PackagePath], content_types: frozenset[str]
) -> tuple[PackagePath, ...]:
    """Find the ERMS documents by their content, where the package's own descriptions are before the rest.

    Looked at in turn, until one place has any: what dmdSecs point to and the package's `metadata/`; the
    representations' metadata; their content named like ERMS; all XML content when a METS announces ERMS.
    """
    xml = [path for path in view.entries if path.lower().endswith(".xml")]
    content = [path for path in xml if path.startswith("representations/")]
    announced = any(kind.lower().startswith(_ERMS_TYPES) for kind in content_types)
    places = (
        [*descriptive, *(path for path in xml if path.startswith("metadata/"))],
        [path for path in content if path.split("/")[2:3] == ["metadata"]],
        [path for path in content if "erms" in PurePosixPath(path).name.lower()],
        content if announced else [],
    )
    for place in places:
        found = tuple(path for path in dict.fromkeys(place) if _is_erms(view, path))
        if found:
            return found
    return ()


def _is_erms(view: PackageView, path: PackagePath) -> bool:
    with view.open(path) as source:
        return is_erms(source)


def representation_folders(paths: Iterable[PackagePath]) -> tuple[str, ...]:
    """Give the folders that representations' files are counted from: each one's own and its `data/`."""
    names = dict.fromkeys(path.split("/")[1] for path in paths if path.startswith("representations/"))
    return tuple(folder for name in names for folder in (f"representations/{name}/data", f"representations/{name}"))
