"""PRONOM identification by siegfried, inside this process (pygfried).

pygfried takes paths only, holds the interpreter's lock while it works, and hangs in a forked child: it is
imported here on first use, in a process of the spawn-only pool.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from secrets import token_hex
from typing import Any

from ingest.adapters.bounds import without_large_maps
from ingest.domain.packages import FormatDesignation
from ingest.errors import ToolFailed

FAILED = "identifier failed"
_UNKNOWN = "UNKNOWN"
_LARGE_BYTES = 64 << 20
# Longer than any extension that PRONOM knows, shorter than any file system's bound on names.
_MAX_EXTENSION_BYTES = 64

# What pygfried answers: siegfried's report, parsed.
_Report = Mapping[str, Any]


class PronomIdentifier:
    """`FormatIdentifier` for one thread, with a folder for short-lived links that are named as delivered."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._tool = ""

    @property
    def tool(self) -> str:
        """Name, version and signature version, for PREMIS."""
        if not self._tool:
            from importlib.metadata import version  # noqa: PLC0415 - one process of many is asked

            report = _report(Path(os.devnull))
            signatures = "; ".join(source["details"] for source in report["identifiers"])
            self._tool = f"pygfried {version('pygfried')} (siegfried {report['siegfried']}; {signatures})"
        return self._tool

    def identify(self, path: Path, name: str) -> FormatDesignation:
        """Identify a local file delivered under `name`; unknown gives `puid` None. Raises ToolFailed.

        A format known by extension alone or at odds with it, an empty or a damaged file have a `warning`.
        """
        with self._named(path, name) as link, _within_memory(path):
            (found,) = _report(link)["files"]
        matches: Sequence[Mapping[str, str]] = found["matches"]
        if not matches and not os.access(path, os.R_OK):
            raise _failed(found["errors"])
        if not matches:
            return FormatDesignation(puid=None, warning=FAILED)
        return _designation(matches, found["errors"])

    @contextmanager
    def _named(self, path: Path, name: str) -> Iterator[Path]:
        """Lend a path with the delivered extension: some formats show in nothing else."""
        extension = os.path.splitext("x" + name.rpartition("/")[2])[1]  # noqa: PTH122 - the name is no path here
        if path.suffix == extension or len(extension.encode()) > _MAX_EXTENSION_BYTES:
            yield path
            return
        link = self._workspace / f"earkiv-{token_hex(16)}{extension}"
        try:
            link.symlink_to(path.absolute())
        except OSError as error:
            raise _failed(str(error)) from error
        try:
            yield link
        finally:
            link.unlink(missing_ok=True)


def _within_memory(path: Path) -> AbstractContextManager[None]:
    """Keep siegfried from holding a large file in memory whole."""
    size = path.stat().st_size if path.exists() else 0
    return without_large_maps(size - 1) if size > _LARGE_BYTES else nullcontext()


def _report(path: Path) -> _Report:
    try:
        import pygfried  # noqa: PLC0415 - see above: never in a process that could be forked

        report: _Report = pygfried.identify(str(path), detailed=True)
    except (ImportError, OSError) as error:
        raise _failed(str(error)) from error
    return report


def _designation(matches: Sequence[Mapping[str, str]], fault: str) -> FormatDesignation:
    best, *others = matches
    also = ", ".join(match["id"] for match in others)
    warning = _joined(best["warning"], f"also {also}" if also else "", fault)
    return FormatDesignation(
        puid=None if best["id"] == _UNKNOWN else best["id"],
        name=best["format"],
        version=best["version"],
        mime_type=best["mime"],
        basis=best["basis"],
        warning=warning,
    )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _failed(reason: str) -> ToolFailed:
    return ToolFailed(
        f"Formatidentifieringen svarar inte: {reason}.", f"Format identification does not answer: {reason}."
    )
