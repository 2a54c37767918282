"""Makes e-mail messages (RFC 5322) with one attachment, fixed ids and boundary."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from samples.simulator.description import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message; `sent` carries its zone, `message_id` stands without angle brackets."""

    sender: str
    receiver: str
    subject: str
    sent: datetime
    message_id: str
    body: str
    attachment: Document


def mail(letter: Mail) -> bytes:
    """Give the message as a mail server stores it, the same bytes every time."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = letter.sender, letter.receiver, letter.subject
    message["Date"] = format_datetime(letter.sent)
    message["Message-ID"] = f"<{letter.message_id}>"
    message.set_content(letter.body, cte="quoted-printable")
    attached = letter.attachment
    main, sub = attached.format.media_type.split("/")
    message.add_attachment(attached.content, maintype=main, subtype=sub, filename=attached.name)
    message.set_boundary(f"=_{letter.message_id.partition('@')[0]}")
    return message.as_bytes()
