"""The form of a request: what was written in it, and what there is to mend, said beside the field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.public_requests import MOST_CONTACT, MOST_QUESTION

MOST_BODY = 128 << 10
"""Bytes of a form as it is sent: the longest request in letters that take twelve bytes each, and room to spare."""
_TOKEN = re.compile(r"[0-9a-f]{64}")


class Lack(StrEnum):
    """What there is to mend; the value is the name of the text that says it."""

    NOTHING_ASKED = "lack_nothing_asked"
    QUESTION_LONG = "lack_question_long"
    CONTACT_LONG = "lack_contact_long"
    NOT_SHOWN = "lack_not_shown"
    OLD_FORM = "lack_old_form"
    SENT_BEFORE = "lack_sent_before"
    ELSEWHERE = "lack_elsewhere"
    TOO_MANY = "lack_too_many"
    TOO_LARGE = "lack_too_large"
    NOT_NOW = "lack_not_now"

    @property
    def field(self) -> str:
        """The id of the field that it is about; that of the first one where it is about the whole form."""
        return "contact" if self is Lack.CONTACT_LONG else "question"

    @property
    def is_of_a_field(self) -> bool:
        """Whether it is said beside a field."""
        return self in {Lack.NOTHING_ASKED, Lack.QUESTION_LONG, Lack.CONTACT_LONG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in; `token` is that of the form, "" where it is none of ours."""

    question: str = ""
    contact: str = ""
    token: str = ""

    def lacks(self, *, asks_for: str | None) -> tuple[Lack, ...]:
        """Name all that is to be mended; whoever asks for a record (its id) need not write anything."""
        checks = {
            Lack.NOTHING_ASKED: not self.question and asks_for is None,
            Lack.QUESTION_LONG: len(self.question) > MOST_QUESTION,
            Lack.CONTACT_LONG: len(self.contact) > MOST_CONTACT,
            Lack.OLD_FORM: not self.token,
        }
        return tuple(lack for lack, holds in checks.items() if holds)


def read_form(fields: Mapping[str, str]) -> Filled:
    """Read a form. What nobody can see is left out, lines end as ours do."""
    token = fields.get("form", "")
    return Filled(
        question=_written(fields.get("question", "")),
        contact=_written(fields.get("contact", "")),
        token=token if _TOKEN.fullmatch(token) else "",
    )


def _written(told: str) -> str:
    lines = told.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one.isprintable() or one == "\n").strip()
