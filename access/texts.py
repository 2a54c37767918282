"""What the reading room says: what stands on every page, and every text by its name."""

from access.asking_texts import ANSWERED, FORM
from access.language import Counted, Language, Text
from access.page_texts import HOME, SEARCH, SHOWN
from access.standing_texts import ASK, FAULTS, STANDING

FRAME = {
    "skip": Text("Hoppa till innehållet", "Skip to the content"),
    "language": Text("In English", "På svenska"),
    "main_menu": Text("Huvudmeny", "Main menu"),
    "search": Text("Sök", "Search"),
    "home": Text("Start", "Home"),
    "ask": Text("Begär ut en handling", "Request a record"),
    "about": Text("Om läsesalen", "About the reading room"),
    "accessibility": Text("Tillgänglighet", "Accessibility"),
    "help_title": Text("Behöver du hjälp?", "Do you need help?"),
    "help": Text(
        "Arkivets personal hjälper dig att söka och att beställa. Du behöver inte säga vem du är.",
        "The archive's staff help you to search and to order. You need not say who you are.",
    ),
    "email": Text("E-post", "E-mail"),
    "phone": Text("Telefon", "Telephone"),
    "visit": Text("Besök", "Visit"),
    "no_contact": Text(
        "Arkivet har inte angett några kontaktuppgifter här än.",
        "The archive has not given its contact details here yet.",
    ),
    "page_language": Text("sv", "en"),
}

COUNTED = {
    "hits": Counted(Text("{number} träff", "{number} result"), Text("{number} träffar", "{number} results")),
    "document_count": Counted(
        Text("{number} dokument", "{number} document"), Text("{number} dokument", "{number} documents")
    ),
    "record_count": Counted(
        Text("{number} handling", "{number} record"), Text("{number} handlingar", "{number} records")
    ),
}

TEXTS = FRAME | SEARCH | HOME | SHOWN | ASK | FORM | ANSWERED | STANDING | FAULTS


class Spoken:
    """Says texts in one language by their names, as `spoken.search`."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __getattr__(self, name: str) -> str:
        """Give a text. Raises AttributeError for a name that there is none of."""
        text = TEXTS.get(name)
        if text is None:
            raise AttributeError(name)
        return text.said(self._language)

    def counted(self, name: str, number: int) -> str:
        """Give a text that tells a number. Raises KeyError for a name that there is none of."""
        return COUNTED[name].said(number, self._language)
