"""What the API says of webhooks to people, in both languages."""

from typing import Final

from ingest.application.manage_webhooks import MOST_WEBHOOKS
from ingest.domain.findings import Text
from ingest.domain.receivers import ReceiverFault

RECEIVER: Final = Text(sv="Dit kan inget skickas", en="Nothing can be sent there")
RECEIVER_FAULTS: Final = {
    ReceiverFault.NOT_A_URL: Text(
        sv="Adressen kan inte tolkas. Skriv https://värd/sökväg i ASCII, utan fragment (#); högst 2000 tecken.",
        en="The address cannot be understood. Write https://host/path in ASCII, without fragment (#), in at most 2000 "
        "characters.",
    ),
    ReceiverFault.NOT_HTTPS: Text(
        sv="Webhookar skickas bara med https. Skriv https://värd/sökväg.",
        en="Webhooks are sent by https alone. Write https://host/path.",
    ),
    ReceiverFault.CREDENTIALS: Text(
        sv="Adressen får inte ha användarnamn eller lösenord. Mottagaren känner igen arkivet på signaturen.",
        en="The address may not have a user name or password. The receiver knows the archive by its signature.",
    ),
    ReceiverFault.PORT: Text(
        sv="Webhookar skickas bara till portarna 443 och 8443.", en="Webhooks are sent to the ports 443 and 8443 alone."
    ),
    ReceiverFault.HOST: Text(
        sv="Värden är inte en av dem som arkivet har godkänt för er. Be arkivet lägga till den.",
        en="The host is not one of those that the archive allows for you. Ask the archive to add it.",
    ),
    ReceiverFault.ADDRESS: Text(
        sv="Adressen leder inte till det öppna internet, och arkivet har inte godkänt nätet.",
        en="The address does not lead to the public internet, and the archive does not allow its network.",
    ),
}
TOO_MANY: Final = Text(sv="För många webhookar", en="Too many webhooks")
TOO_MANY_DETAIL: Final = Text(
    sv=f"En producent kan ha {MOST_WEBHOOKS} webhookar. Ta bort en som inte behövs.",
    en=f"A producer can have {MOST_WEBHOOKS} webhooks. Remove one that is not needed.",
)
BODY_TOO_LARGE: Final = Text(sv="Anropet får vara högst 16 KiB.", en="The request may be 16 KiB at most.")
NOT_THERE: Final = Text(
    sv="Så långt har inget hänt än; den senaste händelsen har nummer {newest}.",
    en="Nothing has happened that far yet; the last event has number {newest}.",
)
