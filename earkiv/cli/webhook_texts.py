"""What the command line says of webhooks."""

from ingest.domain.findings import Text

HELP = Text(sv="Vart producenters system får besked.", en="Where producers' systems are told.")
HELP_LIST = Text(sv="Listar alla producenters webhookar.", en="Lists every producer's webhooks.")
HELP_REMOVE = Text(
    sv="Tar bort en webhook: inget mer skickas dit.", en="Removes a webhook: nothing more is sent there."
)
HELP_ID = Text(sv="Webhookens id.", en="The webhook's id.")
NONE = Text(sv="Det finns inga webhookar.", en="There are no webhooks.")
REMOVED = Text(sv="Webhooken {id} är borttagen.", en="Webhook {id} is removed.")
COLUMNS = (
    Text(sv="Id", en="Id"),
    Text(sv="Producent", en="Producer"),
    Text(sv="Adress", en="Address"),
    Text(sv="Läge", en="Status"),
    Text(sv="Hunnit till", en="Has come to"),
    Text(sv="Senast", en="Last"),
)
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
NETWORKS_FOR_ALL = Text(
    sv="Webhookar får gå till egna nät (EARKIV_WEBHOOK_NETWORKS), och varje producent väljer själv värd där; räkna upp "
    "värdarna med EARKIV_WEBHOOK_HOSTS",
    en="Webhooks may go to networks of your own (EARKIV_WEBHOOK_NETWORKS), and every producer chooses the host there "
    "itself; name the hosts by EARKIV_WEBHOOK_HOSTS",
)
OWN_KEY = Text(sv="innehavaren av EARKIV_API_KEY", en="the holder of EARKIV_API_KEY")
