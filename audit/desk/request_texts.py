"""What the queue of requests and the page of one say, in both languages."""

from collections.abc import Mapping
from typing import Final

from ingest.domain.findings import Text
from ingest.domain.information_requests import MOST_DAYS_UNCLAIMED, MOST_DAYS_UNDECIDED, StepLack, Urgency
from schemas.public_requests import MOST_BYTES, MOST_FILES

_BOUNDS: Final = {"files": MOST_FILES, "size": MOST_BYTES >> 20}
HEADING: Final = Text(sv="Begäranden från allmänheten", en="Requests of the public")
MEANS: Final = Text(
    sv=f"Någon ska ta hand om en begäran inom {MOST_DAYS_UNCLAIMED} arbetsdag och besluta inom {MOST_DAYS_UNDECIDED}. "
    "Fråga inte efter namn eller syfte om det inte behövs för prövningen.",
    en=f"Somebody is to take a request on within {MOST_DAYS_UNCLAIMED} working day and decide within "
    f"{MOST_DAYS_UNDECIDED}. Do not ask for names or purposes unless the examination needs them.",
)
WAITING: Final = Text(sv="Väntar", en="Waiting")
DONE: Final = Text(sv="Klara", en="Done")
NONE_WAITING: Final = Text(sv="Ingen begäran väntar.", en="No request is waiting.")
NONE_DONE: Final = Text(sv="Ingen begäran är klar än.", en="No request is done yet.")
REQUEST: Final = Text(sv="Begäran", en="Request")
RECEIVED: Final = Text(sv="Mottagen", en="Received")
CLOCK: Final = Text(sv="Klocka", en="Clock")
WAITED: Final = Text(sv="Arbetsdagar", en="Working days")
CLAIMED_BY: Final = Text(sv="Handläggs av", en="Taken on by")
NOBODY: Final = Text(sv="ingen", en="nobody")
STATE: Final = Text(sv="Läge", en="State")
STATES: Final = {
    "received": Text(sv="mottagen", en="received"),
    "claimed": Text(sv="handläggs", en="claimed"),
    "answered": Text(sv="besvarad", en="answered"),
    "refused": Text(sv="avslagen", en="refused"),
    "closed": Text(sv="avslutad", en="closed"),
}
URGENCIES: Final[Mapping[Urgency, Text]] = {
    Urgency.OVERDUE: Text(sv="försenad", en="overdue"),
    Urgency.DUE: Text(sv="bråttom", en="due"),
    Urgency.FRESH: Text(sv="i tid", en="in time"),
    Urgency.DONE: Text(sv="klar", en="done"),
}
ABOUT: Final = Text(sv="Gäller", en="About")
TO_RECORD: Final = Text(sv="Paket och prövning", en="Package and review")
NOT_FOUND: Final = Text(sv="finns inte längre", en="no longer there")
NO_RECORD: Final = Text(sv="ingen särskild handling", en="no record in particular")
ASKED: Final = Text(sv="Vad som begärs", en="What is asked for")
NO_WORDS: Final = Text(sv="Inget mer är skrivet.", en="Nothing more is written.")
CONTACT: Final = Text(sv="Kontakt", en="Contact")
ANONYMOUS: Final = Text(
    sv="Ingen kontaktuppgift: svaret läses på statussidan.",
    en="No contact details: the answer is read on the status page.",
)
CONTACT_DISPOSED: Final = Text(sv="Gallrade", en="Disposed of")
DISPOSALS: Final = {
    "contact": Text(sv="Kontaktuppgifterna gallrades", en="The contact details were disposed of"),
    "files": Text(sv="Svarets filer gallrades", en="The files of the answer were disposed of"),
}
"""What of a request was disposed of, by the name of the part."""
LANGUAGE: Final = Text(sv="Språk", en="Language")
LANGUAGES: Final = {"sv": Text(sv="svenska", en="Swedish"), "en": Text(sv="engelska", en="English")}
HISTORY: Final = Text(sv="Vad som har hänt", en="What has happened")
BY: Final = Text(sv="av", en="by")
STEPS: Final = {
    "Claimed": Text(sv="Tog hand om begäran", en="Took the request on"),
    "AnsweredWithCopy": Text(sv="Svarade", en="Answered"),
    "AnsweredWithMaskedCopy": Text(sv="Svarade med maskerad kopia", en="Answered with a masked copy"),
    "Refused": Text(sv="Avslog", en="Refused"),
    "Closed": Text(sv="Avslutade", en="Closed"),
}
"""What was done, by the name of the step's type."""
CLAIM: Final = Text(sv="Ta hand om begäran", en="Take the request on")
TAKE_OVER: Final = Text(sv="Ta över begäran", en="Take the request over")
ANSWER: Final = Text(sv="Svara med allt som begärs", en="Answer with all that is asked for")
ANSWER_MEANS: Final = Text(
    sv="Texten och filerna visas på statussidan, för den som har länken. Texten sparas: skriv inte namn eller adress "
    "på den som frågar, för kontaktuppgifter gallras.",
    en="The text and the files are shown on the status page, to those who have the link. The text is kept: do not "
    "write the name or address of whoever asks, since contact details are disposed of.",
)
TEXT: Final = Text(sv="Text till den som frågar", en="Text to whoever asks")
FILES: Final = Text(
    sv="Filer (högst {files}, tillsammans {size} MB)".format(**_BOUNDS),
    en="Files (at most {files}, {size} MB together)".format(**_BOUNDS),
)
CHOSEN: Final = Text(sv="Ur arkivet", en="From the archive")
CHOSEN_MEANS: Final = Text(
    sv="Filerna går ut som de ligger i arkivet. Ta bort krysset för dem som inte ska med.",
    en="The files go out as they lie in the archive. Untick those that are not to go.",
)
CHOOSE: Final = Text(sv="Välj filer ur arkivet (innan du skriver)", en="Choose files in the archive (before you write)")
SEND_ANSWER: Final = Text(sv="Skicka svaret", en="Send the answer")
REFUSE: Final = Text(sv="Avslå, helt eller delvis", en="Refuse, wholly or in part")
REFUSE_MEANS: Final = Text(
    sv="Ett beslut som kan överklagas. Bifogar du filer är de en maskerad kopia, och avslaget gäller det som är "
    "maskerat.",
    en="A decision that can be appealed. Files that you attach are a masked copy, and the refusal is of what is "
    "masked.",
)
GROUND: Final = Text(sv="Lagrum och varför det gäller", en="Ground in law and why it applies")
APPEAL: Final = Text(sv="Hur man överklagar", en="How to appeal")
APPEAL_TEXT: Final = Text(
    sv="Du kan överklaga beslutet till kammarrätten. Skriv vilket beslut du överklagar, varför och hur du vill att det "
    "ändras. Lämna eller skicka brevet till arkivet inom tre veckor från den dag då du fick del av beslutet.",
    en="You can appeal the decision to the administrative court of appeal (kammarrätten). Write which decision you "
    "appeal, why, and how you want it changed. Hand in or send the letter to the archive within three weeks of the day "
    "on which you received the decision.",
)
SEND_REFUSAL: Final = Text(sv="Besluta och skicka", en="Decide and send")
CLOSE: Final = Text(sv="Avsluta", en="Close")
CLOSE_MEANS: Final = Text(
    sv="När inget mer ska göras, till exempel för att begäran är återtagen. Texten visas på statussidan.",
    en="When nothing more is to be done, for example because the request was withdrawn. The text is shown on the "
    "status page.",
)
NOT_TAKEN: Final = Text(sv="Inget har gjorts:", en="Nothing was done:")
OVERTAKEN: Final = Text(
    sv="Någon annan hann före. Inget har gjorts; läs vad som har hänt och försök igen.",
    en="Somebody else was faster. Nothing was done; read what has happened and try again.",
)
LACKS: Final[Mapping[StepLack, Text]] = {
    StepLack.ORDER: Text(sv="det går inte i det här läget", en="it cannot be done in this state"),
    StepLack.CLAIM: Text(sv="någon annan handlägger begäran", en="somebody else has taken the request on"),
    StepLack.TEXT: Text(sv="texten saknas", en="the text is missing"),
    StepLack.FILES: Text(sv="filer saknas", en="files are missing"),
    StepLack.GROUND: Text(sv="lagrum saknas", en="the ground in law is missing"),
    StepLack.APPEAL: Text(sv="det står inte hur man överklagar", en="it does not say how to appeal"),
    StepLack.CHANGED: Text(
        sv="en fil som du valde i arkivet är inte längre den du valde: välj den på nytt",
        en="a file that you chose in the archive is no longer the one that you chose: choose it again",
    ),
    StepLack.SIZE: Text(
        sv="filerna är för många eller för stora (högst {files}, tillsammans {size} MB)".format(**_BOUNDS),
        en="the files are too many or too large (at most {files}, {size} MB together)".format(**_BOUNDS),
    ),
}
CHOOSE_AGAIN: Final = Text(sv="Välj filerna på nytt.", en="Choose the files again.")
