"""What the review of access says, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ingest.domain.access.decisions import Lack
from ingest.domain.access.levels import Level
from ingest.domain.access.marks import Cause
from ingest.domain.access.proposals import Place
from ingest.domain.findings import Text
from ingest.domain.people import PersonRole
from ingest.domain.personal_numbers import NumberKind
from ingest.domain.personal_numbers.found import Where
from ingest.domain.texts import UnreadReason

HEADING: Final = Text(sv="Vem får se vad", en="Who may see what")
BACK: Final = Text(sv="Till arkivpaketet", en="To the package")
BACK_TO_REVIEW: Final = Text(sv="Till granskningen", en="To the review")
MEANS: Final = Text(
    sv="Inget är offentligt förrän någon har beslutat det. Ett beslut gäller exakt det som du ser här: ändras något, "
    "gäller förslaget igen tills någon beslutar på nytt.",
    en="Nothing is public until somebody has decided so. A decision holds for exactly what you see here: when "
    "something changes, the proposal holds again until somebody decides anew.",
)
LEVELS: Final[Mapping[Level, Text]] = MappingProxyType(
    {
        Level.PUBLIC: Text(sv="offentlig", en="public"),
        Level.ON_REQUEST: Text(sv="på begäran", en="on request"),
        Level.HIDDEN: Text(sv="dold", en="hidden"),
    }
)
LEVEL_MARKS: Final[Mapping[Level, str]] = MappingProxyType(
    {Level.PUBLIC: "good", Level.ON_REQUEST: "warning", Level.HIDDEN: "error"}
)
"""How a level is marked."""
KINDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "case": Text(sv="Ärende", en="Case"),
        "part": Text(sv="Del av ärende", en="Part of a case"),
        "record": Text(sv="Handling", en="Record"),
    }
)
"""Kinds of units."""
CAUSES: Final[Mapping[Cause, Text]] = MappingProxyType(
    {
        Cause.UNMARKED: Text(
            sv="inget står om sekretess, och det bevisar inget", en="nothing is said of secrecy, which proves nothing"
        ),
        Cause.PRIVACY: Text(sv="personuppgifter, enligt källan", en="personal data, says the source"),
        Cause.NOT_TO_BE_PUBLISHED: Text(
            sv="ska inte publiceras, enligt källan", en="not to be published, says the source"
        ),
        Cause.PERSONAL_NUMBER: Text(sv="personnummer har hittats", en="personal numbers were found"),
        Cause.NOT_SEARCHED: Text(
            sv="något kunde inte genomsökas efter personnummer",
            en="something could not be searched for personal numbers",
        ),
        Cause.SECRECY: Text(sv="sekretess, enligt källan", en="secrecy, says the source"),
        Cause.CLASSED: Text(
            sv="säkerhetsklass eller informationsklass, enligt källan",
            en="security or information class, says the source",
        ),
        Cause.PROTECTED_IDENTITY: Text(sv="skyddade personuppgifter", en="a protected identity"),
        Cause.NO_LEGAL_GROUND: Text(sv="märkt utan lagrum", en="marked without a legal ground"),
        Cause.UNKNOWN_VALUE: Text(
            sv="märkt med ord som arkivet inte känner", en="marked in words that the archive does not know"
        ),
        Cause.CONTRADICTION: Text(sv="uppgifterna säger emot varandra", en="what is said contradicts itself"),
        Cause.SAME_ID: Text(sv="två enheter har samma identitet", en="two units have the same id"),
        Cause.ALSO_IN_PRIVATE: Text(
            sv="en fil hör även till en enhet som lämnas ut först på begäran",
            en="a file belongs also to a unit that is given out on request only",
        ),
        Cause.ALSO_IN_HIDDEN: Text(
            sv="en fil hör även till en enhet som inte får visas", en="a file belongs also to a unit that is not shown"
        ),
        Cause.AGREEMENT: Text(sv="så säger överenskommelsen", en="so says the agreement"),
    }
)
"""Why a unit is closed."""
PLACES: Final[Mapping[Place, Text]] = MappingProxyType(
    {
        Place.ITSELF: Text(sv="Den här", en="This one"),
        Place.ABOVE: Text(sv="Det som den ingår i", en="What it is part of"),
        Place.BELOW: Text(sv="Något som ingår i den", en="Something in it"),
        Place.PACKAGE: Text(sv="Hela paketet", en="The whole package"),
        Place.ARCHIVE: Text(sv="Arkivet", en="The archive"),
    }
)
"""Where the cause stands."""
WHERES: Final[Mapping[Where, Text]] = MappingProxyType(
    {
        Where.METADATA: Text(sv="i uppgiften", en="in the field"),
        Where.FILE_NAME: Text(sv="i filnamnet", en="in the file name"),
        Where.DOCUMENT: Text(sv="i dokumentet", en="in the document"),
    }
)
"""Where a number was found."""
NUMBER_KINDS: Final[Mapping[NumberKind, Text]] = MappingProxyType(
    {
        NumberKind.PERSONNUMMER: Text(sv="Personnummer", en="Personal number (personnummer)"),
        NumberKind.SAMORDNINGSNUMMER: Text(sv="Samordningsnummer", en="Coordination number (samordningsnummer)"),
        NumberKind.INTERIM: Text(sv="Interimspersonnummer", en="Interim personal number"),
    }
)
"""What was found."""
UNREAD: Final[Mapping[UnreadReason, Text]] = MappingProxyType(
    {
        UnreadReason.NO_READER: Text(sv="formatet kan inte läsas som text", en="its format cannot be read as text"),
        UnreadReason.PICTURES: Text(sv="text i bilder kan inte läsas", en="text in pictures cannot be read"),
        UnreadReason.GARBLED: Text(
            sv="tecknen står inte för någon känd text", en="its letters stand for no known text"
        ),
        UnreadReason.LOCKED: Text(sv="ett lösenord behövs", en="a password is needed"),
        UnreadReason.DAMAGED: Text(sv="skadad", en="damaged"),
        UnreadReason.ENTITIES: Text(
            sv="har en egen dokumenttypsdeklaration", en="has a document type declaration of its own"
        ),
        UnreadReason.TOO_LARGE: Text(sv="för stor", en="too large"),
        UnreadReason.TOO_DEEP: Text(sv="för djupt inuti andra", en="too deep inside others"),
        UnreadReason.TOO_LONG: Text(sv="tog för lång tid att läsa", en="took too long to read"),
        UnreadReason.TOO_MUCH_MEMORY: Text(sv="tog för mycket minne att läsa", en="took too much memory to read"),
        UnreadReason.ENDED: Text(sv="läsningen avbröts", en="reading it ended at once"),
    }
)
"""Why something was not searched."""
LACKS: Final[Mapping[Lack, Text]] = MappingProxyType(
    {
        Lack.RELEASER: Text(
            sv="den som öppnar ska ha rollen frisläppare", en="whoever opens must have the role of a releaser"
        ),
        Lack.REASON: Text(sv="en motivering", en="a reason"),
        Lack.GROUND: Text(sv="lagrum, eller att inget finns", en="the legal ground, or that there is none"),
        Lack.PERSONAL_DATA: Text(sv="en bedömning av personuppgifterna", en="an assessment of the personal data"),
        Lack.VIEW: Text(
            sv="den har ändrats sedan du öppnade sidan; se på den på nytt",
            en="it has changed since you opened the page; look at it anew",
        ),
        Lack.CLOSED_SINCE: Text(
            sv="någon har stängt den sedan du öppnade sidan; läs varför och besluta på nytt",
            en="somebody has closed it since you opened the page; read why and decide anew",
        ),
    }
)
"""What a decision lacks to open a unit."""
ROLES: Final[Mapping[PersonRole, Text]] = MappingProxyType(
    {
        PersonRole.ARCHIVIST: Text(sv="arkivarie", en="archivist"),
        PersonRole.REVIEWER: Text(sv="granskare", en="reviewer"),
        PersonRole.RELEASER: Text(sv="frisläppare", en="releaser"),
        PersonRole.AUDITOR: Text(sv="revisor", en="auditor"),
        PersonRole.AGENCY_READER: Text(sv="läsare vid myndigheten", en="agency reader"),
        PersonRole.OPERATOR: Text(sv="driftansvarig", en="operator"),
        PersonRole.ADMINISTRATOR: Text(sv="administratör", en="administrator"),
    }
)
"""In what role somebody decided."""
UNTITLED: Final = Text(sv="(utan rubrik)", en="(no title)")
UNITS: Final = Text(sv="Ärenden och handlingar", en="Cases and records")
IN_FORCE: Final = Text(sv="Gäller", en="In force")
PROPOSED: Final = Text(sv="Föreslås", en="Proposed")
WHY: Final = Text(sv="Skäl till förslaget", en="Reasons for the proposal")
DUE_TO: Final = Text(sv="Enligt beslut", en="By decision")
NOT_DECIDED: Final = Text(sv="Inget beslut gäller för det som finns nu.", en="No decision holds for what is there now.")
DOCUMENTS: Final = Text(sv="Dokument", en="Documents")
NOT_FOUND: Final = Text(sv="filen saknas", en="no such file")
ON_PACKAGE_PAGE: Final = Text(sv="öppnas på paketets sida", en="opened on the package’s page")
FOUND: Final = Text(
    sv="Personnummer och vad som inte kunde genomsökas", en="Personal numbers, and what was not searched"
)
BESIDE: Final = Text(sv="Utanför ärenden och handlingar", en="Outside cases and records")
IN_VIEW: Final = Text(sv="Visa texten runt om", en="Show the text around them")
MORE_PLACES: Final = Text(sv="och {count} till", en="and {count} more")
REFERENCE_SHOWN: Final = Text(sv="Numret får visas", en="Its number may be shown")
OTHER_UNITS: Final = Text(sv="Fler ärenden och handlingar", en="More cases and records")
EARLIER, LATER = Text(sv="Föregående", en="Previous"), Text(sv="Nästa", en="Next")
BY: Final = Text(sv="av", en="by")
DECIDE: Final = Text(sv="Besluta", en="Decide")
DECIDE_MEANS: Final = Text(
    sv="Beslutet gäller det som är ikryssat ovan. Att stänga gäller genast. Att öppna kräver rollen frisläppare och "
    "alla uppgifter nedan.",
    en="The decision is on what is ticked above. Closing acts at once. Opening takes the role of a releaser and all "
    "that is asked below.",
)
LEVEL: Final = Text(sv="Vem får se det som är ikryssat?", en="Who may see what is ticked?")
CHOICES: Final[Mapping[Level, Text]] = MappingProxyType(
    {
        Level.PUBLIC: Text(sv="Offentligt: alla, i läsesalen", en="Public: everybody, in the reading room"),
        Level.ON_REQUEST: Text(
            sv="På begäran: läsesalen visar bara texten nedan",
            en="On request: the reading room shows the text below alone",
        ),
        Level.HIDDEN: Text(sv="Dolt: läsesalen visar inget", en="Hidden: the reading room shows nothing"),
    }
)
"""What each level means."""
REASON: Final = Text(sv="Motivering", en="Reason")
GROUND: Final = Text(sv="Lagrum, eller varför inget behövs", en="Legal ground, or why none is needed")
PERSONAL_DATA: Final = Text(
    sv="Bedömning av personuppgifter (för det som blir offentligt)",
    en="Assessment of personal data (for what becomes public)",
)
STUB: Final = Text(
    sv="Text i läsesalen för det som är på begäran (utan text visas inget)",
    en="Text in the reading room for what is on request (without a text nothing is shown)",
)
SHOW_REFERENCE: Final = Text(
    sv="Visa ärendenummer och handlingsnummer (en lucka i en nummerserie kan avslöja något)",
    en="Show numbers of cases and records (a gap in a series can tell something)",
)
CHOOSE: Final = Text(sv="Besluta om den här", en="Decide on this one")
DECISIONS: Final = Text(sv="Beslut", en="Decisions")
NO_DECISIONS: Final = Text(sv="Inget är beslutat än.", en="Nothing has been decided yet.")
PUBLISH: Final = Text(sv="Publicera", en="Publish")
PUBLISH_MEANS: Final = Text(
    sv="Det som är beslutat förs över till läsesalen. Det som inte längre får synas tas bort där.",
    en="What has been decided is carried over to the reading room. What may no longer be seen is taken out of it.",
)

DONE: Final = Text(sv="Beslutet gäller nu.", en="The decision is in force now.")
CLOSED_AT_ONCE: Final = Text(
    sv="Det som beslutet stänger är stängt nu. Beslutet skrivs in bland paketets händelser när leveransen som är på "
    "väg in i paketet är klar.",
    en="What the decision closes is closed now. The decision is written among the package’s events when the delivery "
    "that is on its way into the package is done.",
)
IN_OTHER_HANDS: Final = Text(
    sv="En leverans är på väg in i paketet. Inget beslutades. Försök igen när den är klar.",
    en="A delivery is on its way into the package. Nothing was decided. Try again when it is done.",
)
NO_UNITS: Final = Text(
    sv="Kryssa för minst ett ärende eller en handling. Inget beslutades.",
    en="Tick at least one case or record. Nothing was decided.",
)
NO_LEVEL: Final = Text(
    sv="Välj vem som får se det som är ikryssat. Inget beslutades.",
    en="Choose who may see what is ticked. Nothing was decided.",
)
UNKNOWN: Final = Text(
    sv="Det som du kryssade för finns inte i paketet längre. Inget beslutades. Se på sidan på nytt.",
    en="What you ticked is no longer in the package. Nothing was decided. Look at the page anew.",
)
OPENS_NOTHING: Final = Text(
    sv="Beslutet skulle öppna något och räcker inte till för det. Inget beslutades. Det här saknas:",
    en="The decision would open something and does not suffice for that. Nothing was decided. This is lacking:",
)

BY_APPROVAL: Final = Text(sv="Grunden är ett godkännande på förhand av", en="The ground is an approval beforehand of")
OPENS_WHEN_PUBLISHED: Final = Text(
    sv="Blir offentlig när paketet publiceras.", en="Becomes public when the package is published."
)
IN_VIEW_HEADING: Final = Text(sv="Personnummer i sitt sammanhang", en="Personal numbers in their place")
MASKED: Final = Text(sv="Siffrorna är dolda.", en="The digits are masked.")
SHOW_NUMBERS: Final = Text(sv="Visa siffrorna", en="Show the digits")
SHOWN: Final = Text(sv="Siffrorna visas.", en="The digits are shown.")
NO_HITS: Final = Text(sv="Inga personnummer hittades här.", en="No personal numbers were found here.")
MORE_HITS: Final = Text(sv="Fler hittades än vad som visas.", en="More were found than are shown.")
UNSEARCHED: Final = Text(sv="Kunde inte genomsökas", en="Could not be searched")
OF_PACKAGE: Final = Text(
    sv="Paketet självt och filer utanför ärendena", en="The package itself, and files outside its cases"
)

PUBLISHED: Final = Text(sv="Publicerat", en="Published")
SHOWN_NOW: Final = Text(sv="I läsesalen nu", en="In the reading room now")
NOTHING_SHOWN: Final = Text(
    sv="Inget i paketet är beslutat att visas. Inget av det finns i läsesalen.",
    en="Nothing in the package has been decided to be shown. None of it is in the reading room.",
)
WITHDRAWN: Final = Text(sv="Borttaget ur läsesalen: {count}", en="Taken out of the reading room: {count}")
UNDER_WAY: Final = Text(
    sv="En leverans är på väg in i paketet, eller besluten om det ändras. Publicera igen om en stund.",
    en="A delivery is on its way into the package, or decisions on it change. Publish again in a while.",
)
ALL_UNMARKED: Final = Text(
    sv="Alla omärkta som ingen har beslutat om: {count}, också de på andra sidor",
    en="All unmarked ones that nobody has decided on: {count}, those on other pages too",
)
OTHERS_UNMARKED: Final = Text(
    sv="Andra enheter är omärkta nu än när du öppnade sidan. Inget beslutades. Läs vilka de är nu.",
    en="Other units are unmarked now than when you opened the page. Nothing was decided. Read which they are now.",
)
GET: Final = Text(sv="hämta", en="get")

HIDE_AT_ONCE: Final = Text(sv="Dölj genast", en="Hide at once")
HIDE_AT_ONCE_MEANS: Final = Text(
    sv="Det här är det som kan synas i läsesalen enligt besluten. Det som du döljer försvinner genast, med allt som "
    "ligger i det. Arkivpaketet behöver inte kunna läsas för det.",
    en="This is what can be seen in the reading room by the decisions. What you hide goes at once, with all that is in "
    "it. The package need not be readable for that.",
)
HIDE: Final = Text(sv="Dölj det som är ikryssat", en="Hide what is ticked")
HIDDEN_NOW: Final = Text(sv="Det är dolt nu.", en="It is hidden now.")
NOTHING_OPEN: Final = Text(
    sv="Inget i paketet kan synas i läsesalen.", en="Nothing in the package can be seen in the reading room."
)
NO_REASON: Final = Text(sv="Skriv en motivering. Inget beslutades.", en="Write a reason. Nothing was decided.")
