"""What the record of the desk and of the archive's own keys says, in both languages."""

from typing import Final

from ingest.domain.desk_use import Trace
from ingest.domain.findings import Text

HEADING: Final = Text(sv="Vad som har gjorts och lästs", en="What was done and read")
MEANS: Final = Text(
    sv="Varje ändring och varje läsning av innehåll, vid skrivbordet och med arkivets egna nycklar över API:t, står i "
    "arkivets journal innan något visas. Där står också vem som har loggat in och ut, och när någon inte släpptes in. "
    "Att en producent frågar efter sina leveranser står inte här, men väl vad den läser av "
    "arkiverat innehåll.",
    en="Every change and every reading of content, at the desk and by the archive’s own keys over the API, is in the "
    "archive’s journal before anything is shown. So is who signed in and out, and when somebody was not let in. That "
    "a producer asks for its deliveries is not here, but what it reads of archived content is.",
)
DAY: Final = Text(sv="Dag (UTC)", en="Day (UTC)")
SHOW: Final = Text(sv="Visa", en="Show")
AT: Final = Text(sv="När", en="When")
WHO: Final = Text(sv="Vem", en="Who")
WHAT: Final = Text(sv="Vad", en="What")
OF: Final = Text(sv="Av vad", en="Of what")
OUTCOME: Final = Text(sv="Svar", en="Answer")
NOTHING: Final = Text(sv="Inget är gjort eller läst den dagen.", en="Nothing was done or read on that day.")
SOME: Final = Text(
    sv="Rad {first} till {last} av {count}, de senaste först.", en="Rows {first} to {last} of {count}, the last first."
)
OLDER: Final = Text(sv="Visa äldre", en="Show older")
NEWEST: Final = Text(sv="Till de nyaste", en="To the newest")
TRACES: Final = {
    Trace.READ: Text(sv="läst", en="read"),
    Trace.WRITE: Text(sv="ändrat", en="changed"),
    Trace.NONE: Text(sv="inget", en="nothing"),
    Trace.SIGN_IN: Text(sv="loggat in", en="signed in"),
    Trace.SIGN_OUT: Text(sv="loggat ut", en="signed out"),
}
"""What a visit was."""
OVER_API: Final = {
    Trace.READ: Text(sv="läst över API:t", en="read over the API"),
    Trace.WRITE: Text(sv="ändrat över API:t", en="changed over the API"),
}
"""What was done by a key."""
NOT_LET_IN: Final = Text(sv="inte insläppt", en="not let in")
NOBODY: Final = Text(sv="okänd", en="not known")
KEY: Final = Text(sv="nyckel", en="key")
ALL_ROLES: Final = Text(sv="alla roller", en="all roles")
