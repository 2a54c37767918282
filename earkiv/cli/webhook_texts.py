"""What `doctor` says of webhooks."""

from ingest.domain.findings import Text

TELLING = Text(
    sv="Webhookar: {count}, ingen har getts upp; högst {behind} händelser väntar hos någon av dem",
    en="Webhooks: {count}, none has been given up; at most {behind} events wait for any of them",
)
GIVEN_UP = Text(
    sv="Webhooken {id} till {producer} gavs upp efter {failures} försök ({outcome}). Säg det till producenten, som "
    "startar om den med POST /v1/webhooks/{id}/replay",
    en="Webhook {id} to {producer} was given up after {failures} attempts ({outcome}). Tell the producer, who starts "
    "it anew by POST /v1/webhooks/{id}/replay",
)
OWN_KEY = Text(sv="innehavaren av EARKIV_API_KEY", en="the holder of EARKIV_API_KEY")
