"""A virus scanner in words: dies of some contents, finds something in others, and can be away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.domain.packages import Clean, Infected, ScanResult
from ingest.errors import ScannerBrokeOff, ToolFailed

HARMLESS = b"earkiv"


@dataclass(slots=True, kw_only=True)
class ScriptedScanner:
    """`VirusScanner` that dies of what holds `deadly` and then `stays_dead` if so told; `heard` is what it was asked.

    In what holds `evil` it finds Test.Virus. `meanwhile` happens while it looks at a file.
    """

    deadly: bytes | None = None
    evil: bytes | None = None
    stays_dead: bool = False
    is_away: bool = False
    away_after: int | None = None
    version: str = "scripted 1"
    heard: list[bytes] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def scan(self, size: int, chunks: Iterable[bytes]) -> ScanResult:
        content = b"".join(chunks)
        assert len(content) == size
        if self.is_away or (self.away_after is not None and len(self.heard) >= self.away_after):
            raise ToolFailed("Borta.", "Away.")
        if content == HARMLESS:
            return Clean(tool=self.version)
        self.heard.append(content)
        self.meanwhile()
        if self.deadly is not None and self.deadly in content:
            self.is_away = self.stays_dead
            raise ScannerBrokeOff("Avbrott.", "Break.")
        if self.evil is not None and self.evil in content:
            return Infected(tool=self.version, name="Test.Virus")
        return Clean(tool=self.version)
