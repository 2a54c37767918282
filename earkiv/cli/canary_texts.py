"""What `earkiv canary` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

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
