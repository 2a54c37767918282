"""Packages in memory: a sound one of each dialect, lies told in it, and the verdict on it as folder, ZIP or TAR."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ingest.application.validate_package import Report, validate
from ingest.domain.findings import Finding, Location, Severity
from samples.simulator.breaking import restate
from samples.simulator.containers import write_tar, write_zip
from samples.simulator.layout import write
from samples.simulator.xml_tree import sha256

Change = Callable[[bytes], bytes]
METADATA: Final = frozenset(
    {"case.json", "sip.xml", "METS.xml", "Arendehantering.xml", "erms.xml", "premis.xml", "additionalPackageInfo.xml"}
)
WHOLE_PACKAGE: Final = frozenset({"EARKIV-PKG-2", "EARKIV-PKG-4", "CSIPSTR1"})
"""Rules about the package as such: no file in it is to blame."""
WHOLE_FILE: Final = frozenset(
    {
        "EARKIV-FIX-4",  # A file that nothing lists: no line anywhere names it.
        "EARKIV-PKG-5",  # A name that no file may have.
        "EARKIV-PKG-6",
        "EARKIV-PKG-8",  # Descriptors that disagree.
        "CSIP17",  # A description in the package that no METS describes.
        "CSIP31",
        "CSIP32",
        "CSIPSTR4",
    }
)
"""Rules about a file as a whole, which may say so by giving no line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Every file of a package by its path from the root; `name` is that of the root folder.

    `root` is the folder around them in a container, None = the same, "" = none.
    """

    name: str
    files: Mapping[str, bytes]
    root: str | None = None

    def text(self, path: str) -> str:
        return self.files[path].decode("utf-8")

    def line_of(self, path: str, words: str) -> int:
        """Give the first line of a text that holds these words."""
        lines = self.text(path).splitlines()
        return next(number for number, line in enumerate(lines, start=1) if words in line)


def package_of(folder: Path) -> Package:
    """Take a folder into memory."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return Package(name=folder.name, files={path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


# ------------------------------------------------------------------------------------------- changes


def with_file(package: Package, path: str, content: bytes) -> Package:
    """Put a file there; what states its digest and size is left as it is."""
    return replace(package, files={**package.files, path: content})


def without(package: Package, path: str) -> Package:
    return replace(package, files={name: content for name, content in package.files.items() if name != path})


def renamed(package: Package, path: str, name: str) -> Package:
    return with_file(without(package, path), name, package.files[path])


def rewritten(package: Package, path: str, change: Change) -> Package:
    """Change a file and whatever states its digest or size, so that the change alone is wrong."""
    before = package.files[path]
    after = change(before)
    assert after != before, f"nothing to change in {path}"
    changed = with_file(package, path, after)
    digest = sha256(before).encode()
    for other, content in package.files.items():
        if other != path and other.rpartition("/")[2] in METADATA and digest in content:
            changed = rewritten(changed, other, lambda text: restate(text, before, after))
    return changed


def lied(package: Package, path: str, pattern: str, said: str, times: int = 1) -> Package:
    """Say something else in the first places of a text that match (0 = in all)."""

    def change(content: bytes) -> bytes:
        text, found = re.subn(pattern, said, content.decode("utf-8"), count=times, flags=re.DOTALL)
        assert found, f"{pattern} in {path}"
        return text.encode("utf-8")

    return rewritten(package, path, change)


# ------------------------------------------------------------------------------------------- verdicts


def as_folder(package: Package, place: Path) -> Path:
    folder = place / package.name
    folder.mkdir()
    for path, content in package.files.items():
        write(folder, path, content)
    return folder


def as_zip(package: Package, place: Path) -> Path:
    container = place / f"{package.name}.zip"
    write_zip(as_folder(package, place), container, root=package.name if package.root is None else package.root)
    return container


def as_tar(package: Package, place: Path) -> Path:
    container = place / f"{package.name}.tar"
    write_tar(as_folder(package, place), container, root=package.name if package.root is None else package.root)
    return container


Form = Callable[[Package, Path], Path]
FORMS: Final[tuple[Form, ...]] = (as_folder, as_zip, as_tar)


def judged(package: Package, form: Form = as_folder) -> Report:
    with TemporaryDirectory() as place:
        return validate(form(package, Path(place)))


def ids(report: Report) -> frozenset[str]:
    return frozenset(finding.rule for finding in report.findings)


def told(report: Report, rule: str) -> Finding:
    return next(finding for finding in report.findings if finding.rule == rule)


def badly_placed(package: Package, report: Report) -> list[tuple[str, Location]]:
    """Give the errors without a file, or without a line that the file has."""
    errors = (finding for finding in report.findings if finding.severity is Severity.ERROR)
    return [(f.rule, place) for f in errors for place in f.locations if not _is_placed(package, f.rule, place)]


def _is_placed(package: Package, rule: str, place: Location) -> bool:
    if not place.file:
        return rule in WHOLE_PACKAGE
    content = package.files.get(place.file)
    if content is None or rule in WHOLE_FILE:
        return rule in WHOLE_FILE
    return 0 < place.line <= content.count(b"\n") + 1
