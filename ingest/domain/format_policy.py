"""The format policy: what the archive says of each format, and into what it makes preservation copies."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ingest.domain.findings import Text


class Standing(StrEnum):
    """How welcome a format is."""

    PREFERRED = "preferred"
    ACCEPTABLE = "acceptable"
    NOT_ACCEPTABLE = "not acceptable"


class When(StrEnum):
    """Which files of a format get a preservation copy."""

    ALWAYS = "always"
    NOT_CONFORMING = "not conforming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a preservation copy must be: identified as one of `puids`, and conforming to `profile` ("" = none)."""

    name: str
    title: str
    extension: str
    puids: tuple[str, ...]
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRule:
    """What holds for one format, by PUID; `target` and `tool` are "" where no copy is made.

    `source` is the rule's ground: a regulation, a published policy, or the archive's own decision.
    """

    puid: str
    name: str
    delivery: Standing
    preservation: Standing
    source: Text
    target: str = ""
    tool: str = ""
    when: When = When.ALWAYS


ABILITIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ffmpeg": frozenset({"wav", "flac", "matroska-ffv1"}),
        "ghostscript": frozenset({"pdf-a-1b", "pdf-a-2b"}),
        "libreoffice": frozenset({"pdf-a-2b"}),
        "mail": frozenset({"pdf-a-2b"}),
        "vips": frozenset({"tiff", "png", "jp2"}),
    }
)
"""Which targets each tool can make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatPolicy:
    """A version of the archive's format policy; what was decided under it names the version."""

    version: int
    rules: tuple[FormatRule, ...]
    targets: tuple[Target, ...]

    @property
    def by_puid(self) -> Mapping[str, FormatRule]:
        """Each format's rule."""
        return {rule.puid: rule for rule in self.rules}

    @property
    def by_name(self) -> Mapping[str, Target]:
        """Each target by its name."""
        return {target.name: target for target in self.targets}
