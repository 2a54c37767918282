"""What goes wrong, as a page that a person can act on."""

from dataclasses import dataclass
from http import HTTPStatus

from ingest.domain.findings import Text
from ingest.domain.people import NotPermitted
from ingest.errors import EarkivError, TransientError, UnknownSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong, why, and what to do."""

    status: HTTPStatus
    title: Text
    detail: Text
    remedy: Text | None = None


NOT_THERE = Fault(
    status=HTTPStatus.NOT_FOUND,
    title=Text(sv="Sidan finns inte", en="There is no such page"),
    detail=Text(
        sv="Det som du söker finns inte, eller är inte ditt att läsa.",
        en="What you look for is not there, or not yours to read.",
    ),
)
NOT_ALLOWED = Fault(
    status=HTTPStatus.FORBIDDEN,
    title=Text(sv="Din roll räcker inte", en="Your role does not suffice"),
    detail=Text(
        sv="Du är inloggad, men ingen av dina roller ger rätt till det här.",
        en="You are signed in, but none of your roles gives a right to this.",
    ),
    remedy=Text(
        sv="Be den som sköter behörigheter i din organisation.", en="Ask whoever grants rights in your organisation."
    ),
)
UNPROVEN = Fault(
    status=HTTPStatus.FORBIDDEN,
    title=Text(sv="Formuläret är för gammalt", en="The form is too old"),
    detail=Text(
        sv="Formuläret kom inte från en sida som du har öppen i den här inloggningen. Inget har ändrats.",
        en="The form did not come from a page that you have open in this session. Nothing was changed.",
    ),
    remedy=Text(sv="Öppna sidan på nytt och försök igen.", en="Open the page anew and try again."),
)
TOO_LARGE = Fault(
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    title=Text(sv="Formuläret är för stort", en="The form is too large"),
    detail=Text(sv="Skriv kortare texter. Inget har ändrats.", en="Write shorter texts. Nothing was changed."),
)
WRONG_WAY = Fault(
    status=HTTPStatus.METHOD_NOT_ALLOWED,
    title=Text(sv="Så kan sidan inte användas", en="The page cannot be used so"),
    detail=Text(sv="Gå till första sidan och börja därifrån.", en="Go to the first page and start from there."),
)
BUSY = Fault(
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=Text(sv="Just nu försöker många komma in", en="Many are trying to get in right now"),
    detail=Text(sv="Du är inte inloggad.", en="You are not signed in."),
    remedy=Text(sv="Vänta en minut och försök igen.", en="Wait a minute and try again."),
)
BROKEN = Fault(
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    title=Text(sv="Något gick fel", en="Something went wrong"),
    detail=Text(
        sv="Felet ligger i programmet, inte i det du gjorde. Det står i loggen.",
        en="The fault lies in the program, not in what you did. It stands in the log.",
    ),
)


def fault_of(error: EarkivError | NotPermitted) -> Fault:
    """Give the page for a fault that is known."""
    match error:
        case NotPermitted():
            return NOT_ALLOWED
        case UnknownSubject():
            return NOT_THERE
        case EarkivError():
            passes = isinstance(error, TransientError)
            return Fault(
                status=HTTPStatus.SERVICE_UNAVAILABLE if passes else HTTPStatus.INTERNAL_SERVER_ERROR,
                title=Text(sv="Arkivet kan inte svara just nu", en="The archive cannot answer right now"),
                detail=Text(sv=error.sv, en=error.en),
                remedy=Text(sv=error.remedy_sv, en=error.remedy_en),
            )
