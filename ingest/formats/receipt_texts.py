"""What the receipt page says, in Swedish and English."""

from typing import Final

from ingest.domain.findings import Text

RECEIPT: Final = Text(sv="Mottagningskvitto", en="Receipt of delivery")
NOTE: Final = Text(sv="Besked om en leverans som väntar", en="Note on a delivery that waits")
OUTCOMES: Final = {
    "accepted": Text(sv="Mottagen och arkiverad", en="Accepted and archived"),
    "rejected": Text(sv="Avvisad", en="Rejected"),
    "held": Text(sv="Väntar på beslut", en="Waits for a decision"),
}
MEANS: Final = {
    "accepted": Text(
        sv="Arkivet har tagit över ansvaret för handlingarna nedan. Det gäller från {at}.",
        en="The archive has taken over responsibility for the records below. It holds from {at}.",
    ),
    "rejected": Text(
        sv="Arkivet har inte tagit över någonting. Rätta det som anmärkningarna säger och leverera igen.",
        en="The archive has taken over nothing. Mend what the findings say and deliver again.",
    ),
    "held": Text(
        sv="En person ska avgöra om leveransen tas emot. Det här är inget kvitto och är inte undertecknat.",
        en="A person has to decide whether the delivery is accepted. This is no receipt, and is not signed.",
    ),
}
TEST_RECEIPT: Final = Text(sv="Kvitto på provleverans", en="Receipt for a test delivery")
TEST_OUTCOMES: Final = {
    "accepted": Text(sv="Provleveransen hade gått att ta emot", en="The test delivery could have been accepted"),
    "rejected": Text(sv="Provleveransen hade avvisats", en="The test delivery would have been rejected"),
    "held": Text(sv="Provleveransen väntar på beslut", en="The test delivery waits for a decision"),
}
TEST_MEANS: Final = Text(
    sv="Det var ett prov. Arkivet har inte tagit över någonting, och tar bort det som lämnades.",
    en="This was a test. The archive has taken over nothing, and removes what was handed over.",
)
NO_PERMISSION: Final = Text(
    sv="Kvittot är inget tillstånd att radera något hos er. Det avgör er arkivmyndighet i ett gallringsbeslut.",
    en="This receipt is no permission to erase anything at your side. Your archive authority decides that, in a "
    "disposal decision.",
)
DOUBT: Final = Text(
    sv="Nyckeln som har undertecknat kvittot kan ha varit i andras händer sedan {since}. Fråga arkivet innan ni litar "
    "på kvittot.",
    en="Others may have had the key that signed this receipt since {since}. Ask the archive before you rely on it.",
)
DELIVERY: Final = Text(sv="Leveransen", en="The delivery")
TITLE: Final = Text(sv="Titel", en="Title")
OWN_ID: Final = Text(sv="Er beteckning", en="Your id")
PRODUCER: Final = Text(sv="Levererande organisation", en="Producer")
DIALECT: Final = Text(sv="Leveranstyp", en="Kind of delivery")
PACKAGE: Final = Text(sv="Arkivpaket", en="Archived package")
GENERATION: Final = Text(sv="{package}, generation {generation}", en="{package}, generation {generation}")
AGREEMENT: Final = Text(sv="Leveransöverenskommelse", en="Submission agreement")
VERSION: Final = Text(sv="{id}, version {version}", en="{id}, version {version}")
RECEIVED: Final = Text(sv="Inkom", en="Received")
DECIDED: Final = Text(sv="Avgjord", en="Decided")
CUSTODY: Final = Text(sv="Ansvaret övergick", en="Custody passed")
RECEIPT_ID: Final = Text(sv="Kvittots id", en="Receipt id")
FILES: Final = Text(sv="Filer", en="Files")
TOTAL: Final = Text(sv="{count} filer, {bytes} byte tillsammans.", en="{count} files, {bytes} bytes together.")
ONE: Final = Text(sv="1 fil, {bytes} byte.", en="1 file, {bytes} bytes.")
FILE: Final = Text(sv="Fil", en="File")
SIZE: Final = Text(sv="Byte", en="Bytes")
FORMAT: Final = Text(sv="Format", en="Format")
DIGEST: Final = Text(sv="SHA-256", en="SHA-256")
UNKNOWN_FORMAT: Final = Text(sv="okänt", en="unknown")
NAME_REMOVED: Final = Text(sv="namnet är borttaget", en="the name was taken out")
COPIES: Final = Text(sv="Kopior i arkivet", en="Copies in the archive")
COPIES_MEAN: Final = Text(
    sv="Varje kopia lästes tillbaka och jämfördes innan kvittot skrevs.",
    en="Each copy was read back and compared before this receipt was written.",
)
STORE: Final = Text(sv="Lager", en="Store")
PLACE: Final = Text(sv="Plats", en="Place")
COMPARED: Final = Text(sv="Återläst", en="Read back")
INVENTORY: Final = Text(sv="Förteckningens SHA-256", en="SHA-256 of the inventory")
FINDINGS: Final = Text(sv="Anmärkningar", en="Findings")
FINDINGS_REMOVED: Final = Text(sv="Anmärkningarna är borttagna.", en="The findings were taken out.")
NO_FINDINGS: Final = Text(sv="Inga anmärkningar.", en="No findings.")
SEVERITIES: Final = {
    "error": Text(sv="Fel", en="Error"),
    "warning": Text(sv="Varning", en="Warning"),
    "info": Text(sv="Upplysning", en="Note"),
}
RULE: Final = Text(sv="Regel", en="Rule")
KIND: Final = Text(sv="Allvar", en="Severity")
WHAT: Final = Text(sv="Vad som är fel och vad ni gör", en="What is wrong, and what to do")
LINE: Final = Text(sv="rad {line}", en="line {line}")
MORE: Final = Text(sv="och {count} ställen till", en="and {count} more places")
COUNT: Final = Text(sv="Antal", en="Count")
SIGNATURE: Final = Text(sv="Underskrift", en="Signature")
ALGORITHM: Final = Text(sv="Metod", en="Method")
KEY: Final = Text(sv="Nyckel", en="Key")
SIGNED: Final = Text(sv="Underskrift", en="Signature")
CHECK: Final = Text(
    sv="Underskriften gäller kvittot i JSON-form, som den här sidan visar. Det finns på arkivets adress under "
    "/v1/deliveries/{delivery}/receipt, och arkivets publika nycklar under /.well-known/earkiv-keys.json. Hur ni "
    "prövar underskriften själva, utan arkivets program, står i docs/how-to/check-a-receipt.md.",
    en="The signature is that of the receipt in its JSON form, which this page shows. It is found at the archive's "
    "address under /v1/deliveries/{delivery}/receipt, and the archive's public keys under "
    "/.well-known/earkiv-keys.json. How to check the signature yourselves, without the archive's programs, stands in "
    "docs/how-to/check-a-receipt.md.",
)
