"""What the page of a document says, in both languages."""

from typing import Final

from audit.desk.package_texts import BACK, DIGEST, FORMAT, SIZE, UNKNOWN_FORMAT
from ingest.domain.findings import Text

__all__ = ["BACK", "DIGEST", "FORMAT", "SIZE", "UNKNOWN_FORMAT"]

TAKE_HOME: Final = Text(sv="Hämta filen", en="Get the file")
OPEN_ALONE: Final = Text(sv="Öppna för sig", en="Open on its own")
HOW_IT_LOOKS: Final = Text(sv="Förhandsvisning", en="Preview")
WHAT_IT_IS: Final = Text(sv="Uppgifter om filen", en="About the file")
PATH: Final = Text(sv="Plats i paketet", en="Place in the package")
MEDIA_TYPE: Final = Text(sv="Medietyp", en="Media type")
NO_PREVIEW: Final = Text(
    sv="Filen kan inte visas här. Hämta den och öppna den i ett program för formatet.",
    en="The file cannot be shown here. Get it and open it in a program for its format.",
)
INFECTED: Final = Text(
    sv="Virussökningen har hittat något i filen. Den visas inte, och bör inte öppnas.",
    en="The virus scan has found something in the file. It is not shown, and should not be opened.",
)
CUT: Final = Text(
    sv="Bara början av texten visas här. Hämta filen för att läsa resten.",
    en="Only the beginning of the text is shown here. Get the file to read the rest.",
)
