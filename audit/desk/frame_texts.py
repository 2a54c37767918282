"""What the frame of every page says, and the pages on the way in, in both languages."""

from typing import Final

from ingest.domain.findings import Text

DESK: Final = Text(sv="Arkivets skrivbord", en="The archive’s desk")
SKIP: Final = Text(sv="Hoppa till innehållet", en="Skip to the content")
NAVIGATION: Final = Text(sv="Avdelningar", en="Sections")
OVERVIEW: Final = Text(sv="Översikt", en="Overview")
DELIVERIES: Final = Text(sv="Leveranser", en="Deliveries")
RECORD: Final = Text(sv="Läst och ändrat", en="Read and changed")
AGREEMENTS: Final = Text(sv="Överenskommelser", en="Agreements")
TIME_PROPOSALS: Final = Text(sv="Förslag att öppna", en="Proposals to open")
PRE_APPROVALS: Final = Text(sv="Godkänt på förhand", en="Approved beforehand")
REQUESTS: Final = Text(sv="Begäranden", en="Requests")
PACKAGES: Final = Text(sv="Arkivpaket", en="Packages")
SIGN_IN: Final = Text(sv="Logga in", en="Sign in")
SIGN_OUT: Final = Text(sv="Logga ut", en="Sign out")
TO_THE_START: Final = Text(sv="Till första sidan", en="To the first page")

WELCOME: Final = Text(sv="Välkommen till arkivets skrivbord", en="Welcome to the archive’s desk")
LINK_HOLDS: Final = Text(
    sv="Länken gäller en gång. När du går vidare loggas du in på den här datorn.",
    en="The link is good once. When you go on you are signed in on this computer.",
)
SIT_DOWN: Final = Text(sv="Gå vidare", en="Go on")
BY_LINK: Final = Text(
    sv="Öppna länken som står i fönstret där arkivet startades. Är den använd eller för gammal kan du skriva ut en ny "
    "där.",
    en="Open the link that stands in the window where the archive was started. If it is used or too old you can have "
    "a new one printed there.",
)
NEW_LINK: Final = Text(sv="Skriv ut en ny länk", en="Print a new link")
LINK_PRINTED: Final = Text(
    sv="En ny länk står i fönstret där arkivet startades.",
    en="A new link stands in the window where the archive was started.",
)
LINK_USED: Final = Text(
    sv="Länken är använd, för gammal eller felskriven.", en="The link is used, too old or misspelt."
)
BY_PROVIDER: Final = Text(
    sv="Du loggar in hos din organisation och kommer sedan tillbaka hit.",
    en="You sign in at your organisation and then come back here.",
)
TO_PROVIDER: Final = Text(sv="Logga in hos organisationen", en="Sign in at the organisation")
NO_WAY_IN: Final = Text(
    sv="Ingen inloggning är inställd. Den som driver arkivet anger EARKIV_DESK_OIDC_ISSUER med flera.",
    en="No way to sign in has been set. Whoever operates the archive states EARKIV_DESK_OIDC_ISSUER and others.",
)
NOT_PROVEN: Final = Text(
    sv="Inloggningen gick inte att styrka eller tog för lång tid. Försök igen.",
    en="The sign-in could not be proven, or took too long. Try again.",
)
ARRIVED: Final = Text(sv="Du är inloggad", en="You are signed in")
GO_ON: Final = Text(sv="Gå vidare till skrivbordet", en="Go on to the desk")
