"""What `doctor` says of the place where drops are left, in Swedish and English."""

from typing import Final

from ingest.adapters.drop_probe import Act
from ingest.domain.findings import Text

BUCKET_FOUND: Final = Text(
    sv="Leveranser: {place} går att lista, läsa, skriva i och ta bort ur, och skriver aldrig över",
    en="Drops: {place} can be listed, read, written to and deleted from, and never overwrites",
)
FOLDER_FOUND: Final = Text(
    sv="Leveranser: mappen {place} går att lista, skriva i och flytta inom",
    en="Drops: the folder {place} can be listed, written to and moved within",
)
FOLDER_ABSENT: Final = Text(
    sv="Leveranser: mappen {place} finns inte än, `earkiv watch` gör den; eller är disken inte monterad?",
    en="Drops: the folder {place} is not there yet, `earkiv watch` makes it; or is the disk not mounted?",
)
NOT_TRIED: Final = Text(
    sv="Leveranser: en nyckel är angiven men ingen plats att pröva; ange den med EARKIV_DROPS",
    en="Drops: a key is set but no place to try; name it by EARKIV_DROPS",
)
UNUSABLE: Final = Text(sv="Leveranser: {reason}", en="Drops: {reason}")
LACKING: Final = {
    Act.LIST: Text(
        sv="Leveranser: {place} går inte att lista: {reason}",
        en="Drops: {place} cannot be listed: {reason}",
    ),
    Act.WRITE: Text(
        sv="Leveranser: {place} går inte att skriva i: {reason}",
        en="Drops: {place} cannot be written to: {reason}",
    ),
    Act.WRITE_ONCE: Text(
        sv="Leveranser: {place} går inte att skriva i med villkoret `If-None-Match`: {reason}",
        en="Drops: {place} cannot be written to on the condition `If-None-Match`: {reason}",
    ),
    Act.READ: Text(
        sv="Leveranser: {place} går inte att läsa: {reason}",
        en="Drops: {place} cannot be read: {reason}",
    ),
    Act.MOVE: Text(
        sv="Leveranser: till {place} går det inte att flytta något från mappen före: {reason} "
        "Alla fyra mapparna ska ligga i samma filsystem.",
        en="Drops: nothing can be moved to {place} from the folder before: {reason} "
        "All four folders must lie in one file system.",
    ),
    Act.REMOVE: Text(
        sv="Leveranser: ur {place} går det inte att ta bort något: {reason}",
        en="Drops: nothing can be deleted from {place}: {reason}",
    ),
}
DONE_ALL_THE_SAME: Final = {
    Act.WRITE_ONCE: Text(
        sv="lagret skriver över befintliga objekt fast villkoret säger nej; använd det inte",
        en="the store overwrites what is there although the condition forbids it; do not use it",
    ),
    Act.READ: Text(
        sv="lagret lämnade inte tillbaka de byte som lagrades; använd det inte",
        en="the store did not give back the bytes that were stored; do not use it",
    ),
    Act.REMOVE: Text(
        sv="lagret sade ja, men objektet ligger kvar",
        en="the store agreed, but the object is still there",
    ),
}
