"""What the pages say where files of packages are chosen for an answer, in both languages."""

from typing import Final

from ingest.domain.findings import Text

REQUESTS: Final = Text(sv="Begäranden från allmänheten", en="Requests of the public")
REQUEST: Final = Text(sv="Begäran", en="Request")
PACKAGES: Final = Text(sv="Välj paket", en="Choose a package")
MEANS: Final = Text(
    sv="Sök upp paketet med handlingen. I nästa steg väljer du filer.",
    en="Find the package with the record. You choose files in the next step.",
)
WORDS: Final = Text(sv="Ärendenummer, rubrik eller part", en="Case number, title or party")
SEARCH: Final = Text(sv="Sök", en="Search")
ASKED: Final = Text(sv="Handlingen som begärs", en="The record that is asked for")
TITLE: Final = Text(sv="Rubrik", en="Title")
UNTITLED: Final = Text(sv="utan rubrik", en="untitled")
PRODUCER: Final = Text(sv="Levererande organisation", en="Producer")
STORED: Final = Text(sv="Arkiverat", en="Archived")
NONE: Final = Text(sv="Inget paket svarar mot det.", en="No package answers to that.")
CATCHING_UP: Final = Text(
    sv="De senaste paketen går ännu inte att söka på.", en="The newest packages cannot be searched for yet."
)
OLDER: Final = Text(sv="Äldre", en="Older")
NEWEST: Final = Text(sv="Till de nyaste", en="To the newest")
FILES: Final = Text(sv="Välj filer", en="Choose files")
FILES_MEAN: Final = Text(
    sv="De filer som du väljer går ut som de ligger i arkivet, byte för byte. Läs dem först. Att de lästes för svaret "
    "står under Läst och ändrat.",
    en="The files that you choose go out as they lie in the archive, byte for byte. Read them first. Read and changed "
    "says that they were read for the answer.",
)
WORD: Final = Text(sv="Ord i filens namn eller mapp", en="A word in the file’s name or folder")
NARROW: Final = Text(sv="Visa bara dessa", en="Show only these")
FILE: Final = Text(sv="Fil", en="File")
SIZE: Final = Text(sv="Storlek", en="Size")
LOOK: Final = Text(sv="Läs", en="Read")
SOME: Final = Text(
    sv="Visar {shown} av {count} filer. Skriv ett ord för att hitta de andra.",
    en="Showing {shown} of {count} files. Write a word to find the others.",
)
NO_FILES: Final = Text(sv="Ingen fil svarar mot det.", en="No file answers to that.")
TAKE: Final = Text(sv="Ta med de valda filerna", en="Take the chosen files along")
OTHER_PACKAGE: Final = Text(sv="Välj ett annat paket", en="Choose another package")
