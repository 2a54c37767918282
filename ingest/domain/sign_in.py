"""Signing in by an identity provider: what is remembered on the way there, and who comes back (OpenID Connect)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ingest.domain.people import Person, PersonRole

_ROLES: Final[Mapping[str, PersonRole]] = {role.value: role for role in PersonRole}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFlow:
    """What ties an answer to the question that this browser asked: each 256 random bits, used once.

    `state` comes back with the answer, `nonce` inside the token, and `verifier` proves to the provider that whoever
    redeems the code asked for it (PKCE, RFC 7636).
    """

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNames:
    """Under which names a provider tells a person's roles and agency."""

    roles: str
    agency: str


def person_of(claims: Mapping[str, Any], names: ClaimNames) -> Person:
    """Give the person that proven claims tell of; a role that is none of ours opens nothing.

    Roles are a list of texts, or one text with spaces between (`agency-reader` for `agency reader`). Without a name
    a person is called by the subject. KeyError where there is no subject.
    """
    subject = str(claims["sub"])
    agency = claims.get(names.agency)
    return Person(
        name=_visible(claims.get("name")) or _visible(claims.get("preferred_username")) or _visible(subject) or "?",
        subject=subject,
        roles=frozenset(_roles(claims.get(names.roles))),
        agency=_text(agency) or None,
    )


def _roles(said: object) -> Iterable[PersonRole]:
    listed = said.split() if isinstance(said, str) else said
    if not isinstance(listed, list | tuple):
        return ()
    named = (one.lower().replace("-", " ").replace("_", " ") for one in listed if isinstance(one, str))
    return [_ROLES[name] for name in named if name in _ROLES]


def _text(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""


def _visible(said: object) -> str:
    """Give a name without what cannot be seen: names stand in PREMIS, and XML cannot hold every character."""
    return "".join(one for one in _text(said) if one.isprintable() or one == "\N{NO-BREAK SPACE}").strip()
