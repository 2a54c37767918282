"""From arguments to XML: the whole way of one request."""

from datetime import timedelta

from access.open_data.oai import answers
from access.open_data.oai.requests import Pairs, Reading, Refused, read_request
from access.open_data.oai.writing import write
from access.open_data.service import OpenData

SETTLED = timedelta(seconds=5)
"""By how much the time of an answer lies before it is sent: a change that was not yet to be seen has a later time."""


def answer_to(pairs: Pairs, open_data: OpenData) -> bytes:
    """Answer a request as XML, errors of the protocol too."""
    now = open_data.clock()
    repository = open_data.repository()
    reading = Reading(repository=repository.name, resume=repository.tokens.open, now=now)
    asked = read_request(pairs, reading)
    if isinstance(asked, Refused):
        answer: answers.Answer = answers.Errors(errors=asked.errors)
    else:
        answer = repository.answer(asked.request, now)
    return write(answer, asked.arguments, open_data.about, now - SETTLED)
