"""Takes the arguments off a request, from its address or its body (OAI-PMH 2.0 §3.1.1)."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

from access.reuse.oai.requests import Pairs

MOST_BYTES = 16_384
MOST_ARGUMENTS = 32
_FORM = "application/x-www-form-urlencoded"


class ArgumentsRefused(ValueError):
    """A body that is no list of arguments, or far too long; `status` is HTTP's."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


def query_arguments(query: bytes) -> Pairs:
    """Give the arguments of a query in order, repeated ones too. Raises ArgumentsRefused for far too many."""
    try:
        return parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_ARGUMENTS)
    except ValueError as error:
        raise ArgumentsRefused("För många argument. / Too many arguments.\n", 400) from error


async def body_arguments(content_type: str, body: AsyncIterator[bytes]) -> Pairs:
    """Give the arguments of a POST. Raises ArgumentsRefused for another content type or a long body."""
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise ArgumentsRefused(f"Skicka argumenten som {_FORM}. / Send the arguments as {_FORM}.\n", 415)
    held = bytearray()
    async for chunk in body:
        held += chunk
        if len(held) > MOST_BYTES:
            raise ArgumentsRefused("Frågan är för lång. / The request is too long.\n", 413)
    return query_arguments(bytes(held))
