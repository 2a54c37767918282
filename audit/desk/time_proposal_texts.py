"""What the list of what might be opened says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

HEADING: Final = Text(sv="Förslag att öppna", en="Proposals to open")
MEANS: Final = Text(
    sv="Tiden för alla restriktioner på de här ärendena och handlingarna har gått ut enligt källan. Inget öppnas av "
    "det: en person granskar och beslutar. Det som har fått ett beslut sedan dess visas inte.",
    en="The time of all restrictions on these cases and records has run out, says their source. Nothing opens by "
    "that: a person reviews and decides. What has been decided on since is not shown.",
)
NONE: Final = Text(sv="Inget att granska.", en="Nothing to review.")
ENDED: Final = Text(sv="Sista dag med restriktion", en="Last day of restriction")
UNIT: Final = Text(sv="Ärende eller handling", en="Case or record")
PACKAGE: Final = Text(sv="Arkivpaket", en="Package")
REVIEW: Final = Text(sv="Granska och besluta", en="Review and decide")
UNTITLED: Final = Text(sv="utan titel", en="untitled")
FURTHER: Final = Text(sv="Visa fler", en="Show more")
FROM_START: Final = Text(sv="Från början", en="From the start")
