"""PDF/A validation, of files that claim to be PDF/A.

page-validation runs in a process of the pool: what a file does to it, it does there. veraPDF, where configured, is
a tool like those that convert.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ingest.adapters.stream_lengths import are_right_after_all
from ingest.adapters.tools.bounds import MIB, Bounds, Exited
from ingest.adapters.tools.confined import Confinement, run, workspace
from ingest.adapters.tools.parts import hand_over
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.packages import FormatDesignation

CLAIMED: Final = MappingProxyType(
    {
        "fmt/95": "1a",
        "fmt/354": "1b",
        "fmt/476": "2a",
        "fmt/477": "2b",
        "fmt/478": "2u",
        "fmt/479": "3a",
        "fmt/480": "3b",
        "fmt/481": "3u",
        "fmt/1910": "4",
        "fmt/1911": "4e",
        "fmt/1912": "4f",
    }
)
"""The profile that a format claims, by PUID."""
VALIDATOR: Final = "page-validation"
_KNOWN: Final = frozenset({"1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u"})
_STREAM_LENGTH: Final = "-STREAM-LENGTH-001"
_REASONS: Final = 3
_REASON: Final = 200
_VERAPDF_BOUNDS: Final = Bounds(seconds=300, cpu_seconds=300, memory=2048 * MIB, processes=16, files=256, bytes=1 << 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class VeraPdf:
    """veraPDF, a program of its own: `program` is its command's path, `scratch` where it may work."""

    program: Path
    scratch: Path

    def judge(self, path: Path, designation: FormatDesignation) -> tuple[Conformance, ...]:
        """Give its verdict on a file that claims to be PDF/A, none on any other. Raises ToolFailed, ObjectMissing."""
        claimed = CLAIMED.get(designation.puid or "")
        if claimed is None:
            return ()
        with workspace(self.scratch) as folder:
            hand_over(path, folder / "source.pdf")
            command = (str(self.program), "--format", "text", "--flavour", claimed, "source.pdf")
            reads = (self.program.resolve().parent,)
            ran = run(Confinement(command=command, folder=folder, bounds=_VERAPDF_BOUNDS, reads=reads))
        words = ran.said.split()
        if "PASS" in words and ran.ending == Exited(code=0):
            return (_verdict("veraPDF", claimed, Conformity.CONFORMS),)
        if "FAIL" in words:
            return (_verdict("veraPDF", claimed, Conformity.VIOLATES),)
        return (_verdict("veraPDF", claimed, Conformity.UNDECIDED, ran.said[-_REASON:]),)


def claims_profile(designation: FormatDesignation) -> bool:
    """Tell whether a file claims to be PDF/A."""
    return designation.puid in CLAIMED


def by_page(path: Path, designation: FormatDesignation) -> tuple[Conformance, ...]:
    """Give page-validation's verdict on a file that claims to be PDF/A, none on any other."""
    claimed = CLAIMED.get(designation.puid or "")
    return () if claimed is None else (_by_page(path, claimed),)


def undecided(designation: FormatDesignation, reason: str) -> tuple[Conformance, ...]:
    """Say of a file that claims to be PDF/A that nobody could judge it."""
    claimed = CLAIMED.get(designation.puid or "")
    return () if claimed is None else (_verdict(_tool(), claimed, Conformity.UNDECIDED, reason),)


def _by_page(path: Path, claimed: str) -> Conformance:
    if claimed not in _KNOWN:
        return _verdict(_tool(), claimed, Conformity.UNDECIDED, f"no validator for PDF/A-{claimed}")
    import page  # noqa: PLC0415 - native code: only where a file is judged, in a process of the pool

    try:
        report = page.validate_pdf(path, profile=claimed)
    except page.PageError as error:
        return _verdict(_tool(), claimed, Conformity.UNDECIDED, _short(str(error)))
    except BaseException as error:
        # A panic of the native code is no Exception; it concerns this file alone.
        if type(error).__name__ != "PanicException":
            raise
        logging.getLogger(__name__).warning("page-validation panicked")
        return _verdict(_tool(), claimed, Conformity.UNDECIDED, _short(f"the validator failed: {error}"))
    failures = _failures(path, report.failures)
    if report.is_compliant or not failures:
        return _verdict(_tool(), claimed, Conformity.CONFORMS)
    told = dict.fromkeys(_short(f"{failure.rule_id}: {failure.message}") for failure in failures)
    return _verdict(_tool(), claimed, Conformity.VIOLATES, *tuple(told)[:_REASONS])


def _failures(path: Path, told: list[Any]) -> list[Any]:
    """Give a report's failures without those about lengths of streams that are right."""
    lengths = [failure for failure in told if failure.rule_id.endswith(_STREAM_LENGTH)]
    streams = [(each.object_id.object_number, each.object_id.generation) for each in lengths if each.object_id]
    if not lengths or len(streams) < len(lengths) or not are_right_after_all(path, streams):
        return told
    return [failure for failure in told if not failure.rule_id.endswith(_STREAM_LENGTH)]


def _tool() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - where there is a PDF/A

    return f"{VALIDATOR} {version(VALIDATOR)}"


def _verdict(tool: str, claimed: str, verdict: Conformity, *reasons: str) -> Conformance:
    return Conformance(tool=tool, profile=f"PDF/A-{claimed}", verdict=verdict, reasons=tuple(filter(None, reasons)))


def _short(text: str) -> str:
    return " ".join(text.split())[:_REASON]
