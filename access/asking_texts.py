"""What the reading room says of requests: the form, what there is to mend in it, and how a request stands."""

from access.language import Text

FORM = {
    "ask_here": Text("Skriv din begäran här", "Write your request here"),
    "ask_question": Text("Vad vill du ta del av?", "What do you want to read?"),
    "ask_question_hint": Text(
        "Berätta vad du söker: till exempel vilken myndighet, vilket år, en adress eller ett ämne. "
        "Du behöver inte säga varför.",
        "Say what you look for: for example which authority, which year, an address or a subject. "
        "You need not say why.",
    ),
    "ask_question_more": Text("Vill du lägga till något? (frivilligt)", "Do you want to add anything? (optional)"),
    "ask_question_more_hint": Text(
        "Till exempel att du bara vill ha en viss del.", "For example that you only want a certain part."
    ),
    "ask_contact": Text("Hur kan arkivet nå dig? (frivilligt)", "How can the archive reach you? (optional)"),
    "ask_contact_hint": Text(
        "E-post, telefon eller adress. Används bara för att fråga dig om din begäran eller skicka svaret. "
        "Utan uppgifter läser du svaret på din egen sida.",
        "E-mail, telephone or address. Used only to ask you about your request or to send the answer. "
        "Without it you read the answer on a page of your own.",
    ),
    "ask_send": Text("Skicka begäran", "Send the request"),
    "ask_link_comes": Text(
        "När du har skickat kommer du till en sida som bara du har länken till. Där läser du svaret.",
        "When you have sent it you come to a page that only you have the link to. You read the answer there.",
    ),
    "ask_kept": Text(
        "Så länge sparas det du skriver: kontaktuppgifter raderas {contact} dagar efter svaret, och filerna i svaret "
        "{files} dagar efter svaret. Vad du bad om och vad arkivet beslutade sparas.",
        "How long what you write is kept: contact details are erased {contact} days after the answer, and the files of "
        "the answer {files} days after it. What you asked for and what the archive decided is kept.",
    ),
    "ask_otherwise": Text("På annat sätt", "In another way"),
    "ask_otherwise_how": Text(
        "Du kan också skriva till, ringa eller besöka arkivet.", "You can also write to, call or visit the archive."
    ),
    "ask_to_mend": Text("Begäran är inte skickad", "The request has not been sent"),
    "ask_before": Text("Till den begäran som redan är skickad", "To the request that was sent before"),
    "lack_nothing_asked": Text("Skriv vad du vill ta del av.", "Write what you want to read."),
    "lack_question_long": Text(
        "Texten är för lång. Skriv högst 5 000 tecken.", "The text is too long. Write at most 5,000 characters."
    ),
    "lack_contact_long": Text(
        "Kontaktuppgiften är för lång. Skriv högst 300 tecken.",
        "The contact details are too long. Write at most 300 characters.",
    ),
    "lack_not_shown": Text(
        "Handlingen som länken gäller visas inte här. Beskriv den med egna ord och skicka igen.",
        "The record that the link is about is not shown here. Describe it in your own words and send again.",
    ),
    "lack_old_form": Text(
        "Formuläret gick inte att känna igen. Kontrollera texten och skicka igen.",
        "The form was not recognised. Check the text and send again.",
    ),
    "lack_sent_before": Text(
        "Det här formuläret är redan skickat, med en annan text. Skicka igen om det här är en ny begäran.",
        "This form has been sent before, with another text. Send again if this is a new request.",
    ),
    "lack_elsewhere": Text(
        "Formuläret kom från en annan webbplats. Skriv din begäran här.",
        "The form came from another site. Write your request here.",
    ),
    "lack_too_many": Text(
        "Det har kommit många begäranden den senaste timmen. Vänta en timme, eller ring arkivet. Din text står kvar.",
        "Many requests have come in the last hour. Wait an hour, or call the archive. Your text is still here.",
    ),
    "lack_too_large": Text("Det som skickades är för stort. Skriv kortare.", "What was sent is too large. Write less."),
    "lack_not_now": Text(
        "Arkivet kan inte ta emot begäranden just nu. Försök igen om en stund, eller ring. Din text står kvar.",
        "The archive cannot take requests just now. Try again in a while, or call. Your text is still here.",
    ),
}

ANSWERED = {
    "req_title": Text("Din begäran", "Your request"),
    "req_keep": Text("Spara länken till den här sidan", "Keep the link to this page"),
    "req_keep_why": Text(
        "Svaret kommer hit. Bara den som har länken kan läsa det, och den går inte att få en gång till.",
        "The answer comes here. Only those who have the link can read it, and it cannot be had a second time.",
    ),
    "req_asked": Text("Det du bad om", "What you asked for"),
    "req_history": Text("Vad som har hänt", "What has happened"),
    "req_kept": Text("Så länge sparas uppgifterna", "How long things are kept"),
    "kept_contact": Text(
        "Kontaktuppgifter som du har lämnat raderas {days} dagar efter svaret.",
        "Contact details that you left are erased {days} days after the answer.",
    ),
    "kept_contact_gone": Text("Dina kontaktuppgifter raderades {date}.", "Your contact details were erased on {date}."),
    "kept_files": Text(
        "Filerna i svaret går att hämta här i {days} dagar efter svaret. Sedan tas de bort härifrån.",
        "The files of the answer can be fetched here for {days} days after the answer. Then they are removed.",
    ),
    "kept_files_gone": Text(
        "Filerna i svaret togs bort härifrån {date}. Behöver du dem igen kan du göra en ny begäran.",
        "The files of the answer were removed from here on {date}. If you need them again you can make a new request.",
    ),
    "kept_decision": Text(
        "Vad du bad om, vad arkivet beslutade och varför sparas i arkivet.",
        "What you asked for, what the archive decided and why is kept in the archive.",
    ),
    "kept_unanswered": Text(
        "Avslutas begäran utan svar tas allt bort härifrån efter {days} dagar.",
        "If the request is closed without an answer, all of it is removed from here after {days} days.",
    ),
    "req_ground": Text("Skäl i lagen", "Ground in law"),
    "req_appeal": Text("Så överklagar du", "How to appeal"),
    "state_received": Text("Mottagen", "Received"),
    "state_received_means": Text(
        "Arkivet har tagit emot din begäran. Ingen har börjat med den än.",
        "The archive has received your request. Nobody has begun to work on it yet.",
    ),
    "state_claimed": Text("Handläggs", "In progress"),
    "state_claimed_means": Text(
        "Någon på arkivet arbetar med din begäran.", "Somebody at the archive is working on your request."
    ),
    "state_copy": Text("Besvarad", "Answered"),
    "state_copy_means": Text(
        "Arkivet har svarat. Svaret står nedan.", "The archive has answered. The answer is below."
    ),
    "state_masked_copy": Text("Besvarad, delvis maskerad", "Answered, in part masked"),
    "state_masked_copy_means": Text(
        "Arkivet har svarat. Du får inte läsa allt; skälet och hur du överklagar står nedan.",
        "The archive has answered. You may not read all of it; the ground and how to appeal are below.",
    ),
    "state_refused": Text("Avslagen", "Refused"),
    "state_refused_means": Text(
        "Arkivet har sagt nej. Skälet och hur du överklagar står nedan.",
        "The archive has said no. The ground and how to appeal are below.",
    ),
    "state_closed": Text("Avslutad", "Closed"),
    "state_closed_means": Text(
        "Arkivet gör inget mer med din begäran.", "The archive does nothing more about your request."
    ),
    "step_received": Text("Arkivet tog emot din begäran", "The archive received your request"),
    "step_claimed": Text("Någon på arkivet tog hand om den", "Somebody at the archive took it on"),
    "step_copy": Text("Svar", "Answer"),
    "step_masked_copy": Text("Svar med maskerad kopia", "Answer with a masked copy"),
    "step_refused": Text("Beslut om avslag", "Decision to refuse"),
    "step_closed": Text("Avslutad", "Closed"),
}
