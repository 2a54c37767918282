"""What the reading room says where people search and read."""

from access.language import Text

SEARCH = {
    "search_label": Text("Sök bland ärenden och handlingar", "Search cases and records"),
    "search_hint": Text(
        "Skriv till exempel en gata, ett ämne eller en nämnd. Ordens böjning spelar ingen roll.",
        "For example a street, a subject or a board, in Swedish. It does not matter how words are inflected.",
    ),
    "search_title": Text("Sökning", "Search"),
    "results_for": Text("Träffar för ”{asked}”", "Results for “{asked}”"),
    "all_records": Text("Alla ärenden och handlingar", "All cases and records"),
    "many": Text(
        "Fler än {number} träffar. Här visas de {number} nyaste, och siffrorna i urvalet gäller dem.",
        "More than {number} results. The {number} newest are shown here, and the numbers beside the filters "
        "count those.",
    ),
    "plain_manner": Text(
        "Visar också träffar med a för å och ä, och o för ö.", "Also shows results with a for å and ä, and o for ö."
    ),
    "narrow": Text("Begränsa träffarna", "Narrow the results"),
    "narrowed_by": Text("Valda begränsningar", "Chosen filters"),
    "remove": Text("Ta bort", "Remove"),
    "show_more": Text("Visa fler", "Show more"),
    "in_case": Text("I ärendet", "In the case"),
    "pages": Text("Sidor med träffar", "Pages of results"),
    "previous": Text("Föregående sida", "Previous page"),
    "next": Text("Nästa sida", "Next page"),
    "page_of": Text("Sida {page} av {pages}", "Page {page} of {pages}"),
    "results": Text("Träffar", "Results"),
    "nothing_title": Text("Inga träffar", "No results"),
    "nothing_for": Text("Inga träffar för ”{asked}”", "No results for “{asked}”"),
    "ways_on": Text("Så kan du gå vidare", "How to go on"),
    "way_spelling": Text("Sök även på liknande stavning", "Also search similar spellings"),
    "way_words": Text("Sök på ett ord i taget", "Search one word at a time"),
    "way_unnarrowed": Text("Sök utan begränsningar", "Search without filters"),
    "way_browse": Text("Bläddra i allt som är offentligt", "Browse everything that is public"),
    "way_tips": Text(
        "Skriv kortare: en asterisk står för resten av ordet, som i fastighet*.",
        "Write less: an asterisk stands for the rest of a word, as in fastighet*.",
    ),
    "way_ask": Text("Fråga arkivet", "Ask the archive"),
    "way_ask_why": Text(
        "Allt finns inte här. Handlingar som ingen har prövat visas inte, men du kan begära ut dem.",
        "Not everything is here. Records that nobody has reviewed are not shown, but you can request them.",
    ),
    "facet_when": Text("När", "When"),
    "facet_where": Text("Var", "Where"),
    "facet_who": Text("Arkivbildare", "Archival creator"),
    "facet_class": Text("Klass", "Class"),
    "facet_type": Text("Filtyp", "File type"),
}

HOME = {
    "welcome": Text("Läs det som är offentligt", "Read what is public"),
    "lead": Text(
        "Här finns ärenden och handlingar som arkivet har beslutat att alla får läsa på webben.",
        "Here are cases and records that the archive has decided that everybody may read on the web.",
    ),
    "newest": Text("Senast utlagt", "Latest releases"),
    "browse": Text("Bläddra", "Browse"),
    "browse_who": Text("Efter arkivbildare", "By archival creator"),
    "browse_class": Text("Efter klass", "By class"),
    "browse_when": Text("Efter år", "By year"),
    "empty": Text("Inget har lagts ut än.", "Nothing has been released yet."),
    "see_all": Text("Visa allt", "Show all"),
}

SHOWN = {
    "breadcrumbs": Text("Var du är", "Where you are"),
    "case": Text("Ärende", "Case"),
    "record": Text("Handling", "Record"),
    "part": Text("Del av ärende", "Part of a case"),
    "reference": Text("Nummer", "Number"),
    "kind": Text("Typ", "Type"),
    "date": Text("Datum", "Date"),
    "creator": Text("Arkivbildare", "Archival creator"),
    "classes": Text("Klassificering", "Classification"),
    "scheme": Text("Klassificeringsschema", "Classification scheme"),
    "parties": Text("Parter", "Parties"),
    "places": Text("Platser", "Places"),
    "keywords": Text("Ämnesord", "Subjects"),
    "released": Text("Utlagt", "Released"),
    "licence": Text("Villkor för återanvändning", "Terms of reuse"),
    "details": Text("Uppgifter", "Details"),
    "documents": Text("Dokument", "Documents"),
    "records": Text("Handlingar i ärendet", "Records in the case"),
    "more_records": Text("Fler handlingar", "More records"),
    "earlier_records": Text("Tidigare handlingar", "Earlier records"),
    "no_documents": Text(
        "Här finns inga dokument att läsa på webben.", "There are no documents to read on the web here."
    ),
    "download": Text("Hämta", "Download"),
    "download_all": Text("Hämta allt som ZIP", "Download everything as ZIP"),
    "open_alone": Text("Öppna i webbläsaren", "Open in the browser"),
    "cite": Text("Hänvisa hit", "Cite this"),
    "cite_hint": Text("Länken fortsätter att gälla.", "The link will keep working."),
    "link": Text("Länk", "Link"),
    "on_request": Text("Visas inte på webben", "Not shown on the web"),
    "on_request_why": Text(
        "Handlingen finns i arkivet. Begär ut den, så prövar arkivet om du kan få den. "
        "Du behöver inte säga vem du är eller varför du vill läsa.",
        "The archive holds this record. Request it, and the archive will examine whether you can have it. "
        "You need not say who you are or why you want to read it.",
    ),
    "request_this": Text("Begär ut handlingen", "Request the record"),
    "file_type": Text("Filtyp", "File type"),
    "format": Text("Format", "Format"),
    "size": Text("Storlek", "Size"),
    "digest": Text("Kontrollsumma (SHA-256)", "Checksum (SHA-256)"),
    "preview": Text("Förhandsvisning", "Preview"),
    "no_preview": Text(
        "Den här filtypen kan inte visas här. Hämta filen för att öppna den i ett eget program.",
        "This type of file cannot be shown here. Download it to open it in a program of your own.",
    ),
    "text_cut": Text("Här visas början av texten.", "The beginning of the text is shown here."),
}
