"""What `earkiv canary`, `earkiv resume` and `earkiv dispose-requests` say, in both languages."""

from collections.abc import Mapping
from typing import Final

from ingest.domain.findings import Text
from ingest.domain.information_requests import Part

HELP_CANARY: Final = Text(
    sv="Skickar en liten provleverans hela vägen och säger om den kom fram.",
    en="Sends a small test delivery the whole way and says whether it came through.",
)
HELP_WAIT: Final = Text(
    sv="Så länge väntas det på att arbetarna ska bli klara.", en="How long to wait for the workers to end it."
)
THROUGH: Final = Text(
    sv="Provleveransen {id} kom hela vägen på {seconds} sekunder.",
    en="The test delivery {id} came the whole way in {seconds} seconds.",
)
REFUSED: Final = Text(
    sv="Provleveransen {id} kom inte hela vägen: {state}. Överenskommelsens regler stoppade den: {rules}.",
    en="The test delivery {id} did not come the whole way: {state}. The agreement's rules stopped it: {rules}.",
)
NOT_YET: Final = Text(
    sv="Provleveransen {id} har inte kommit fram på {seconds} sekunder. Se efter med `earkiv doctor`; kör arbetarna?",
    en="The test delivery {id} has not come through in {seconds} seconds. Look with `earkiv doctor`; do workers run?",
)
HELP_RESUME: Final = Text(
    sv="Låter leveranser som inte längre försöks av sig själva försökas på nytt.",
    en="Lets deliveries that are tried no more by themselves be tried anew.",
)
HELP_DELIVERIES: Final = Text(sv="Arkivets id för leveransen.", en="The archive's id of the delivery.")
RESUMED: Final = Text(
    sv="Leveransen {id} försöks på nytt inom en timme, eller genast när en arbetare startas om.",
    en="The delivery {id} is tried anew within an hour, or at once when a worker is restarted.",
)
NOT_RESUMED: Final = Text(
    sv="Leveransen {id} är avgjord, väntar på ett beslut eller är redan under arbete.",
    en="The delivery {id} is over, waits for a decision or is being worked on.",
)
HELP_DISPOSE_REQUESTS: Final = Text(
    sv="Gallrar kontaktuppgifter och filer i besvarade begäranden när tiden är ute.",
    en="Disposes of contact details and files of answered requests when their time is over.",
)
NOTHING_DISPOSED: Final = Text(sv="Inget behöver gallras nu.", en="Nothing is to be disposed of now.")
DISPOSED: Final[Mapping[Part, Text]] = {
    Part.CONTACT: Text(
        sv="Begäran {id}: kontaktuppgifterna är gallrade.", en="Request {id}: the contact details were disposed of."
    ),
    Part.FILES: Text(
        sv="Begäran {id}: svarets filer är gallrade.", en="Request {id}: the files of the answer were disposed of."
    ),
    Part.REQUEST: Text(
        sv="Begäran {id}, som avslutades utan svar, är gallrad.",
        en="Request {id}, which was closed without an answer, was disposed of.",
    ),
}
