"""Conversions: preservation copies made of delivered files, and why some could not be made.

Tools are not deterministic, so what a conversion gave is recorded as it happened and never asked anew. The delivered
file always stays: a copy that loses something is no ground for disposing of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, count

from ingest.domain.conformance import Conformance
from ingest.domain.format_policy import Target
from ingest.domain.packages import UNTOLD, DigitalObject, FormatDesignation, Place, ScanResult, StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Use

PRESERVATION = "preservation"
"""The representation that holds preservation copies, where the producer has not taken the name."""


class ConversionFault(StrEnum):
    """Why there is no preservation copy."""

    TOOL_MISSING = "tool missing"
    FAILED = "tool failed"
    TOOK_TOO_LONG = "took too long"
    OUT_OF_BOUNDS = "went beyond its bounds"
    NOT_VALID = "result not valid"
    INFECTED = "result infected"
    KILLED = "killed from outside"
    NOT_TRIED = "not tried: other files used up the time for conversions"


class NoCopy(StrEnum):
    """Why no preservation copy is to be made of a file."""

    NOT_AGREED = "not agreed"
    NO_CONTENT = "no content"
    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown format"
    NO_RULE = "no rule"
    KEPT = "kept as it is"
    CONFORMS = "conforms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A copy was made, examined and found to be what it must be; `key` is where it lies in staging, `size` in bytes.

    `scan` is never Infected; records of versions that did not keep it say nothing of it.
    """

    key: str
    size: int
    sha256: str
    format: FormatDesignation
    conformances: tuple[Conformance, ...] = ()
    scan: ScanResult = UNTOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class NotConverted:
    """No copy was made; `detail` is in the words of whoever noticed."""

    reason: ConversionFault
    detail: str = ""
    conformances: tuple[Conformance, ...] = ()


ConversionOutcome = Converted | NotConverted


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What became of the attempt to make a copy of the delivered file `ordinal`.

    `aip_path` is the copy's place (or what would have been it), `target` and `policy` the policy's target and version,
    `tool` the name and version of what converted. `wasted` are the processor seconds that it cost and should not have.
    """

    ordinal: int
    aip_path: PackagePath
    target: str
    policy: int
    tool: str
    outcome: ConversionOutcome
    wasted: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionRequest:
    """A staged object to be converted: its key, delivered name and format, and what is to become of it.

    `output_key` is where in staging the result goes: a key of this attempt alone. `unscanned` says why the copy is not
    to be scanned, "" where it is.
    """

    ordinal: int
    key: str
    name: str
    format: FormatDesignation
    tool: str
    target: Target
    policy: int
    aip_path: PackagePath
    output_key: str
    unscanned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedObject:
    """A preservation copy in an AIP: made of the delivered file `source`, by the event with that id."""

    source: PackagePath
    size: int
    sha256: str
    key: str
    format: FormatDesignation
    place: Place
    event: str


def derived_objects(
    staged: Iterable[StagedObject], conversions: Iterable[Conversion], event_of: Mapping[int, str]
) -> tuple[DerivedObject, ...]:
    """Give the copies that were made, in the order of their sources; `event_of` names each source's event."""
    paths = {o.ordinal: o.path for o in staged}
    return tuple(
        DerivedObject(
            source=paths[conversion.ordinal],
            size=made.size,
            sha256=made.sha256,
            key=made.key,
            format=made.format,
            place=_place(conversion.aip_path),
            event=event_of[conversion.ordinal],
        )
        for conversion in conversions
        if isinstance(made := conversion.outcome, Converted)
    )


def _place(aip_path: PackagePath) -> Place:
    return Place(use=Use.CONTENT, aip_path=aip_path, representation=aip_path.split("/")[1])


def copy_paths(wanted: Iterable[tuple[DigitalObject, str]], representations: tuple[str, ...]) -> dict[int, PackagePath]:
    """Give each copy its place: the delivered path in its representation, and the new extension after it.

    `wanted` pairs an object with the extension of its copy; `representations` are those that were delivered. Where
    there are several, the copies lie in a folder by the name of each. No copy takes the place of a folder or another.
    """
    name = _free_name(representations)
    several = len(representations) > 1
    plain = {one.ordinal: (_inside(one, several), extension) for one, extension in wanted}
    folders = {folder for path, _ in plain.values() for folder in accumulate(path.split("/")[:-1], "{}/{}".format)}
    plainly = {f"{path}.{extension}" for path, extension in plain.values()}
    return {
        ordinal: PackagePath(f"representations/{name}/data/{_beside(path, extension, folders, plainly)}")
        for ordinal, (path, extension) in plain.items()
    }


def _free_name(taken: tuple[str, ...]) -> str:
    folded, number, name = {one.casefold() for one in taken}, 1, PRESERVATION
    while name.casefold() in folded:
        number += 1
        name = f"{PRESERVATION}-{number}"
    return name


def _inside(one: DigitalObject, several: bool) -> str:  # noqa: FBT001 - one fact about the package, not a mode
    representation = one.place.representation or ""
    path = one.place.aip_path.removeprefix(f"representations/{representation}/data/")
    return f"{representation}/{path}" if several else path


def _beside(path: str, extension: str, folders: set[str], plainly: set[str]) -> str:
    """Give the plain name of a copy; where a folder has it, the first numbered one that nothing else has."""
    if (plain := f"{path}.{extension}") not in folders:
        return plain
    numbered = (f"{path}.{number}.{extension}" for number in count(2))
    return next(copy for copy in numbered if copy not in folders and copy not in plainly)
