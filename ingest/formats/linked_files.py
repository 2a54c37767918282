"""Looks up what METS and ERMS documents link to, and gathers what was remarkable about the links."""

import re
from collections.abc import Iterable
from functools import partial

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.formats.erms_files import Resolve
from ingest.formats.file_shapes import WITH_SCHEME
from ingest.formats.links import (
    DeliveredNames,
    Resolution,
    attachment_bases,
    resolve,
    resolve_attachment,
)

_PLAIN = re.compile(r"[A-Za-z0-9._~/-]+\Z")
_INSIDE = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}/){0,9}[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}\Z")


class LinkedFiles:
    """The files of one package as descriptors name them; `violations` grows with every remarkable link."""

    def __init__(self, paths: Iterable[PackagePath]) -> None:
        """Know the delivered names."""
        self._paths = frozenset(paths)
        self._names = DeliveredNames(self._paths)
        self._tops = tuple({path.partition("/")[0]: path for path in self._paths}.values())
        self.violations: list[Violation] = []

    def of_mets(self, source: PackagePath) -> "MetsLinks":
        """Follow links of a METS document: from its folder, and from the root if only that has the file."""
        return MetsLinks(self, source)

    def hold(self, paths: Iterable[str]) -> bool:
        """Say whether all of these are delivered files."""
        return self._paths.issuperset(paths)

    @property
    def are_none(self) -> bool:
        """Whether there are none, as for a METS that is judged alone."""
        return not self._paths

    def follow(self, source: PackagePath, href: str, line: int) -> PackagePath | None:
        """Follow one link of a METS document, and note what is remarkable about it."""
        own = source.rpartition("/")[0]
        name = href.removeprefix(WITH_SCHEME)
        plain = PackagePath(f"{own}/{name}" if own else name)
        if plain in self._paths and _PLAIN.match(name):
            return plain  # What `resolve` would say, without its work: most links of most packages.
        if not self._paths and _INSIDE.match(href):
            return None  # Likewise, for a METS that is judged alone.
        folder, rest = _climbed(own, href)
        found = resolve(rest, self._names, (folder,))
        if not found.candidates and own and rest == href:
            found = resolve(href, self._names)
        return self._noted(found, source, href, line)

    def of_erms(self, source: PackagePath, folders: Iterable[str] = ()) -> Resolve:
        """Follow links of an ERMS document: from its folder, the root, `content/` and these folders."""
        bases = (*attachment_bases(source, self._tops), *folders)
        return partial(self._of_erms, source, tuple(dict.fromkeys(bases)))

    def _of_erms(self, source: PackagePath, bases: tuple[str, ...], href: str, line: int) -> PackagePath | None:
        return self._noted(resolve_attachment(href, self._names, bases), source, href, line)

    def _noted(self, found: Resolution, source: PackagePath, href: str, line: int) -> PackagePath | None:
        location = Location(file=source, line=line, value=href)
        self.violations.extend(Violation(rule=remark, location=location) for remark in found.remarks)
        return found.path


def _climbed(folder: str, href: str) -> tuple[str, str]:
    """Follow each `../` that a link begins with one folder up, never above the package's root (RFC 3986, 5.2.4)."""
    while folder and href.startswith("../"):
        folder, href = folder.rpartition("/")[0], href.removeprefix("../")
    return folder, href


class MetsLinks:
    """Follows the links of one METS document, one at a time or many plain ones at once."""

    def __init__(self, files: LinkedFiles, source: PackagePath) -> None:
        """Know the package's files, and where the document lies among them."""
        self._files = files
        self._source = source
        own = source.rpartition("/")[0]
        self.folder = None if files.are_none else f"{own}/" if own else ""

    def __call__(self, href: str, line: int) -> PackagePath | None:
        """Give the file that answers to a link."""
        return self._files.follow(self._source, href, line)

    def answer(self, hrefs: Iterable[str]) -> bool:
        """Say of ordinary links (`file_shapes`) whether each has the answer that its words and `folder` give.

        Without a folder that is no answer at all, and nothing to remark.
        """
        if self.folder is None:
            return True
        return self._files.hold([self.folder + href.removeprefix(WITH_SCHEME) for href in hrefs])
