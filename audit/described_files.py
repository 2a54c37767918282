"""What the documents inside an AIP say of its files, against what the inventory says: METS and PREMIS fixity."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from audit.stored_objects import StoredObject
from ingest.application.inspect_storage import Inspector
from ingest.domain.damages import DamageKind
from ingest.domain.fixity import DeclaredDigest, DigestAlgorithm
from ingest.formats.mets_elements import File, MdRef, Section, stream_mets
from ingest.formats.premis_fixity import stream_fixity
from ingest.formats.xml import XmlRefused

METS, PREMIS = "METS.xml", "metadata/preservation/premis.xml"
_REPRESENTATION_METS: Final = re.compile(r"(representations/[^/]+/)METS\.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a document says of one file: its place in the AIP, its size as written, its SHA-256 (None = not said)."""

    path: str
    size: str | None
    sha256: str | None
    line: int


def verify_descriptions(inspector: Inspector, stored: StoredObject) -> None:
    """Compare every generation's METS documents and PREMIS with that generation's state in the inventory."""
    for number, state in enumerate(stored.inventory.states, start=1):
        files = {path: digest for digest, paths in state.items() for path in paths}
        for document, read in _documents(files):
            if document not in files:
                _absent(inspector, stored, number, document)
                continue
            content_path = stored.inventory.manifest[files[document]][0]
            if content_path in stored.intact:
                _compare(inspector, stored, files, content_path, read)


def _documents(files: Mapping[str, str]) -> Iterator[tuple[str, Callable[[Path], Iterator[Described]]]]:
    yield METS, lambda path: _in_mets(path, "")
    for file in files:
        found = _REPRESENTATION_METS.fullmatch(file)
        if found:
            folder = found[1]
            yield file, lambda path, folder=folder: _in_mets(path, folder)  # type: ignore[misc]
    yield PREMIS, _in_premis


def _in_mets(path: Path, folder: str) -> Iterator[Described]:
    for element in stream_mets(path):
        match element:
            case File():
                for href in element.hrefs:
                    yield _listed(element, href, folder)
            case Section():
                for reference in element.references:
                    if reference.href is not None:
                        yield _listed(reference, reference.href, folder)
            case _:
                pass


def _listed(element: File | MdRef, href: str, folder: str) -> Described:
    digest = DeclaredDigest(
        algorithm_name=element.attributes.get("CHECKSUMTYPE", ""),
        value=element.attributes.get("CHECKSUM", ""),
    )
    return Described(
        path=folder + unquote(href),
        size=element.attributes.get("SIZE"),
        sha256=_sha256((digest,)),
        line=element.line,
    )


def _in_premis(path: Path) -> Iterator[Described]:
    for file in stream_fixity(path):
        yield Described(path=file.path, size=file.size, sha256=_sha256(file.digests), line=file.line)


def _sha256(digests: Iterable[DeclaredDigest]) -> str | None:
    parsed = (digest.parsed() for digest in digests)
    return next((d.value for d in parsed if d is not None and d.algorithm is DigestAlgorithm.SHA_256), None)


def _compare(
    inspector: Inspector,
    stored: StoredObject,
    files: Mapping[str, str],
    content_path: str,
    read: Callable[[Path], Iterator[Described]],
) -> None:
    key = stored.root + content_path
    with ExitStack() as closing:
        local = inspector.lend(key, closing)
        if local is None:
            return
        try:
            for described in read(local):
                _judge(inspector, stored, files, key, described)
        except (XmlRefused, OSError) as error:
            sv = f"{key} i {inspector.store} går inte att läsa som XML: {error}. Återställ paketet från en annan kopia."
            en = f"{key} in {inspector.store} cannot be read as XML: {error}. Restore the package from another copy."
            inspector.found(DamageKind.UNREADABLE, key, sv, en)


def _judge(
    inspector: Inspector, stored: StoredObject, files: Mapping[str, str], key: str, described: Described
) -> None:
    digest = files.get(described.path)
    if digest is None:
        _contradiction(inspector, key, described, "filen finns inte i paketet", "the file is not in the package")
    elif digest != described.sha256:
        _contradiction(
            inspector,
            key,
            described,
            "kontrollsumman är en annan än i förteckningen",
            "the digest is not the inventory's",
        )
    elif described.size is not None and not _size_holds(stored, digest, described.size):
        _contradiction(
            inspector,
            key,
            described,
            "storleken är en annan än den lagrade filens",
            "the size is not the stored file's",
        )


def _size_holds(stored: StoredObject, digest: str, size: str) -> bool:
    """Whether an intact file is as large as is said; one that is damaged has been named already."""
    fixity = stored.intact.get(stored.inventory.manifest[digest][0])
    return fixity is None or str(fixity.size) == size


def _contradiction(inspector: Inspector, key: str, described: Described, sv: str, en: str) -> None:
    where = f"{key}, rad {described.line}, om {described.path} i {inspector.store}: {sv}"
    there = f"{key}, line {described.line}, on {described.path} in {inspector.store}: {en}"
    act = ("Jämför med en annan kopia av paketet.", "Compare another copy of the package.")
    inspector.found(DamageKind.CONTRADICTION, key, f"{where}. {act[0]}", f"{there}. {act[1]}")


def _absent(inspector: Inspector, stored: StoredObject, number: int, document: str) -> None:
    key = f"{stored.root}v{number}/inventory.json"
    sv = f"Version {number} i {stored.root} i {inspector.store} har ingen {document}. Jämför med en annan kopia."
    en = f"Version {number} in {stored.root} in {inspector.store} has no {document}. Compare another copy."
    inspector.found(DamageKind.MISSING, key, sv, en)
