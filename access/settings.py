"""What the reading room is told: `EARKIV_PUBLIC_*`, read once, all mistakes reported together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from access.language import Text
from access.oai_identifiers import is_repository
from access.store_place import OPTIONS, StorePlace, faults_of_place, place_of
from schemas.public_requests import REQUESTS_FILE, REQUESTS_FOLDER

_PREFIX = "EARKIV_PUBLIC_"
KNOWN = frozenset(
    {"STORE", "INDEX", "DATABASE", "REQUESTS", "NAME", "CONTACT", "PHONE", "VISIT", "URL", "HOST", "PORT"}
    | {"REPOSITORY", "LICENCE", "PUBLISHER_TYPE", "TOKEN_KEY"}
    | OPTIONS
)
"""All settings, by their names after EARKIV_PUBLIC_."""
_OF_THE_ARCHIVE = re.compile(r"EARKIV_(?!PUBLIC_)\w*(DATABASE|SECRET|KEY|KEY_ID|BROKER_URL)")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SHORTEST_KEY = 32
_EMAIL = re.compile(r"[^@\s<>\"?&]+@[^@\s<>\"?&]+\.[^@\s<>\"?&]+")
_SERVERS = ("postgresql://", "postgres://")
_NAME = "Läsesalen"
_HOST = "127.0.0.1"
_PORT = 8081
_HIGHEST_PORT = 65_535


class SettingsRefused(ValueError):
    """The reading room cannot be opened with these settings; `faults` says all that is wrong."""

    def __init__(self, faults: tuple[Text, ...]) -> None:
        super().__init__("\n".join(f"{fault.sv}\n{fault.en}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSettings:
    """Where the public store and index are, whose reading room it is, and how its people are reached.

    `url` is the address that readers use, without a slash at its end. `requests` is where requests are written: a
    SQLite file or the address of a PostgreSQL database; None = requests are not taken in here.

    Open data: `repository` is the domain name in identifiers, `licence` the address of the terms for descriptions,
    `publisher_type` an IRI that says what sort of publisher this is; `token_key` signs the tokens of harvests, None =
    a key of this process alone.
    """

    store: StorePlace
    index: Path
    requests: str | None = field(default=None, repr=False)
    database: str | None = field(default=None, repr=False)
    name: str = _NAME
    contact: str | None = None
    phone: str | None = None
    visit: str | None = None
    url: str | None = None
    host: str = _HOST
    port: int = _PORT
    repository: str | None = None
    licence: str | None = None
    publisher_type: str | None = None
    token_key: str | None = field(default=None, repr=False)


def read_settings(environment: Mapping[str, str]) -> PublicSettings:
    """Read the settings. Without STORE and INDEX, both lie in `EARKIV_HOME/public/`. Raises SettingsRefused."""
    said = {name: environment.get(_PREFIX + name, "").strip() for name in KNOWN}
    home = environment.get("EARKIV_HOME", "").strip()
    faults = tuple(_faults(environment, said, home))
    if faults:
        raise SettingsRefused(faults)
    public = Path(home) / "public"
    return PublicSettings(
        store=place_of(said, public / "store"),
        index=Path(said["INDEX"]) if said["INDEX"] else public / "index.sqlite",
        requests=said["REQUESTS"] or (str(public / REQUESTS_FOLDER / REQUESTS_FILE) if home else None),
        database=said["DATABASE"] or None,
        name=said["NAME"] or _NAME,
        contact=said["CONTACT"] or None,
        phone=said["PHONE"] or None,
        visit=said["VISIT"] or None,
        url=said["URL"].rstrip("/") or None,
        host=said["HOST"] or _HOST,
        port=int(said["PORT"]) if said["PORT"] else _PORT,
        repository=said["REPOSITORY"] or None,
        licence=said["LICENCE"] or None,
        publisher_type=said["PUBLISHER_TYPE"] or None,
        token_key=said["TOKEN_KEY"] or None,
    )


def _faults(environment: Mapping[str, str], said: Mapping[str, str], home: str) -> Iterator[Text]:
    told = {name.removeprefix(_PREFIX) for name in environment if name.startswith(_PREFIX)}
    for name in sorted(told - KNOWN):
        yield Text(f"{_PREFIX}{name} är ingen inställning.", f"{_PREFIX}{name} is no setting.")
    for name in sorted(filter(_OF_THE_ARCHIVE.fullmatch, environment)):
        if environment[name].strip():
            yield Text(
                f"{name} är arkivets och får inte finnas här: ge läsesalen en egen miljö.",
                f"{name} is the archive's and must not be here: give the reading room an environment of its own.",
            )
    yield from faults_of_place(said)
    if said["DATABASE"] and not said["DATABASE"].startswith(_SERVERS):
        yield Text(
            f"{_PREFIX}DATABASE ska börja med postgresql://.", f"{_PREFIX}DATABASE must begin with postgresql://."
        )
    if not home and not (said["STORE"] and (said["INDEX"] or said["DATABASE"])):
        yield Text(
            f"Ange {_PREFIX}STORE och {_PREFIX}INDEX, eller EARKIV_HOME.",
            f"Set {_PREFIX}STORE and {_PREFIX}INDEX, or EARKIV_HOME.",
        )
    if said["CONTACT"] and not _EMAIL.fullmatch(said["CONTACT"]):
        yield Text(f"{_PREFIX}CONTACT är ingen e-postadress.", f"{_PREFIX}CONTACT is no e-mail address.")
    if said["URL"] and not _is_address(said["URL"]):
        yield Text(
            f"{_PREFIX}URL ska vara en adress som https://arkiv.example.se.",
            f"{_PREFIX}URL must be an address such as https://arkiv.example.se.",
        )
    if said["PORT"] and not _is_port(said["PORT"]):
        yield Text(f"{_PREFIX}PORT ska vara 0–65535.", f"{_PREFIX}PORT must be 0–65535.")
    yield from _faults_of_open_data(said)


def _faults_of_open_data(said: Mapping[str, str]) -> Iterator[Text]:
    if said["REPOSITORY"] and not is_repository(said["REPOSITORY"]):
        yield Text(
            f"{_PREFIX}REPOSITORY ska vara ett domännamn som arkiv.example.se.",
            f"{_PREFIX}REPOSITORY must be a domain name such as arkiv.example.se.",
        )
    for name in ("LICENCE", "PUBLISHER_TYPE"):
        if said[name] and not _IRI.fullmatch(said[name]):
            yield Text(
                f"{_PREFIX}{name} ska vara en adress som börjar med http.",
                f"{_PREFIX}{name} must be an address that begins with http.",
            )
    if said["TOKEN_KEY"] and len(said["TOKEN_KEY"]) < _SHORTEST_KEY:
        yield Text(
            f"{_PREFIX}TOKEN_KEY ska ha minst {_SHORTEST_KEY} tecken.",
            f"{_PREFIX}TOKEN_KEY must have at least {_SHORTEST_KEY} characters.",
        )


def _is_address(told: str) -> bool:
    try:
        parts = urlsplit(told)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)


def _is_port(told: str) -> bool:
    return told.isascii() and told.isdigit() and int(told) <= _HIGHEST_PORT
