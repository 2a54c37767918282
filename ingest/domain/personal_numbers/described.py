"""Every text of a description, whichever field it is in: those that are added some day too."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from ingest.domain.cases import Case, Record
from ingest.domain.fixity import DeclaredDigest


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a frozen value with the path of its field (`parties[0].name`).

    Cases and records in it are units of their own and left out, and so are digests: they are hexadecimal, and hold
    nothing that a person wrote. Raises TypeError for a kind of value that nobody has thought of.
    """
    match value:
        case None | bool() | int() | DeclaredDigest():
            return
        case str():
            yield path, value
        case tuple():
            for number, item in enumerate(value):
                yield from texts_in(item, f"{path}[{number}]")
        case Case() | Record() if path:
            return
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from texts_in(getattr(value, each.name), f"{path}.{each.name}" if path else each.name)
        case _:
            message = f"{path}: no text can be looked for in a {type(value).__name__}"
            raise TypeError(message)
