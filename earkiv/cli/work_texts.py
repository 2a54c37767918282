"""What `doctor` says of deliveries that are not over, in Swedish and English."""

from typing import Final

from ingest.domain.findings import Text
from ingest.domain.standing import Standing

NOTHING_HINDERED: Final = Text(
    sv="Leveranser på väg: {count}, och inget hindrar dem", en="Deliveries under way: {count}, and nothing hinders them"
)
HINDERED: Final[dict[Standing, Text]] = {
    Standing.STUCK: Text(
        sv="Står stilla utan känd orsak: {count}, längst {minutes} minuter. Kör någon arbetare? ({ids})",
        en="Standing still for no known reason: {count}, longest {minutes} minutes. Does a worker run? ({ids})",
    ),
    Standing.PARKED: Text(
        sv="Väntar tills något är rättat: {count}. {faults} ({ids})",
        en="Waiting until something is mended: {count}. {faults} ({ids})",
    ),
    Standing.TOOL: Text(
        sv="Väntar på ett verktyg: {count}. {faults} ({ids})", en="Waiting for a tool: {count}. {faults} ({ids})"
    ),
    Standing.OUTAGE: Text(
        sv="Väntar på lager, databas eller utrymme: {count}. {faults} ({ids})",
        en="Waiting for a store, the database or room: {count}. {faults} ({ids})",
    ),
}
HELD: Final = Text(sv="Väntar på ett beslut: {count}", en="Waiting for a decision: {count}")
