"""What `earkiv serve` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

SERVING: Final = Text(
    sv="Tar emot leveranser på http://{host}:{port}/v1/deliveries. Stoppa med Ctrl-C.",
    en="Taking in deliveries at http://{host}:{port}/v1/deliveries. Stop with Ctrl-C.",
)
NO_API_KEY: Final = Text(
    sv="Ingen kan leverera: sätt en nyckel med EARKIV_API_KEY.",
    en="Nobody can deliver: set a key with EARKIV_API_KEY.",
)
NO_ADDRESS: Final = Text(
    sv="Det går inte att lyssna på {host}, port {port}: {why}.",
    en="It is not possible to listen on {host}, port {port}: {why}.",
)
