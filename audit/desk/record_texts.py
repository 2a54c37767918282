"""What the record of the desk says, in both languages."""

from typing import Final

from ingest.domain.desk_use import Trace
from ingest.domain.findings import Text

HEADING: Final = Text(sv="Vad som har gjorts och lästs", en="What was done and read")
MEANS: Final = Text(
    sv="Varje ändring och varje läsning av innehåll vid skrivbordet står i arkivets journal innan något visas.",
    en="Every change and every reading of content at the desk is in the archive’s journal before anything is shown.",
)
DAY: Final = Text(sv="Dag (UTC)", en="Day (UTC)")
SHOW: Final = Text(sv="Visa", en="Show")
AT: Final = Text(sv="När", en="When")
WHO: Final = Text(sv="Vem", en="Who")
WHAT: Final = Text(sv="Vad", en="What")
OF: Final = Text(sv="Av vad", en="Of what")
OUTCOME: Final = Text(sv="Svar", en="Answer")
NOTHING: Final = Text(sv="Inget är gjort eller läst den dagen.", en="Nothing was done or read on that day.")
SOME: Final = Text(sv="De senaste {shown} av {count} visas.", en="The last {shown} of {count} are shown.")
TRACES: Final = {
    Trace.READ: Text(sv="läst", en="read"),
    Trace.WRITE: Text(sv="ändrat", en="changed"),
    Trace.NONE: Text(sv="inget", en="nothing"),
}
"""What a visit was."""
