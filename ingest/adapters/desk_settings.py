"""How people sign in at the archivist's desk: `EARKIV_DESK_URL` and `EARKIV_DESK_OIDC_…`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from ingest.adapters.secrets import Secret
from ingest.domain.sign_in import ClaimNames

_URL: Final = "EARKIV_DESK_URL"
_ISSUER: Final = "EARKIV_DESK_OIDC_ISSUER"
_CLIENT: Final = "EARKIV_DESK_OIDC_CLIENT"
_SECRET: Final = "EARKIV_DESK_OIDC_SECRET"  # noqa: S105 - the name of a setting
_SCOPE: Final = "EARKIV_DESK_OIDC_SCOPE"
_ROLES: Final = "EARKIV_DESK_OIDC_ROLES"
_AGENCY: Final = "EARKIV_DESK_OIDC_AGENCY"
_TOGETHER: Final = (_URL, _ISSUER, _CLIENT)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOidc:
    """The identity provider that people sign in at, where the desk is the client of that name."""

    issuer: str
    client_id: str
    secret: Secret | None
    scope: str
    names: ClaimNames


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """`url` is where browsers find the server ("" = where it listens); without `oidc` nobody signs in that way."""

    url: str = ""
    oidc: DeskOidc | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRead:
    """What the environment says of the desk: the settings, every mistake, and the names that were looked for."""

    settings: DeskSettings
    mistakes: tuple[tuple[str, str], ...] = ()
    known: frozenset[str] = field(
        default_factory=lambda: frozenset({_URL, _ISSUER, _CLIENT, _SECRET, _SCOPE, _ROLES, _AGENCY})
    )


def is_address(value: str) -> bool:
    """Say whether it is an address of https, or of http on this very machine, with neither query nor fragment."""
    parts = urlsplit(value)
    is_near = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return (parts.scheme == "https" or is_near) and bool(parts.hostname) and not parts.query and not parts.fragment


def read_desk(environment: Mapping[str, str]) -> DeskRead:
    """Read how people sign in; a mistake is told with all others."""
    said = {name: environment.get(name, "").strip() for name in DeskRead(settings=DeskSettings()).known}
    missing = _missing(said)
    mistakes = [*_wrong_addresses(said), *((f"{name} saknas", f"{name} is missing") for name in missing)]
    if mistakes:
        return DeskRead(settings=DeskSettings(), mistakes=tuple(mistakes))
    return DeskRead(settings=DeskSettings(url=said[_URL].rstrip("/"), oidc=_oidc(said) if said[_ISSUER] else None))


def _missing(said: Mapping[str, str]) -> list[str]:
    """Name what the sign-in cannot do without, where anything of it is said."""
    is_wanted = any(value for name, value in said.items() if name != _URL)
    return [name for name in _TOGETHER if is_wanted and not said[name]]


def _wrong_addresses(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    sv, en = "en adress, https://… (http:// bara till den egna datorn)", "an address, https://… (http:// on loopback)"
    for name in (_URL, _ISSUER):
        if said[name] and not _is_address(said[name]):
            yield f"{name} är {said[name]!r} men ska vara {sv}", f"{name} is {said[name]!r} but must be {en}"


def _is_address(value: str) -> bool:
    try:
        return is_address(value)
    except ValueError:
        return False


def _oidc(said: Mapping[str, str]) -> DeskOidc:
    return DeskOidc(
        issuer=said[_ISSUER],
        client_id=said[_CLIENT],
        secret=Secret(said[_SECRET]) if said[_SECRET] else None,
        scope=said[_SCOPE] or "openid profile",
        names=ClaimNames(roles=said[_ROLES] or "roles", agency=said[_AGENCY] or "agency"),
    )
