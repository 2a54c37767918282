"""What the reading room says where somebody asks, wonders or meets a fault."""

from access.language import Text

ASK = {
    "ask_title": Text("Begär ut en handling", "Request a record"),
    "ask_lead": Text(
        "Du har rätt att ta del av allmänna handlingar. En del visas inte på webben, och en del är sekretessbelagda. "
        "Arkivet prövar varje begäran för sig.",
        "You have the right to read official documents. Some are not shown on the web, and some are secret. "
        "The archive examines each request by itself.",
    ),
    "ask_rights": Text("Det här gäller", "Your rights"),
    "ask_anonymous": Text("Du behöver inte säga vem du är.", "You need not say who you are."),
    "ask_purpose": Text(
        "Du behöver inte säga varför du vill läsa. Ibland behöver arkivet ändå fråga, för att kunna pröva sekretessen.",
        "You need not say why you want to read it. Sometimes the archive has to ask all the same, to "
        "examine the secrecy.",
    ),
    "ask_prompt": Text("Arkivet svarar skyndsamt.", "The archive answers promptly."),
    "ask_appeal": Text(
        "Får du nej har du rätt till ett skriftligt beslut, som du kan överklaga till kammarrätten.",
        "If the answer is no, you have the right to a written decision, which you can appeal to the "
        "administrative court of appeal.",
    ),
    "ask_how": Text("Så gör du", "How to do it"),
    "ask_tell": Text(
        "Skriv, ring eller besök arkivet. Berätta vad du söker: till exempel vilken myndighet, vilket år, "
        "en adress eller ett ämne.",
        "Write to, call or visit the archive. Say what you look for: for example which authority, which "
        "year, an address or a subject.",
    ),
    "ask_about": Text("Det gäller", "It concerns"),
    "ask_about_hint": Text("Ange den här beteckningen i din begäran.", "Give this identifier in your request."),
    "ask_write": Text("Skriv till arkivet", "Write to the archive"),
    "ask_subject": Text("Begäran om handling", "Request for a record"),
}

STANDING = {
    "about_title": Text("Om läsesalen", "About the reading room"),
    "about_what": Text(
        "I läsesalen finns det som arkivet har beslutat att alla får läsa på webben. Varje ärende och "
        "handling har prövats för sig.",
        "The reading room holds what the archive has decided that everybody may read on the web. Each case "
        "and record was examined by itself.",
    ),
    "about_missing_title": Text("Det som inte finns här", "What is not here"),
    "about_missing": Text(
        "Att du inte hittar något här betyder inte att det saknas i arkivet. Det kan vara oprövat, eller "
        "inte få visas på webben. "
        "Du kan alltid fråga.",
        "That you do not find something here does not mean that the archive lacks it. It may not have been "
        "examined, or may not be shown "
        "on the web. You can always ask.",
    ),
    "about_search_title": Text("Så söker du", "How to search"),
    "about_search_words": Text(
        "Alla ord ska finnas med. Böjningen spelar ingen roll: handling hittar också handlingarna.",
        "All words have to be there. Inflection does not matter: handling also finds handlingarna.",
    ),
    "about_search_phrase": Text(
        "Citattecken håller ihop ord: ”öppen förskola”.", "Quotation marks keep words together: “öppen förskola”."
    ),
    "about_search_open": Text(
        "En asterisk står för resten av ordet: gat* hittar gata och gatlykta.",
        "An asterisk stands for the rest of a word: gat* finds gata and gatlykta.",
    ),
    "about_link_title": Text("Länkar som håller", "Links that last"),
    "about_link": Text(
        "Varje ärende och handling har en beteckning (ARK) som inte ändras. Tas något bort från webben "
        "svarar länken med det, och när.",
        "Each case and record has an identifier (ARK) that does not change. If something is taken off the "
        "web, the link says so, and when.",
    ),
    "about_privacy_title": Text("Din integritet", "Your privacy"),
    "about_privacy": Text(
        "Läsesalen sätter inga kakor, kör inga skript i din webbläsare och hämtar inget från andra webbplatser.",
        "The reading room sets no cookies, runs no scripts in your browser and fetches nothing from other sites.",
    ),
    "accessibility_title": Text("Tillgänglighet", "Accessibility"),
    "accessibility_lead": Text(
        "Alla ska kunna använda läsesalen. Sidorna byggs för att följa WCAG 2.2 på nivå AA.",
        "Everybody should be able to use the reading room. The pages are built to follow WCAG 2.2 at level AA.",
    ),
    "accessibility_done_title": Text("Det här är gjort", "What has been done"),
    "accessibility_keyboard": Text("Allt går att göra med tangentbord.", "Everything can be done with a keyboard."),
    "accessibility_zoom": Text(
        "Sidorna går att läsa från 320 bildpunkters bredd och med 200 procents förstoring.",
        "The pages can be read from a width of 320 pixels and at 200 per cent zoom.",
    ),
    "accessibility_script": Text("Inga skript behövs.", "No scripts are needed."),
    "accessibility_colours": Text(
        "Ljust och mörkt utseende följer dina inställningar.", "Light and dark appearance follow your settings."
    ),
    "accessibility_tests": Text(
        "Varje sorts sida prövas maskinellt med axe i båda språken. En granskning av människor är inte gjord än.",
        "Each kind of page is tested by machine, with axe, in both languages. No review by people has been made yet.",
    ),
    "accessibility_lacks_title": Text("Det här brister", "What is lacking"),
    "accessibility_lacks": Text(
        "Dokumenten kommer från många myndigheter och år. En del är inskannade bilder, som en skärmläsare "
        "inte kan läsa upp.",
        "The documents come from many authorities and years. Some are scanned images that a screen reader "
        "cannot read aloud.",
    ),
    "accessibility_tell_title": Text("Berätta om hinder", "Tell us about obstacles"),
    "accessibility_tell": Text(
        "Kan du inte använda en sida eller läsa ett dokument? Hör av dig, så får du det på ett annat sätt.",
        "Can you not use a page or read a document? Get in touch, and you will get it in another way.",
    ),
    "accessibility_authority": Text(
        "Är du inte nöjd med svaret kan du anmäla det till Myndigheten för digital förvaltning (Digg).",
        "If you are not satisfied with the answer, you can report it to the Agency for Digital Government (Digg).",
    ),
}

FAULTS = {
    "gone_title": Text("Borttagen från webben", "Taken off the web"),
    "gone": Text("Arkivet har tagit bort den här posten från webben.", "The archive has taken this entry off the web."),
    "gone_id": Text("Beteckning", "Identifier"),
    "gone_when": Text("Borttagen", "Taken off"),
    "gone_ask": Text("Du kan fortfarande fråga arkivet om den.", "You can still ask the archive about it."),
    "not_found_title": Text("Sidan finns inte", "There is no such page"),
    "not_found": Text(
        "Kontrollera adressen, eller sök i stället. Det du söker kan finnas i arkivet utan att visas på webben.",
        "Check the address, or search instead. The archive may hold what you look for without showing it on the web.",
    ),
    "refused_title": Text("Så går det inte att göra", "This cannot be done"),
    "refused": Text("Läsesalen går bara att läsa i.", "The reading room is for reading only."),
    "broken_title": Text("Något gick fel hos oss", "Something went wrong on our side"),
    "broken": Text("Försök igen om en stund. Felet är antecknat.", "Try again in a while. The fault has been noted."),
    "resting_title": Text("Läsesalen är stängd en stund", "The reading room is closed for a while"),
    "resting": Text(
        "Försök igen om några minuter, eller ring arkivet.", "Try again in some minutes, or call the archive."
    ),
}
