"""What `earkiv publish` says, in both languages."""

from typing import Final

from ingest.domain.findings import Text

LEVELS: Final = {
    "public": Text(sv="Offentlig", en="Public"),
    "on-request": Text(sv="På begäran", en="On request"),
}
NOTHING_SHOWN = Text(
    sv="Inget i paketet är beslutat att visas. Besluta med `earkiv decide` och publicera sedan.",
    en="Nothing in the package has been decided to be shown. Decide by `earkiv decide`, then publish.",
)
WITHDRAWN = Text(sv="Borttaget ur läsesalen: {count}", en="Taken out of the reading room: {count}")
UNDER_WAY = Text(
    sv="En leverans är på väg in i paketet, eller besluten om det ändras. Publicera igen om en stund.",
    en="A delivery is on its way into the package, or decisions on it change. Publish again in a while.",
)
ID_OR_ALL = Text(
    sv="Ange ett ID, eller --all för alla paket som något är beslutat om.",
    en="Give an ID, or --all for every package of which anything was decided.",
)
SHOWN_ANEW = Text(sv="{package}: {count} visas", en="{package}: {count} shown")
FAILED = Text(sv="{package}: FEL: {wrong}", en="{package}: FAULT: {wrong}")
LEFT = Text(
    sv="{count} av {all} paket är inte klara. Åtgärda felen och kör `earkiv publish --all` igen; det som är klart "
    "ändras inte.",
    en="{count} of {all} packages are not done. Mend the faults and run `earkiv publish --all` again; what is done "
    "does not change.",
)
AT_THE_DESK = Text(
    sv="På en server publicerar den som är inloggad vid arkivets skrivbord: öppna paketet där, välj Granska och "
    "besluta och sedan Publicera.",
    en="On a server, whoever is signed in at the archive's desk publishes: open the package there, choose Review and "
    "decide, then Publish.",
)
