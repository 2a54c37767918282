"""What `earkiv push` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

NO_ANSWER: Final = Text(
    sv="Arkivet på {address} svarar inte: {why}.", en="The archive at {address} does not answer: {why}."
)
NOT_UNDERSTOOD: Final = Text(sv="Arkivet på {address} säger: {why}", en="The archive at {address} says: {why}")
NO_KEY: Final = Text(sv="Ange nyckeln till arkivet med EARKIV_API_KEY.", en="Give the archive's key by EARKIV_API_KEY.")
SENDING: Final = Text(sv="Skickar {name}", en="Sending {name}")
REFUSED: Final = Text(sv="Togs inte emot: {title}. {detail}", en="Not taken in: {title}. {detail}")
WAITING: Final = Text(
    sv="Arkivet har tagit emot {name} men inte avgjort leveransen än. Kör kommandot igen för att få kvittot.",
    en="The archive has received {name} but not decided the delivery yet. Run the command again to get the receipt.",
)
NO_ADDRESS: Final = Text(
    sv="{address} är ingen adress till ett arkiv; skriv som https://arkiv.example.se.",
    en="{address} is no address of an archive; write it like https://archive.example.org.",
)
AGAIN: Final = Text(
    sv="Arkivet svarade inte ({why}); försöker igen.", en="The archive did not answer ({why}); trying again."
)
