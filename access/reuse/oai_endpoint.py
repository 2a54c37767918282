"""From arguments to XML: the whole way of one request."""

from datetime import timedelta

from access.reuse.oai import answers
from access.reuse.oai.requests import Pairs, Reading, Refused, read_request
from access.reuse.oai.writing import write
from access.reuse.service import Offering

SETTLED = timedelta(seconds=5)
"""By how much the time of an answer lies before it is sent: a change that was not yet to be seen has a later time."""


def answer_to(pairs: Pairs, offering: Offering) -> bytes:
    """Answer a request as XML, errors of the protocol too."""
    now = offering.clock()
    repository = offering.repository()
    reading = Reading(repository=repository.name, resume=repository.tokens.open, now=now)
    asked = read_request(pairs, reading)
    if isinstance(asked, Refused):
        answer: answers.Answer = answers.Errors(errors=asked.errors)
    else:
        answer = repository.answer(asked.request, now)
    return write(answer, asked.arguments, offering.about, now - SETTLED)
