"""What the overview says, in both languages."""

from collections.abc import Mapping
from typing import Final

from ingest.domain.findings import Text
from ingest.domain.standing import Standing

WAITING: Final = Text(sv="På väg in", en="Under way")
WAITING_MEANS: Final = Text(sv="kommer, väntar eller behandlas", en="arriving, waiting or being worked on")
HELD: Final = Text(sv="Väntar på beslut", en="Waiting for a decision")
HELD_MEANS: Final = Text(sv="en människa ska avgöra", en="a person is to decide")
NEEDING: Final = Text(sv="Kräver åtgärd", en="Needs somebody")
NEEDING_MEANS: Final = Text(sv="står still eller är hindrade", en="stand still or are hindered")
LEAD_TIME: Final = Text(sv="Tid till arkiverad", en="Time to archived")
LEAD_TIME_MEANS: Final = Text(
    sv="Hälften tar högst så lång tid, nio av tio högst {nine}. Räknat på de senaste {count}.",
    en="Half take no longer than this, nine of ten no longer than {nine}. Counted on the last {count}.",
)
NO_LEAD_TIME: Final = Text(sv="inget är arkiverat än", en="nothing is archived yet")
STANDING: Final = Text(sv="Det som inte är klart", en="What is not over")
STANDING_NONE: Final = Text(sv="Inget är på väg in.", en="Nothing is under way.")
STATE: Final = Text(sv="Läge", en="State")
COUNT: Final = Text(sv="Antal", en="Count")
STILLEST: Final = Text(sv="Stått still längst", en="Still for longest")
REQUESTS: Final = Text(sv="Begäranden som väntar", en="Requests that wait")
REQUESTS_MEAN: Final = Text(sv="{overdue} försenade; den äldsta kom", en="{overdue} overdue; the oldest came")
NO_REQUESTS: Final = Text(sv="alla är besvarade", en="all are answered")
REQUESTS_AWAY: Final = Text(sv="går inte att läsa just nu", en="cannot be read just now")
WHAT_NEEDS: Final = Text(sv="Leveranser som kräver åtgärd", en="Deliveries that need somebody")
DELIVERY: Final = Text(sv="Leverans", en="Delivery")
STILL_FOR: Final = Text(sv="Stått still i", en="Still for")
FAULT: Final = Text(sv="Fel", en="Fault")
OVER_TIME: Final = Text(sv="De senaste 30 dagarna", en="The last 30 days")
OVER_TIME_MEANS: Final = Text(
    sv="Arkiverade och avvisade leveranser dag för dag. Provleveranser räknas inte.",
    en="Archived and refused deliveries day by day. Test deliveries are not counted.",
)
TABLE_BEHIND: Final = Text(sv="Visa siffrorna som tabell", en="Show the figures as a table")
DAY: Final = Text(sv="Dag (UTC)", en="Day (UTC)")
RECEIVED: Final = Text(sv="Mottagna", en="Received")
ARCHIVED: Final = Text(sv="Arkiverade", en="Archived")
REFUSED: Final = Text(sv="Avvisade", en="Refused")
BY_RULE: Final = Text(sv="Avvisningar per regel", en="Refusals by rule")
BY_PRODUCER: Final = Text(sv="Avvisningar per levererande organisation", en="Refusals by producer")
RULE: Final = Text(sv="Regel", en="Rule")
PRODUCER: Final = Text(sv="Levererande organisation", en="Producer")
UNKNOWN: Final = Text(sv="okänd", en="unknown")
NO_REFUSALS: Final = Text(sv="Inget har avvisats de senaste 30 dagarna.", en="Nothing was refused in the last 30 days.")
FORMATS: Final = Text(sv="Format i arkivet", en="Formats held")
FORMATS_MEANS: Final = Text(
    sv="Levererade filer och bevarandekopior i de paket som gäller nu. De vanligaste visas i bilden.",
    en="Delivered files and preservation copies in the packages of today. The picture shows the most common.",
)
FORMATS_LINK: Final = Text(sv="Se vilka format arkivet har", en="See what formats the archive holds")
NO_FORMATS: Final = Text(sv="Arkivet har inga filer än.", en="The archive holds no files yet.")
FORMAT: Final = Text(sv="Format", en="Format")
ORIGINALS: Final = Text(sv="Levererade filer", en="Delivered files")
COPIES: Final = Text(sv="Bevarandekopior", en="Preservation copies")
SIZE: Final = Text(sv="Storlek", en="Size")
UNKNOWN_FORMAT: Final = Text(sv="okänt format", en="unknown format")

STANDINGS: Final[Mapping[Standing, Text]] = {
    Standing.ARRIVING: Text(sv="kommer in", en="arriving"),
    Standing.UNDER_WAY: Text(sv="behandlas", en="being worked on"),
    Standing.QUEUED: Text(sv="väntar på sin tur", en="waiting for its turn"),
    Standing.RETRYING: Text(sv="försöks igen", en="being tried again"),
    Standing.TOOL: Text(sv="väntar på ett verktyg", en="waiting for a tool"),
    Standing.OUTAGE: Text(sv="väntar på ett lager eller en katalog", en="waiting for a store or catalogue"),
    Standing.HELD: Text(sv="väntar på beslut", en="waiting for a decision"),
    Standing.PARKED: Text(sv="parkerad: ett fel måste rättas", en="parked: a fault has to be mended"),
    Standing.STUCK: Text(sv="står still utan känd orsak", en="stands still for no known cause"),
}
"""Each standing in words."""
