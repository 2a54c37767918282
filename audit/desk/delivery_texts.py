"""What lists and pages of deliveries say, in both languages."""

from collections.abc import Mapping
from typing import Final

from audit.desk.terms import EVENTS, OUTCOMES, SEVERITIES, STATES
from ingest.domain.findings import Text

__all__ = ["EVENTS", "OUTCOMES", "SEVERITIES", "STATES"]

DELIVERY: Final = Text(sv="Leverans", en="Delivery")
HELD: Final = Text(sv="Väntar på beslut", en="Waiting for a decision")
ALL: Final = Text(sv="Alla leveranser", en="All deliveries")
TESTS: Final = Text(sv="Provleveranser", en="Test deliveries")
KINDS: Final = Text(sv="Slag av leveranser", en="Kinds of deliveries")
TEST: Final = Text(sv="prov", en="test")
STATE: Final = Text(sv="Läge", en="State")
ANY_STATE: Final = Text(sv="alla lägen", en="any state")
PRODUCER: Final = Text(sv="Levererande organisation", en="Producer")
REFERENCE: Final = Text(sv="Leveransens identitet", en="The delivery’s id")
SEARCH: Final = Text(sv="Sök", en="Search")
RECEIVED: Final = Text(sv="Mottagen", en="Received")
MOVED: Final = Text(sv="Senast ändrad", en="Last changed")
TITLE: Final = Text(sv="Rubrik", en="Title")
UNTITLED: Final = Text(sv="(utan rubrik)", en="(no title)")
OLDER: Final = Text(sv="Visa äldre", en="Show older")
NEWEST: Final = Text(sv="Till de senaste", en="To the newest")
NONE: Final = Text(sv="Inga leveranser finns att visa här.", en="There are no deliveries to show here.")
NONE_HELD: Final = Text(sv="Inget väntar på beslut.", en="Nothing waits for a decision.")

OWN_ID: Final = Text(sv="Den levererande organisationens identitet", en="The producer’s id")
ARCHIVE_ID: Final = Text(sv="Arkivets identitet", en="The archive’s id")
DIALECT: Final = Text(sv="Leveranstyp", en="Dialect")
AGREEMENT: Final = Text(sv="Överenskommelse", en="Agreement")
VERSION: Final = Text(sv="version", en="version")
ATTEMPT: Final = Text(sv="Försök", en="Attempt")
STEP: Final = Text(sv="Nästa steg", en="Next step")
PACKAGE: Final = Text(sv="Arkivpaket", en="Package")
REPEATS: Final = Text(sv="Upprepar", en="Repeats")
FILES: Final = Text(sv="Filer", en="Files")
FINDINGS: Final = Text(sv="Anmärkningar", en="Findings")
NO_FINDINGS: Final = Text(sv="Inga anmärkningar.", en="No findings.")
RULE: Final = Text(sv="Regel", en="Rule")
TIMES: Final = Text(sv="gånger", en="times")
REMEDY: Final = Text(sv="Gör så här", en="What to do")
LINE: Final = Text(sv="rad", en="line")
TIMELINE: Final = Text(sv="Vad som har hänt", en="What has happened")
NOTHING_YET: Final = Text(sv="Inget är antecknat än.", en="Nothing is recorded yet.")
RECEIPT: Final = Text(sv="Mottagningskvitto", en="Receipt")
NOTE: Final = Text(sv="Besked (inte undertecknat)", en="Note (unsigned)")
NO_RECEIPT: Final = Text(sv="Leveransen är inte avgjord än.", en="The delivery is not decided yet.")
OUTCOME: Final = Text(sv="Utfall", en="Outcome")
DECIDED: Final = Text(sv="Avgjord", en="Decided")
STEP_OF: Final = Text(sv="steg", en="step")
TOOK: Final = Text(sv="tog", en="took")
WITH: Final = Text(sv="med", en="with")
SIGNED_BY: Final = Text(sv="Undertecknat med nyckeln", en="Signed with the key")
AS_DOCUMENT: Final = Text(sv="Kvittot som JSON", en="The receipt as JSON")
BY: Final = Text(sv="av", en="by")
DECIDE: Final = Text(sv="Besluta", en="Decide")
DECIDE_MEANS: Final = Text(
    sv="Leveransen väntar för att överenskommelsen säger det. Anmärkningarna ovan säger varför. Det du skriver "
    "skrivs in bland leveransens händelser med ditt namn, och den levererande organisationen ser det.",
    en="The delivery waits because the agreement says so. The findings above say why. What you write is written among "
    "the delivery’s events with your name, and the producer sees it.",
)
WORDS: Final = Text(
    sv="Skäl, eller fråga till den levererande organisationen", en="Reason, or question to the producer"
)
ACCEPT: Final = Text(sv="Ta emot", en="Accept")
REFUSE: Final = Text(sv="Avvisa", en="Refuse")
ASK: Final = Text(sv="Fråga den levererande organisationen", en="Ask the producer")
ASKED: Final = Text(sv="Frågat till den levererande organisationen", en="Asked of the producer")
NOT_WAITING: Final = Text(
    sv="Leveransen har ändrats sedan du öppnade sidan. Ditt svar gäller inte. Läs hur den är nu.",
    en="The delivery has changed since you opened the page. Your answer does not hold. Read how it is now.",
)
UNEXPLAINED: Final = Text(
    sv="Skriv ett skäl, eller en fråga. Inget beslutades.", en="Write a reason, or a question. Nothing was decided."
)
BUSY: Final = Text(
    sv="Någon annan arbetar med leveransen just nu. Inget beslutades. Försök igen om en stund.",
    en="Another works on the delivery right now. Nothing was decided. Try again in a while.",
)
RECEIPT_OUTCOMES: Final[Mapping[str, Text]] = {
    "accepted": Text(sv="godtagen", en="accepted"),
    "rejected": Text(sv="avvisad", en="rejected"),
    "held": Text(sv="väntar på beslut", en="waiting for a decision"),
}
"""The outcomes of a receipt in words."""
