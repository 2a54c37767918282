"""Tools that are run once per file: Ghostscript, libvips, ffmpeg. Each is told what it reads, and guesses nothing."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from ingest.adapters.tools.bounds import MIB, Bounds
from ingest.adapters.tools.confined import Confinement, run, workspace
from ingest.adapters.tools.parts import hand_over, write_new
from ingest.adapters.tools.tool import Tried, cost_of, fault_of
from ingest.domain.allowances import Allowance
from ingest.domain.conversions import ConversionFault, ConversionRequest, NotConverted
from ingest.errors import ConfigurationError

_VERSION: Final = re.compile(r"\d+(?:\.\d+)+\S*")
SOURCE: Final = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A command without the program itself, the files that it needs beside the source, and the name of its result."""

    arguments: tuple[str, ...]
    result: str
    beside: tuple[tuple[str, str], ...] = ()


class CommandTool(ABC):
    """`Tool` that is a program with arguments; `asking` makes it tell its version.

    `reads` is what it must read beside its own folder and what the system shares with every program. `more_data` are
    the bytes that it may ask for beyond its memory, and hardly touches: stacks of threads.
    """

    title: str
    asking: str
    reads: tuple[Path, ...] = ()
    more_data: int = 48 * MIB

    def __init__(self, program: Path, scratch: Path, bounds: Bounds) -> None:
        self._program = program
        self._scratch = scratch
        self._bounds = bounds

    @cached_property
    def version(self) -> str:
        """Name and version. Raises ToolFailed."""
        bounds = Bounds(seconds=60, cpu_seconds=30, memory=512 * MIB, processes=8, files=64, bytes=MIB)
        with workspace(self._scratch) as folder:
            command = (str(self._program), self.asking)
            ran = run(Confinement(command=command, folder=folder, bounds=bounds, reads=self.reads))
        found = _VERSION.search(ran.said)
        return f"{self.title} {found[0]}" if found else self.title

    @contextmanager
    def convert(self, source: Path, request: ConversionRequest, allowance: Allowance) -> Iterator[Tried]:
        """Run the program on a copy of the source in a folder of its own. Raises ToolFailed, ObjectMissing."""
        preparation = self.prepared(request)
        if preparation is None:
            cannot = f"{self.title} cannot make {request.target.title}"
            yield Tried(made=NotConverted(reason=ConversionFault.FAILED, detail=cannot))
            return
        bounds = replace(self._bounds.within(allowance), data=allowance.memory + self.more_data)
        with workspace(self._scratch) as folder:
            hand_over(source, folder / SOURCE)
            for name, text in preparation.beside:
                write_new(folder / name, text)
            command = (str(self._program), *preparation.arguments)
            ran = run(Confinement(command=command, folder=folder, bounds=bounds, reads=self.reads))
            seconds = cost_of(ran.ending, ran.seconds, allowance)
            yield Tried(made=fault_of(ran.ending, ran.said) or folder / preparation.result, seconds=seconds)

    @abstractmethod
    def prepared(self, request: ConversionRequest) -> Preparation | None:
        """Give what to run for a request; None for a target that this tool does not make."""


# ------------------------------------------------------------------------------------------- Ghostscript

_PDF_A: Final = {"pdf-a-1b": ("1", "1.4"), "pdf-a-2b": ("2", "1.7")}
_PROFILES: Final = (
    "/usr/share/color/icc/ghostscript/srgb.icc",
    "/usr/share/ghostscript/iccprofiles/srgb.icc",
    "/usr/local/share/ghostscript/iccprofiles/srgb.icc",
    "/usr/share/color/icc/colord/sRGB.icc",
)
_INTENT: Final = """%!
% What colours mean in the document: sRGB, by the profile enclosed (ISO 19005, output intent).
/Profile ({profile}) def
[ /_objdef {{TheProfile}} /type /stream /OBJ pdfmark
[ {{TheProfile}} << /N 3 >> /PUT pdfmark
[ {{TheProfile}} Profile (r) file /PUT pdfmark
[ /_objdef {{TheIntent}} /type /dict /OBJ pdfmark
[ {{TheIntent}} <<
  /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile {{TheProfile}}
>> /PUT pdfmark
[ {{Catalog}} << /OutputIntents [ {{TheIntent}} ] >> /PUT pdfmark
"""


def colour_profile() -> Path:
    """Give the sRGB profile that Ghostscript ships. Raises ConfigurationError when there is none."""
    found = next((path for path in map(Path, _PROFILES) if path.is_file()), None)
    if found is None:
        raise ConfigurationError(
            "Ghostscripts färgprofil srgb.icc hittas inte; utan den blir ingen PDF till PDF/A.",
            "Ghostscript's colour profile srgb.icc is not found; without it no PDF becomes PDF/A.",
        )
    return found


class Ghostscript(CommandTool):
    """PDF to PDF/A. What it cannot bring over it leaves out rather than fail, and then says that it is no PDF/A."""

    title, asking = "Ghostscript", "--version"

    def prepared(self, request: ConversionRequest) -> Preparation | None:
        """Give the command for PDF/A of the version wanted. Raises ConfigurationError."""
        if request.target.name not in _PDF_A:
            return None
        part, version = _PDF_A[request.target.name]
        profile = colour_profile()
        arguments = (
            "-q",
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            f"--permit-file-read={profile}",
            "-sDEVICE=pdfwrite",
            f"-dPDFA={part}",
            f"-dCompatibilityLevel={version}",
            "-dPDFACompatibilityPolicy=1",
            "-sColorConversionStrategy=RGB",
            "-sProcessColorModel=DeviceRGB",
            "-dAutoRotatePages=/None",
            "-dDownsampleColorImages=false",
            "-dDownsampleGrayImages=false",
            "-dDownsampleMonoImages=false",
            "-dAutoFilterColorImages=false",
            "-dAutoFilterGrayImages=false",
            "-dColorImageFilter=/FlateEncode",
            "-dGrayImageFilter=/FlateEncode",
            "-sOutputFile=made.pdf",
            "intent.ps",
            SOURCE,
        )
        return Preparation(
            arguments=arguments, result="made.pdf", beside=(("intent.ps", _INTENT.format(profile=profile)),)
        )


# ------------------------------------------------------------------------------------------- libvips

_SAVED_AS: Final = {"tiff": "made.tif[compression=lzw]", "png": "made.png", "jp2": "made.jp2[lossless]"}
_IN_FRAMES: Final = frozenset({"fmt/3", "fmt/4", "fmt/566", "fmt/567", "fmt/568"})


class Vips(CommandTool):
    """Images to TIFF (all frames), PNG and JPEG 2000, without loss."""

    title, asking = "libvips", "--version"

    def prepared(self, request: ConversionRequest) -> Preparation | None:
        """Give the command for the image format wanted."""
        saved = _SAVED_AS.get(request.target.name)
        if saved is None:
            return None
        frames = "[n=-1]" if request.format.puid in _IN_FRAMES and request.target.name == "tiff" else ""
        arguments = ("--vips-concurrency=2", "copy", SOURCE + frames, saved)
        return Preparation(arguments=arguments, result=saved.partition("[")[0])


# ------------------------------------------------------------------------------------------- ffmpeg

_READ_AS: Final = {
    "fmt/134": "mp3",
    "fmt/198": "mp3",
    "fmt/347": "mp3",
    "fmt/132": "asf",
    "fmt/133": "asf",
    "fmt/203": "ogg",
    "fmt/945": "ogg",
    "fmt/946": "ogg",
    "fmt/948": "ogg",
    "fmt/414": "aiff",
    "x-fmt/135": "aiff",
    "fmt/199": "mov",
    "x-fmt/384": "mov",
    "fmt/5": "avi",
    "fmt/573": "matroska",
    "x-fmt/385": "mpeg",
    "x-fmt/386": "mpeg",
    "fmt/585": "mpegts",
    "fmt/640": "mpegvideo",
    "fmt/649": "mpegvideo",
}
_SOUND: Final = ("-vn", "-map", "0:a:0")
_MOVING: Final = ("-map", "0:v?", "-map", "0:a?", "-c:v", "ffv1", "-level", "3", "-g", "1", "-slicecrc", "1")
_WRITTEN_AS: Final = {
    "wav": ("made.wav", (*_SOUND, "-c:a", "pcm_s16le", "-rf64", "auto")),
    "flac": ("made.flac", (*_SOUND, "-c:a", "flac")),
    "matroska-ffv1": ("made.mkv", (*_MOVING, "-c:a", "flac")),
}


class Ffmpeg(CommandTool):
    """Sound to WAV or FLAC, moving images to FFV1 in Matroska. It opens no other file or address that a file names."""

    title, asking = "ffmpeg", "-version"
    more_data = 2048 * MIB  # FFV1 asks for 148 bytes for each pixel, whatever it needs: what it uses is watched

    def prepared(self, request: ConversionRequest) -> Preparation | None:
        """Give the command for the target; the reader is chosen by PUID where it is known."""
        if request.target.name not in _WRITTEN_AS:
            return None
        result, written = _WRITTEN_AS[request.target.name]
        reader = _READ_AS.get(request.format.puid or "")
        arguments = (
            "-nostdin",
            "-hide_banner",
            "-loglevel",
            "error",
            "-threads",
            "2",
            "-filter_threads",
            "1",
            "-protocol_whitelist",
            "file",
            *(("-f", reader) if reader else ()),
            "-i",
            SOURCE,
            "-map_metadata",
            "0",
            "-fflags",
            "+bitexact",
            "-flags",
            "+bitexact",
            *written,
            result,
        )
        return Preparation(arguments=arguments, result=result)
