"""What the pages of pre-approvals say, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from audit.desk.access_texts import ROLES
from ingest.domain.access.preapprovals import ApprovalLack, Stage
from ingest.domain.findings import Text

__all__ = ["ROLES"]

HEADING: Final = Text(sv="Godkänt på förhand", en="Approved beforehand")
ONE: Final = Text(sv="Godkännande på förhand", en="Approval beforehand")
MEANS: Final = Text(
    sv="Två personer med rätt att öppna kan tillsammans godkänna att en hel klass blir offentlig. Det öppnar bara det "
    "som är omärkt och som ingen har beslutat om, och först när paketet publiceras. En markering om sekretess, ett "
    "personnummer eller en lucka i journalen håller alltid kvar.",
    en="Two people with the right to open can together approve that a whole class becomes public. It opens only what "
    "bears no mark and nobody has decided on, and only when its package is published. A mark of secrecy, a personal "
    "number or a gap in the journal always keeps back.",
)
NONE: Final = Text(sv="Inget är godkänt på förhand.", en="Nothing is approved beforehand.")
CLASS: Final = Text(sv="Klass", en="Class")
TERMS: Final = Text(sv="Överenskommelse och version", en="Agreement and version")
SCHEME: Final = Text(
    sv="Klassificeringsschema, så som det heter i leveransen (tomt om det inte anges där)",
    en="Classification scheme, as the delivery names it (empty where it names none)",
)
CODE: Final = Text(sv="Klassens kod", en="The class’s code")
BEGINS: Final = Text(sv="Första dagen (ÅÅÅÅ-MM-DD)", en="First day (YYYY-MM-DD)")
ENDS: Final = Text(sv="Sista dagen (ÅÅÅÅ-MM-DD)", en="Last day (YYYY-MM-DD)")
DAYS: Final = Text(sv="Gäller", en="Holds")
ENDS_MEANS: Final = Text(
    sv="Efter sista dagen öppnas inget mer. Det som är öppnat då är öppet tills någon beslutar annat.",
    en="After the last day nothing more is opened. What is open then stays open until somebody decides otherwise.",
)
REASON: Final = Text(sv="Motivering", en="Reason")
GROUND: Final = Text(
    sv="Lagrum, eller att inget lagrum hindrar", en="Legal ground, or that no legal ground is against it"
)
PERSONAL_DATA: Final = Text(sv="Bedömning av personuppgifter", en="Assessment of personal data")
STAGE: Final = Text(sv="Läge", en="Stage")
STAGES: Final[Mapping[Stage, Text]] = MappingProxyType(
    {
        Stage.PROPOSED: Text(sv="föreslaget, gäller inte än", en="proposed, not in force yet"),
        Stage.CONFIRMED: Text(sv="godkänt av två", en="approved by two"),
        Stage.WITHDRAWN: Text(sv="återkallat", en="withdrawn"),
    }
)
PROPOSE: Final = Text(sv="Föreslå", en="Propose")
PROPOSE_HEADING: Final = Text(sv="Föreslå ett godkännande", en="Propose an approval")
PROPOSED_BY: Final = Text(sv="Föreslaget av", en="Proposed by")
CONFIRMED_BY: Final = Text(sv="Godkänt av", en="Approved by")
WITHDRAWN_BY: Final = Text(sv="Återkallat av", en="Withdrawn by")
CONFIRM: Final = Text(sv="Godkänn", en="Approve")
CONFIRM_MEANS: Final = Text(
    sv="När du godkänner gäller det. Du svarar för att klassen är prövad, precis som den som föreslog.",
    en="When you approve, it is in force. You answer for the class having been judged, as whoever proposed it does.",
)
OWN: Final = Text(
    sv="Du har själv föreslagit det här. En annan person måste godkänna.",
    en="You proposed this yourself. Another person must approve it.",
)
WITHDRAW: Final = Text(sv="Återkalla", en="Withdraw")
WITHDRAW_MEANS: Final = Text(
    sv="Det gäller direkt och kan inte ångras. Det som bara är öppnat genom godkännandet stängs och lämnar läsesalen.",
    en="It holds at once and cannot be undone. What is open by the approval alone closes and leaves the reading room.",
)
NO_TERMS: Final = Text(sv="Välj en överenskommelse. Inget föreslogs.", en="Choose an agreement. Nothing was proposed.")
SAME_PERSON: Final = Text(
    sv="Den som har föreslagit kan inte godkänna, inte heller någon med samma namn. Inget ändrades.",
    en="Whoever proposed it cannot approve it, nor can anybody of the same name. Nothing was changed.",
)
COME_ELSEWHERE: Final = Text(
    sv="Någon annan hann före, eller så är sista dagen förbi. Inget ändrades. Läs hur det är nu.",
    en="Somebody else was quicker, or the last day is over. Nothing was changed. Read how it is now.",
)
LACKS: Final[Mapping[ApprovalLack, Text]] = MappingProxyType(
    {
        ApprovalLack.CODE: Text(sv="Klassens kod saknas. Inget ändrades.", en="The code is lacking. Nothing changed."),
        ApprovalLack.REASON: Text(sv="Motivering saknas. Inget ändrades.", en="A reason is lacking. Nothing changed."),
        ApprovalLack.GROUND: Text(
            sv="Lagrum, eller att inget hindrar, saknas. Inget ändrades.",
            en="A legal ground, or that there is none, is lacking. Nothing changed.",
        ),
        ApprovalLack.PERSONAL_DATA: Text(
            sv="En bedömning av personuppgifter saknas. Inget ändrades.",
            en="An assessment of personal data is lacking. Nothing changed.",
        ),
        ApprovalLack.DAYS: Text(
            sv="Första och sista dagen ska vara dagar, som 2027-01-31, i rätt ordning, och den sista får inte vara "
            "förbi. Inget ändrades.",
            en="The first and the last day are to be days, such as 2027-01-31, in that order, and the last must not "
            "be over. Nothing changed.",
        ),
    }
)
