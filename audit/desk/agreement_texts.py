"""What lists, pages and forms of agreements say, in both languages."""

from collections.abc import Mapping
from typing import Final

from ingest.domain.agreements import AccessDefault, Standing
from ingest.domain.findings import Text

AGREEMENT: Final = Text(sv="Överenskommelse", en="Agreement")
NEW: Final = Text(sv="Ny överenskommelse", en="New agreement")
EDIT: Final = Text(sv="Ändra", en="Change")
EDIT_MEANS: Final = Text(
    sv="Det du sparar blir en ny version. För leveranser som redan har kommit gäller den version som de kom under.",
    en="What you save becomes a new version. Deliveries that have come already stay under the version they came under.",
)
SAVE: Final = Text(sv="Spara som ny version", en="Save as a new version")
ID: Final = Text(sv="Identitet (små bokstäver, siffror, . _ -)", en="Id (small letters, digits, . _ -)")
NAME: Final = Text(sv="Identitet", en="Id")
TITLE: Final = Text(sv="Titel", en="Title")
VERSION: Final = Text(sv="Version", en="Version")
VERSIONS: Final = Text(sv="Versioner", en="Versions")
TERMS: Final = Text(sv="Villkor", en="Terms")
TERM: Final = Text(sv="Villkor", en="Term")
SAYS: Final = Text(sv="Vad det säger", en="What it says")
AT: Final = Text(sv="När", en="When")
BY: Final = Text(sv="Av", en="By")
FROM_FOLDER: Final = Text(sv="arkivets mapp", en="the archive’s folder")
COMPARE: Final = Text(sv="Jämför versioner", en="Compare versions")
COMPARE_BEFORE: Final = Text(sv="Jämför med den före", en="Compare with the one before")
BEFORE, AFTER = Text(sv="Före", en="Before"), Text(sv="Efter", en="After")
SAME: Final = Text(sv="Versionerna säger samma sak.", en="The versions say the same.")
NOTHING: Final = Text(sv="–", en="–")
NONE: Final = Text(sv="Det finns inga överenskommelser.", en="There are no agreements.")
WHY: Final = Text(sv="Varför versionen görs", en="Why the version is made")
YES, NO = Text(sv="ja", en="yes"), Text(sv="nej", en="no")
SCHEMAS: Final = Text(
    sv="Innehållsscheman (ändras över API:et eller i arkivets mapp)",
    en="Content schemas (changed over the API or in the archive’s folder)",
)
OUTDATED: Final = Text(
    sv="Någon annan har gjort en ny version sedan du öppnade formuläret. Inget sparades. Jämför versionerna, öppna "
    "formuläret på nytt och gör din ändring där.",
    en="Another has made a new version since you opened the form. Nothing was saved. Compare the versions, open the "
    "form anew and make your change there.",
)
TAKEN: Final = Text(
    sv="Det finns redan en överenskommelse med den identiteten, eller så är den programmets egen. Inget sparades.",
    en="There is an agreement of that id already, or it is the program’s own. Nothing was saved.",
)
UNUSABLE: Final = Text(sv="Det går inte att använda. Inget sparades:", en="This cannot be used. Nothing was saved:")
LINES: Final = Text(sv="en per rad", en="one a line")

STANDINGS: Final[Mapping[str, Text]] = {
    Standing.IN_FORCE: Text(sv="gäller", en="in force"),
    Standing.DRAFT: Text(sv="utkast, bara för provleveranser", en="draft, for test deliveries alone"),
}
"""Whether a version is in force."""
ACCESS: Final[Mapping[str, Text]] = {
    AccessDefault.ON_REQUEST: Text(sv="på begäran", en="on request"),
    AccessDefault.HIDDEN: Text(sv="dold", en="hidden"),
}
"""Least strict levels."""
NORMALISE: Final[Mapping[str, Text]] = {"yes": YES, "no": NO}
"""Whether preservation copies are made."""
DISPOSAL: Final[Mapping[str, Text]] = {
    "": Text(sv="inget sägs", en="nothing is said"),
    "kept": Text(sv="bevaras", en="preserved"),
    "disposable": Text(sv="får gallras", en="may be disposed of"),
}
"""What holds where nothing is said of disposal."""
