"""Ways to break a folder that the simulator built, one named fault each (containers: `breaking_containers`).

A fault in a metadata file stays the only fault: `rewrite` brings up to date what states its digest or size.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from samples.simulator.xml_tree import sha256

_METADATA_NAMES = frozenset({"case.json", "sip.xml", "METS.xml", "Arendehantering.xml", "erms.xml", "premis.xml"})
_PLACES_BESIDE = frozenset({"documentation", "schemas"})
# What states a digest and a size together: an XML tag, a JSON object, or PREMIS' element of both.
_STATEMENT = re.compile(
    rb"<premis:objectCharacteristics>.*?</premis:objectCharacteristics>|<[^<>]*>|\{[^{}]*\}", re.DOTALL
)
_OPEN_CASE = (
    (re.compile(rb"<(\w+:)?Avslutat>[^<]*</(\w+:)?Avslutat>"), b""),
    (re.compile(rb"(?<=StatusArande>)[^<]*"), "Öppet".encode()),
    (re.compile(rb'<(\w+:)?date dateType="closed">[^<]*</(\w+:)?date>'), b""),
    (re.compile(rb'(?<=status value=")closed'), b"open"),
    (re.compile(rb'"closed": "\d{4}-\d\d-\d\d",'), b""),
    (re.compile(rb'(?<="status": ")closed'), b"open"),
)


def documents(folder: Path) -> tuple[str, ...]:
    """List a built folder's documents by path, sorted: all files but metadata, schemas and documentation."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name not in _METADATA_NAMES]
    paths = [path.relative_to(folder) for path in found]
    return tuple(sorted(path.as_posix() for path in paths if path.parts[0] not in _PLACES_BESIDE))


def manifest(folder: Path) -> str:
    """Give the path of the file a reader begins with: case.json, sip.xml, METS.xml or the first erms.xml.

    Raises:
        ValueError: the folder is no package of the simulator.
    """
    return _first(folder, "case.json", "sip.xml", "METS.xml", "content/*/erms.xml")


def description(folder: Path) -> str:
    """Give the path of the (first) file that describes the cases.

    Raises:
        ValueError: the folder is no package of the simulator.
    """
    return _first(
        folder,
        "case.json",
        "Metadata/Arendehantering.xml",
        "metadata/descriptive/erms.xml",
        "content/*/erms.xml",
    )


def _first(folder: Path, *patterns: str) -> str:
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            return path.relative_to(folder).as_posix()
    raise ValueError(f"{folder} is no package of the simulator")


def rewrite(folder: Path, path: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file and everything that states its digest or size, so that nothing but the change is wrong.

    Raises:
        ValueError: the change changes nothing.
    """
    before = (folder / path).read_bytes()
    after = change(before)
    if after == before:
        raise ValueError(f"nothing to change in {path}")
    (folder / path).write_bytes(after)
    for other in sorted(folder.rglob("*")):
        if other.name in _METADATA_NAMES and sha256(before).encode() in other.read_bytes():
            rewrite(folder, other.relative_to(folder).as_posix(), lambda text: restate(text, before, after))


def restate(text: bytes, before: bytes, after: bytes) -> bytes:
    """Bring up to date what a text states of a file, digest and size, now that its content is another."""
    old, new = sha256(before).encode(), sha256(after).encode()
    size = re.compile(rb"(?<![0-9a-f])%d(?![0-9a-f])" % len(before))

    def restated(match: re.Match[bytes]) -> bytes:
        statement = match.group()
        return size.sub(b"%d" % len(after), statement).replace(old, new) if old in statement else statement

    return _STATEMENT.sub(restated, text)


def break_wrong_digest(folder: Path, path: str = "") -> None:
    """Change one bit of a document (the first by default); its size stays."""
    target = folder / (path or documents(folder)[0])
    content = target.read_bytes()
    middle = len(content) // 2
    target.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def break_wrong_size(folder: Path, path: str = "") -> None:
    """State a document's size (the first by default) one too big, with the right digest.

    Raises:
        ValueError: nothing states sizes, as in a bare ERMS delivery.
    """
    content = (folder / (path or documents(folder)[0])).read_bytes()
    digest, size = sha256(content).encode(), b"%d" % len(content)

    def misstated(match: re.Match[bytes]) -> bytes:
        statement = match.group()
        pattern = rb'(SIZE="|Storlek="|"size": |<premis:size>)' + size
        return re.sub(pattern, rb"\g<1>%d" % (len(content) + 1), statement) if digest in statement else statement

    stating = [
        other.relative_to(folder).as_posix()
        for other in sorted(folder.rglob("*"))
        if other.name in _METADATA_NAMES and digest in other.read_bytes()
    ]
    if not stating:
        raise ValueError(f"nothing in {folder} states a document's size")
    for path_of_statement in stating:
        rewrite(folder, path_of_statement, lambda text: _STATEMENT.sub(misstated, text))


def break_missing_file(folder: Path, path: str = "") -> None:
    """Remove a document (the first by default) that the package lists."""
    (folder / (path or documents(folder)[0])).unlink()


def break_unlisted_file(folder: Path, path: str = "") -> None:
    """Add a file that nothing lists, beside the first document by default."""
    target = folder / path if path else (folder / documents(folder)[0]).with_name("Olistad.txt")
    target.write_bytes("Den här filen nämns inte i leveransens förteckning.\n".encode())


def break_empty_file(folder: Path, path: str = "") -> None:
    """Make a document (the first by default) empty, with its size and digest stated rightly."""
    rewrite(folder, path or documents(folder)[0], lambda _: b"")


def break_broken_manifest(folder: Path) -> None:
    """Cut off the end of the file a reader begins with, so that it is no longer well-formed."""
    target = folder / manifest(folder)
    target.write_bytes(target.read_bytes()[:-40])


def break_broken_description(folder: Path) -> None:
    """Cut off the end of the file that describes the cases; what states its digest is kept right."""
    rewrite(folder, description(folder), lambda text: text[:-40])


def break_open_case(folder: Path) -> None:
    """Make the first case open: status open, no closing date."""
    rewrite(folder, description(folder), _opened)


def _opened(text: bytes) -> bytes:
    for pattern, replacement in _OPEN_CASE:
        text = pattern.sub(replacement, text, count=1)
    return text


def break_doctype(folder: Path) -> None:
    """Give the XML file a reader begins with a document type that declares an entity.

    Raises:
        ValueError: the delivery is no XML.
    """
    rewrite(folder, manifest(folder), _with_doctype)


def _with_doctype(text: bytes) -> bytes:
    root = re.search(rb"\n<([\w:]+)", text)
    if root is None:
        raise ValueError("the delivery is no XML")
    declared = b'\n<!DOCTYPE %s [<!ENTITY outside SYSTEM "file:///etc/hostname">]>' % root.group(1)
    return text[: root.start()] + declared + text[root.start() :]


def break_escaping_link(folder: Path) -> None:
    """Put a symbolic link in place of the first document, to a file of the same bytes beside the folder."""
    target = folder / documents(folder)[0]
    outside = folder.parent / f"{folder.name}-utanfor{target.suffix}"
    outside.write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(outside)


def break_escaping_path(folder: Path) -> None:
    """Let the path that lists the first document climb out of the package.

    Raises:
        ValueError: nothing lists the document.
    """
    path = documents(folder)[0]
    place = _listing(folder, path)
    rewrite(folder, place, lambda text: _location(path).sub(b"../../../../../../etc/hostname", text, count=1))


def break_listed_elsewhere(folder: Path) -> None:
    """Let the manifest list the first document by a name that no file has."""
    path = documents(folder)[0]
    place = _listing(folder, path)
    rewrite(folder, place, lambda text: _location(path).sub(lambda found: found.group() + b".borta", text, 1))


def _listing(folder: Path, path: str) -> str:
    """Find the metadata file that lists a document: the manifest, or a representation's METS."""
    for place in (manifest(folder), path.split("/data/", maxsplit=1)[0] + "/METS.xml"):
        if (folder / place).is_file() and _location(path).search((folder / place).read_bytes()):
            return place
    raise ValueError(f"{path} is not listed")


def _location(path: str) -> re.Pattern[bytes]:
    """Match a listed location that ends with the document's name, literally or percent-encoded."""
    name = path.rsplit("/", 1)[-1]
    written = b"|".join(re.escape(form.encode()) for form in (name, quote(name)))
    return re.compile(rb'(?:(?<=href=")|(?<="path": ")|(?<= path="))[^"]*(?:%s)(?=")' % written)


BREAKS: Mapping[str, Callable[[Path], None]] = {
    "wrong_digest": break_wrong_digest,
    "wrong_size": break_wrong_size,
    "missing_file": break_missing_file,
    "unlisted_file": break_unlisted_file,
    "listed_elsewhere": break_listed_elsewhere,
    "broken_manifest": break_broken_manifest,
    "broken_description": break_broken_description,
    "open_case": break_open_case,
    "doctype": break_doctype,
    "escaping_link": break_escaping_link,
    "escaping_path": break_escaping_path,
}
"""What no archive should accept, by name; raises ValueError where a dialect has no such thing to break."""
