"""What `earkiv watch` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text
from ingest.domain.receipts import Outcome

WATCHING: Final = Text(
    sv="Tar emot det som läggs i {place}/in. Stoppa med Ctrl-C.",
    en="Taking in what is left in {place}/in. Stop with Ctrl-C.",
)
NO_PLACE: Final = Text(
    sv="Ange mappen eller s3://HINK/PREFIX, på kommandoraden eller med EARKIV_DROPS.",
    en="Name the folder or s3://BUCKET/PREFIX, on the command line or by EARKIV_DROPS.",
)
TAKEN: Final = {
    Outcome.ACCEPTED: Text(sv="{name}: mottagen, se done/", en="{name}: accepted, see done/"),
    Outcome.REJECTED: Text(sv="{name}: avvisad, se refused/", en="{name}: refused, see refused/"),
    Outcome.HELD: Text(sv="{name}: väntar på beslut", en="{name}: waits for a decision"),
}
PUT_OFF: Final = Text(
    sv="{name} ligger kvar i taken/ och prövas igen om en timme: {reason} {remedy}",
    en="{name} stays in taken/ and is tried again in an hour: {reason} {remedy}",
)
