"""What `earkiv decide` says, in both languages."""

from typing import Final

from ingest.domain.access.levels import Level
from ingest.domain.findings import Text

LEVELS: Final = {
    Level.PUBLIC: Text(sv="offentlig", en="public"),
    Level.ON_REQUEST: Text(sv="på begäran", en="on request"),
    Level.HIDDEN: Text(sv="dold", en="hidden"),
}
LEVELS_OF_SEVERAL: Final = {
    Level.PUBLIC: Text(sv="offentliga", en="public"),
    Level.ON_REQUEST: Text(sv="på begäran", en="on request"),
    Level.HIDDEN: Text(sv="dolda", en="hidden"),
}
ACCESS = Text(sv="Åtkomst", en="Access")
NOTHING_DECIDED = Text(sv="inget är beslutat, så inget är offentligt", en="nothing is decided, so nothing is public")
AT_MOST = Text(
    sv="enligt besluten högst {levels}; allt annat är stängt",
    en="by the decisions at most {levels}; all else is closed",
)
WAITING = Text(sv=" ({count} beslut väntar på att skrivas in)", en=" (decisions that wait to be written: {count})")
STUB: Final = "Finns i arkivet och kan begäras ut / Held by the archive and can be asked for"
"""What the public reads in place of what is on request, unless the person says otherwise."""
DECIDED = Text(sv="Beslut {decision}: {count}", en="Decision {decision}: {count}")
ONE_UNIT = Text(sv="1 enhet är {level}.", en="1 unit is {level}.")
UNITS = Text(sv="{count} enheter är {level}.", en="{count} units are {level}.")
NOT_WRITTEN_YET = Text(
    sv="Det som stängs är stängt nu. Beslutet skrivs in bland paketets händelser när leveransen som är på väg in i "
    "paketet är klar.",
    en="What is closed is closed now. The decision is written among the package's events when the delivery that is on "
    "its way into the package is done.",
)
IN_OTHER_HANDS = Text(
    sv="En leverans är på väg in i paketet. Inget beslutades; försök igen när den är klar.",
    en="A delivery is on its way into the package. Nothing was decided; try again when it is done.",
)
CHANGED_MEANWHILE = Text(
    sv="Paketet ändrades medan du beslutade. Inget beslutades; försök igen.",
    en="The package changed while you decided. Nothing was decided; try again.",
)
NOTHING_UNMARKED = Text(
    sv="Allt i paketet är märkt på något sätt. Inget beslutades; nämn det du vill besluta om.",
    en="All in the package is marked in some way. Nothing was decided; name what you want to decide on.",
)
ONE_LEVEL = Text(
    sv="Välj en av --public, --on-request och --hide; --all-unmarked ensamt betyder --public.",
    en="Choose one of --public, --on-request and --hide; --all-unmarked alone means --public.",
)
SOME_UNITS = Text(
    sv="Nämn ärenden eller handlingar, eller välj --all-unmarked, men inte båda.",
    en="Name cases or records, or choose --all-unmarked, but not both.",
)
NO_REASON = Text(sv="Skriv en motivering efter --reason.", en="Write a reason after --reason.")
NO_SUCH_UNIT = Text(
    sv="Paketet har inget ärende och ingen handling med identiteten {name}.",
    en="The package has no case and no record with the id {name}.",
)
SEVERAL_UNITS = Text(
    sv="Flera heter {name}. Skriv hela vägen: {paths}.",
    en="Several are called {name}. Write the whole path: {paths}.",
)
AT_THE_DESK = Text(
    sv="På en server beslutar den som är inloggad vid arkivets skrivbord: öppna paketet där och välj Granska och "
    "besluta.",
    en="On a server, whoever is signed in at the archive's desk decides: open the package there and choose Review and "
    "decide.",
)
