"""What a public record is called outside: `oai:<repository>:<public id>` (OAI's guidelines for identifiers)."""

import re

_REPOSITORY = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+", re.ASCII)
_ID = re.compile(r"[a-z0-9]{16,40}", re.ASCII)
_SCHEME = "oai:"


def is_repository(name: str) -> bool:
    """Whether `name` can name a repository: a domain name with at least one dot, each part beginning with a letter."""
    return _REPOSITORY.fullmatch(name) is not None


def oai_identifier(public_id: str, repository: str) -> str:
    """Name a record; the name never changes as long as the repository keeps its own."""
    return f"{_SCHEME}{repository}:{public_id}"


def public_id(identifier: str, repository: str) -> str | None:
    """Give the public id in `identifier`; None if it is no name that this repository gives."""
    known = identifier.removeprefix(f"{_SCHEME}{repository}:")
    return known if known != identifier and _ID.fullmatch(known) else None
