"""Writes answers as XML (OAI-PMH 2.0 §3.2)."""

from datetime import datetime
from typing import assert_never

from access.reuse.about import About
from access.reuse.oai import answers
from access.reuse.oai.requests import Arguments
from access.reuse.templating import templates


def write(answer: answers.Answer, arguments: Arguments, about: About, now: datetime) -> bytes:
    """Write an answer, in UTF-8; `arguments` are those that it repeats, `now` is the time that it speaks of."""
    template = templates().get_template(f"oai/{_template(answer)}.xml")
    return template.render(answer=answer, arguments=arguments, about=about, now=now).encode()


def _template(answer: answers.Answer) -> str:
    match answer:
        case answers.Identity():
            return "identity"
        case answers.Formats():
            return "formats"
        case answers.Sets():
            return "sets"
        case answers.OneRecord():
            return "record"
        case answers.Identifiers():
            return "identifiers"
        case answers.Records():
            return "records"
        case answers.Errors():
            return "errors"
        case _:
            assert_never(answer)
