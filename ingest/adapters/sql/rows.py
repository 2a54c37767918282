"""Domain values as rows and back."""

from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError

from ingest.domain.deliveries import Delivery
from ingest.domain.packages import Examination, StagedObject
from ingest.errors import DamageFound
from ingest.formats.wire import from_text, to_text

ValueT = TypeVar("ValueT")
Row = dict[str, Any]
_LARGE = 4096


def encoded(value: object) -> str:
    """Give a value as JSON text."""
    return storable(to_text(value))


def storable(text: str) -> str:
    r"""Give a text that both databases can hold, JSON staying the same JSON.

    What a broken name leaves is written as `\udcff`, and a NUL, which PostgreSQL refuses, as `\x00`.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", r"\x00")


def decoded(json_text: str, as_type: type[ValueT]) -> ValueT:
    """Read a value from its JSON text. Raises DamageFound for one that nobody here can have written."""
    try:
        return from_text(json_text, as_type)
    except (ValueError, TypeError, KeyError, BaseValidationError) as error:
        name = as_type.__name__
        raise DamageFound(
            f"Katalogen har en oläslig uppgift ({name}); flytta undan katalogen och kör `earkiv rebuild`.",
            f"The catalogue holds an unreadable entry ({name}); move it away and run `earkiv rebuild`.",
        ) from error


def delivery_row(delivery: Delivery) -> Row:
    """Give a delivery's row: what is asked for by value, and the whole as JSON."""
    return {
        "id": delivery.id,
        "state": delivery.state.value,
        "version": delivery.version,
        "received_at": delivery.received_at,
        "source": storable(delivery.source.name),
        "sender": None if delivery.sender is None else storable(delivery.sender),
        "producer": storable(delivery.identity.producer) if delivery.identity else None,
        "delivery": storable(delivery.identity.delivery) if delivery.identity else None,
        "trial": delivery.is_trial,
        "attempt": delivery.attempt,
        "repeat_of": delivery.repeat_of,
        "package": delivery.package,
        "generation": delivery.generation,
        "body": encoded(delivery),
    }


def staged_row(delivery_id: str, staged: StagedObject) -> Row:
    """Give a staged object's row."""
    return {
        "delivery": delivery_id,
        "ordinal": staged.ordinal,
        "path": staged.path,
        "size": staged.size,
        "sha256": staged.sha256,
        "key": staged.key,
    }


def examination_text(examination: Examination) -> str:
    """Give what an examination found, as JSON; its ordinal is the row's own."""
    found = replace(examination, ordinal=0)
    return encoded(found) if found.nested else _found_text(found)


def examination_of(ordinal: int, found: str) -> Examination:
    """Read an examination from its row."""
    one = decoded(found, Examination) if len(found) > _LARGE else _found(found)
    return replace(one, ordinal=ordinal)


# A large delivery has few kinds of files: most of its examinations are the same but for the ordinal. What a nested
# container holds is seldom the same twice, and would be kept for nothing.
@lru_cache(maxsize=4096)
def _found_text(examination: Examination) -> str:
    return encoded(examination)


@lru_cache(maxsize=4096)
def _found(found: str) -> Examination:
    return decoded(found, Examination)
