"""What `earkiv pre-approvals` says, in both languages."""

from typing import Final

from ingest.domain.access.preapprovals import ApprovalLack, Stage
from ingest.domain.findings import Text

HELP = Text(
    sv="Klasser som två personer har godkänt på förhand, så att det omärkta i dem blir offentligt när det publiceras.",
    en="Classes that two people approved beforehand, so that what is unmarked in them becomes public when published.",
)
HELP_LIST = Text(sv="Visar alla godkännanden på förhand.", en="Shows all approvals beforehand.")
HELP_PROPOSE = Text(
    sv="Föreslår att en klass godkänns. Inget öppnas förrän en annan person har godkänt.",
    en="Proposes that a class be approved. Nothing is opened until another person has confirmed it.",
)
HELP_CONFIRM = Text(
    sv="Godkänner det som en annan person har föreslagit.", en="Confirms what another person has proposed."
)
HELP_WITHDRAW = Text(
    sv="Återkallar ett godkännande: det som bara är öppnat genom det stängs direkt.",
    en="Withdraws an approval: what is open by it alone closes at once.",
)
HELP_ID = Text(sv="Godkännandets id.", en="The approval’s id.")
HELP_REASON = Text(sv="Varför.", en="Why.")
HELP_AGREEMENT = Text(sv="Överenskommelsens id.", en="The agreement’s id.")
HELP_VERSION = Text(sv="Överenskommelsens version.", en="The agreement’s version.")
HELP_SCHEME = Text(
    sv="Klassificeringsschemat, så som leveransen anger det.", en="The classification scheme, as the delivery names it."
)
HELP_CODE = Text(sv="Klassens kod.", en="The class’s code.")
HELP_GROUND = Text(
    sv="Lagrum, eller att inget lagrum hindrar.", en="The legal ground, or that no legal ground is against it."
)
HELP_PERSONAL_DATA = Text(sv="Bedömning av personuppgifter.", en="The assessment of personal data.")
HELP_BEGINS = Text(sv="Första dagen, ÅÅÅÅ-MM-DD.", en="The first day, YYYY-MM-DD.")
HELP_ENDS = Text(sv="Sista dagen, ÅÅÅÅ-MM-DD.", en="The last day, YYYY-MM-DD.")

NONE = Text(sv="Inget är godkänt på förhand.", en="Nothing is approved beforehand.")
APPROVAL = Text(
    sv="{id}: {of_class} enligt {agreement}, version {version}, {begins} – {ends}: {stage}",
    en="{id}: {of_class} under {agreement}, version {version}, {begins} – {ends}: {stage}",
)
STAGES: Final = {
    Stage.PROPOSED: Text(sv="föreslaget, gäller inte än", en="proposed, not in force yet"),
    Stage.CONFIRMED: Text(sv="godkänt av två", en="approved by two"),
    Stage.WITHDRAWN: Text(sv="återkallat", en="withdrawn"),
}
SAME_PERSON = Text(
    sv="Den som har föreslagit kan inte godkänna. Be en annan person, som är inloggad i systemet som sig själv.",
    en="Whoever proposed it cannot confirm it. Ask another person, who is signed in to the system as themselves.",
)
COME_ELSEWHERE = Text(
    sv="Godkännandet är inte längre i ett läge där det går, eller så är sista dagen förbi. Inget ändrades.",
    en="The approval is no longer at a stage where that can be done, or its last day is over. Nothing was changed.",
)
LACKS: Final = {
    ApprovalLack.CODE: Text(sv="Skriv klassens kod efter --code.", en="Write the class’s code after --code."),
    ApprovalLack.REASON: Text(sv="Skriv en motivering efter --reason.", en="Write a reason after --reason."),
    ApprovalLack.GROUND: Text(
        sv="Skriv lagrum, eller att inget hindrar, efter --ground.",
        en="Write the legal ground, or that there is none, after --ground.",
    ),
    ApprovalLack.PERSONAL_DATA: Text(
        sv="Skriv en bedömning av personuppgifter efter --personal-data.",
        en="Write an assessment of personal data after --personal-data.",
    ),
    ApprovalLack.DAYS: Text(
        sv="--begins och --ends ska vara dagar, som 2027-01-31, i rätt ordning, och den sista får inte vara förbi.",
        en="--begins and --ends are to be days, such as 2027-01-31, in that order, and the last must not be over.",
    ),
}
AT_THE_DESK = Text(
    sv="På en server godkänner den som är inloggad vid arkivets skrivbord: välj Godkänt på förhand där.",
    en="On a server, whoever is signed in at the archive's desk approves: choose Approved beforehand there.",
)
