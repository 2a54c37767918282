"""Settings: read once from `EARKIV_*`, all mistakes reported together."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from ingest.adapters.clamd import ClamdAddress, parse_address
from ingest.adapters.desk_settings import DeskSettings, is_address, read_desk
from ingest.adapters.drop_settings import DropSettings, read_drops
from ingest.adapters.log_lines import LogForm
from ingest.adapters.secrets import Secret
from ingest.adapters.store_settings import StoreSettings, read_stores
from ingest.adapters.webhook_settings import parse_hosts, parse_networks
from ingest.domain.receivers import Network, Receivers
from ingest.errors import ConfigurationError

DEFAULT_HOME = "earkiv-home"
DEFAULT_ARCHIVE_NAME = "E-arkiv"
DEFAULT_BROKER = "redis://127.0.0.1:6379/0"
_MAX_WORKERS = 256
_MAX_BATCH = 100_000
_MAX_WAIT = 86_400
_MAX_MEMORY_MIB = 1 << 20
_MAX_DAYS = 3650
_MAX_HOURS = 24 * 31
_MAX_RATE = 1 << 30
_STREAM_BYTES = 2_000 << 20  # INSTREAM takes no more than 2 GiB, whatever clamd is told
_SHOWN = 140
_SECRET = frozenset(
    {"EARKIV_API_KEY", "EARKIV_METRICS_KEY", "EARKIV_BROKER_URL"}
    | {"EARKIV_DATABASE", "EARKIV_FORMER_DATABASE", "EARKIV_PUBLIC_DATABASE"}
)
_KEY = re.compile(r"[!-~]+")
_T = TypeVar("_T")


class Language(StrEnum):
    """The languages that texts exist in (ISO 639-1)."""

    SWEDISH = "sv"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says, checked; times in seconds, `schemas` None for the installation's own folder.

    `clamd` is None where no virus scanner is configured; `clamd_max_bytes` is the StreamMaxLength it was given.
    `tools` are the folders in which the tools for preservation copies are looked for, None = where the system looks;
    `conversion_memory` and `conversion_bytes` are in MiB, for one conversion, whatever its source's size; the two of a
    small file are what a source of up to 1 MiB may use. `conversions` are carried out at a time.

    `api_key` is the key of the first producer, None = nobody can call the API.

    `metrics_key` opens `/metrics`, None = only whoever may see everything. A delivery that has not moved for
    `stuck_minutes`, though nothing is known to hinder it, is told as stuck.

    Who delivers over the network has to send `least_rate` bytes a second, 0 = as slowly as it likes.

    A canary is sent every `canary_hours`, 0 = never, under `canary_agreement`.

    `log` says how lines of the log are written, None = for a person on a terminal, as JSON elsewhere.

    `database` is the address of the server's PostgreSQL; None = this is an embedded archive. `former_database` is
    that of the catalogue before it, from which `rebuild` carries over what storage does not hold.

    `identity_issuer` vouches for clients by tokens that are meant for `identity_audience`; both None = nobody does.

    `drops` says how buckets are reached in which producers leave their deliveries.

    `desk` says how people sign in at the archivist's desk.

    `test_days` is for how long a test delivery is kept.

    `stores` says where objects lie that do not lie in `home`; `receivers` where webhooks may be sent.

    `public_database` is the PostgreSQL in which a server's reading room has its index; `public_requests` is where it
    writes what the public asks for, a SQLite file or a PostgreSQL. `request_contact_days` after a request is answered
    its contact details are erased, and `request_file_days` after it the files of the answer.

    `unknown` names `EARKIV_*` variables that no setting has, for `doctor` to show.
    """

    home: Path
    schemas: Path | None
    language: Language
    workers: int
    batch_size: int
    lock_wait_seconds: int
    tool_patience_seconds: int
    tool_memory_mib: int
    archive_name: str
    tools: str | None
    conversion_seconds: int
    conversion_memory: int
    conversion_bytes: int
    conversion_small_seconds: int
    conversion_small_memory: int
    conversions: int
    verapdf: Path | None
    broker: Secret
    clamd: ClamdAddress | None
    clamd_max_bytes: int
    clamd_max_age_days: int
    clamd_timeout_seconds: int
    test_days: int = 30
    api_key: Secret | None = None
    metrics_key: Secret | None = None
    stuck_minutes: int = 60
    least_rate: int = 1024
    log: LogForm | None = None
    canary_hours: int = 0
    canary_agreement: str = "default"
    database: Secret | None = None
    former_database: Secret | None = None
    public_database: Secret | None = None
    public_requests: Path | Secret | None = None
    request_contact_days: int = 90
    request_file_days: int = 90
    identity_issuer: str | None = None
    identity_audience: str | None = None
    desk: DeskSettings = field(default_factory=DeskSettings)
    stores: StoreSettings = field(default_factory=StoreSettings)
    drops: DropSettings = field(default_factory=DropSettings)
    receivers: Receivers = field(default_factory=Receivers)
    unknown: tuple[str, ...] = ()


def read_settings(environment: Mapping[str, str], processors: int) -> Settings:
    """Read all settings; an empty one counts as absent. Raises ConfigurationError naming every mistake."""
    reader = _Reader(environment)
    settings = Settings(
        home=reader.path("EARKIV_HOME") or Path(DEFAULT_HOME).absolute(),
        schemas=reader.path("EARKIV_SCHEMAS"),
        language=reader.language("EARKIV_LANG"),
        workers=reader.number("EARKIV_WORKERS", processors, _MAX_WORKERS),
        batch_size=reader.number("EARKIV_BATCH_SIZE", 500, _MAX_BATCH),
        lock_wait_seconds=reader.number("EARKIV_LOCK_WAIT", 10, _MAX_WAIT, least=0),
        tool_patience_seconds=reader.number("EARKIV_TOOL_PATIENCE", 3600, _MAX_WAIT),
        tool_memory_mib=reader.number("EARKIV_TOOL_MEMORY", 400, _MAX_MEMORY_MIB, least=384),
        archive_name=reader.text("EARKIV_ARCHIVE_NAME", DEFAULT_ARCHIVE_NAME),
        tools=reader.text("EARKIV_TOOLS", "") or None,
        conversion_seconds=reader.number("EARKIV_CONVERSION_SECONDS", 300, _MAX_WAIT),
        conversion_memory=reader.number("EARKIV_CONVERSION_MEMORY", 2048, _MAX_MEMORY_MIB, least=64),
        conversion_bytes=reader.number("EARKIV_CONVERSION_BYTES", 20_480, _MAX_MEMORY_MIB),
        conversion_small_seconds=reader.number("EARKIV_CONVERSION_SMALL_SECONDS", 6, _MAX_WAIT, least=2),
        conversion_small_memory=reader.number("EARKIV_CONVERSION_SMALL_MEMORY", 336, _MAX_MEMORY_MIB, least=64),
        conversions=reader.number("EARKIV_CONVERSIONS", 1, _MAX_WORKERS),
        verapdf=reader.path("EARKIV_VERAPDF"),
        broker=reader.address("EARKIV_BROKER_URL", DEFAULT_BROKER),
        clamd=reader.clamd("EARKIV_CLAMD"),
        clamd_max_bytes=reader.number("EARKIV_CLAMD_MAX_BYTES", _STREAM_BYTES, _STREAM_BYTES),
        clamd_max_age_days=reader.number("EARKIV_CLAMD_MAX_AGE_DAYS", 7, _MAX_DAYS),
        clamd_timeout_seconds=reader.number("EARKIV_CLAMD_TIMEOUT", 300, _MAX_WAIT),
        test_days=reader.number("EARKIV_TEST_DAYS", 30, _MAX_DAYS),
        api_key=reader.key("EARKIV_API_KEY"),
        metrics_key=reader.key("EARKIV_METRICS_KEY"),
        canary_hours=reader.number("EARKIV_CANARY_HOURS", 0, _MAX_HOURS, least=0),
        canary_agreement=reader.text("EARKIV_CANARY_AGREEMENT", "default"),
        log=reader.log_form("EARKIV_LOG"),
        least_rate=reader.number("EARKIV_LEAST_RATE", 1024, _MAX_RATE, least=0),
        stuck_minutes=reader.number("EARKIV_STUCK_MINUTES", 60, _MAX_WAIT),
        database=reader.database("EARKIV_DATABASE"),
        former_database=reader.database("EARKIV_FORMER_DATABASE"),
        public_database=reader.database("EARKIV_PUBLIC_DATABASE"),
        public_requests=reader.file_or_database("EARKIV_PUBLIC_REQUESTS"),
        request_contact_days=reader.number("EARKIV_REQUEST_CONTACT_DAYS", 90, _MAX_DAYS),
        request_file_days=reader.number("EARKIV_REQUEST_FILE_DAYS", 90, _MAX_DAYS),
        identity_issuer=reader.issuer("EARKIV_OIDC_ISSUER"),
        identity_audience=reader.text("EARKIV_OIDC_AUDIENCE", "") or None,
        desk=reader.desk(),
        stores=reader.stores(),
        drops=reader.drops(),
        receivers=Receivers(
            networks=reader.networks("EARKIV_WEBHOOK_NETWORKS"), hosts=reader.hosts("EARKIV_WEBHOOK_HOSTS")
        ),
        unknown=reader.unknown(),
    )
    reader.require_patience(settings)
    reader.require_audience(settings)
    reader.complain()
    return settings


class _Reader:
    """Reads variables one by one and remembers which were wrong, in both languages."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {name: value.strip() for name, value in environment.items()}
        self._known: set[str] = set()
        self._mistakes: list[tuple[str, str]] = []

    def path(self, name: str) -> Path | None:
        return self._parsed(name, None, _path, "en sökväg", "a path")

    def text(self, name: str, default: str) -> str:
        return self._parsed(name, default, str.strip, "en text", "a text")

    def language(self, name: str) -> Language:
        return self._parsed(name, Language.SWEDISH, Language, "sv eller en", "sv or en")

    def log_form(self, name: str) -> LogForm | None:
        return self._parsed(name, None, LogForm, "json eller text", "json or text")

    def address(self, name: str, default: str) -> Secret:
        """Read an address that may hold a password, and so is never shown, even when it is wrong."""
        return self._parsed(name, Secret(default), _address, "en adress, som redis://…", "an address, like redis://…")

    def key(self, name: str) -> Secret | None:
        """Read a key that clients send in a header (RFC 6750, `b64token`); it is never shown, even when it is wrong."""
        sv, en = (
            "bokstäver a-z, siffror och -._~+/=, utan blanktecken",
            "letters a-z, digits and -._~+/=, without spaces",
        )
        return self._parsed(name, None, _key, sv, en)

    def database(self, name: str) -> Secret | None:
        """Read the address of a PostgreSQL database, which may hold a password, and so is never shown."""
        return self._parsed(name, None, _database, "en adress, postgresql://…", "an address, postgresql://…")

    def file_or_database(self, name: str) -> Path | Secret | None:
        """Read the path of a SQLite file, or the address of a PostgreSQL database."""
        is_address = "://" in self._environment.get(name, "")
        return self.database(name) if is_address else self.path(name)

    def issuer(self, name: str) -> str | None:
        sv, en = (
            "en adress, https://… (http:// bara till den egna datorn)",
            "an address, https://… (http:// on loopback)",
        )
        return self._parsed(name, None, _issuer, sv, en)

    def clamd(self, name: str) -> ClamdAddress | None:
        sv, en = "unix:/sökväg eller tcp:dator:port", "unix:/path or tcp:host:port"
        return self._parsed(name, None, parse_address, sv, en)

    def networks(self, name: str) -> tuple[Network, ...]:
        sv, en = "nät, som 10.20.0.0/16, med komma emellan", "networks, like 10.20.0.0/16, with commas between"
        nowhere: tuple[Network, ...] = ()
        return self._parsed(name, nowhere, parse_networks, sv, en)

    def hosts(self, name: str) -> Mapping[str, tuple[str, ...]]:
        sv, en = "PRODUCENT=värd,*.värd;*=värd", "PRODUCER=host,*.host;*=host"
        anywhere: Mapping[str, tuple[str, ...]] = {}
        return self._parsed(name, anywhere, parse_hosts, sv, en)

    def number(self, name: str, default: int, most: int, least: int = 1) -> int:
        def within(value: str) -> int:
            if not least <= int(value) <= most:
                raise ValueError(value)
            return int(value)

        sv, en = f"ett heltal från {least} till {most}", f"a whole number from {least} to {most}"
        return self._parsed(name, default, within, sv, en)

    def stores(self) -> StoreSettings:
        read = read_stores(self._environment)
        self._known |= read.known
        self._mistakes += read.mistakes
        return read.settings

    def drops(self) -> DropSettings:
        read = read_drops(self._environment)
        self._known |= read.known
        self._mistakes += read.mistakes
        return read.settings

    def desk(self) -> DeskSettings:
        read = read_desk(self._environment)
        self._known |= read.known
        self._mistakes += read.mistakes
        return read.settings

    def unknown(self) -> tuple[str, ...]:
        """Name what nobody knows; EARKIV_PUBLIC_… is told to the reading room, which judges it itself."""
        named = {n for n in self._environment if n.startswith("EARKIV_") and not n.startswith("EARKIV_PUBLIC_")}
        return tuple(sorted(named - self._known))

    def require_patience(self, settings: Settings) -> None:
        """Refuse a scanner that may be silent for longer than whoever asks it: that process would count as dead."""
        answer, patience = settings.clamd_timeout_seconds, settings.tool_patience_seconds
        if settings.clamd is not None and answer >= patience:
            sv, en = "ska vara mindre än EARKIV_TOOL_PATIENCE", "must be less than EARKIV_TOOL_PATIENCE"
            name = "EARKIV_CLAMD_TIMEOUT"
            self._mistakes.append(
                (f"{name} är {answer} men {sv} ({patience})", f"{name} is {answer} but {en} ({patience})")
            )

    def require_audience(self, settings: Settings) -> None:
        """Refuse to believe tokens that may have been meant for others."""
        if (settings.identity_issuer is None) != (settings.identity_audience is None):
            self._mistakes.append(
                (
                    "EARKIV_OIDC_ISSUER och EARKIV_OIDC_AUDIENCE ska anges båda eller ingen",
                    "EARKIV_OIDC_ISSUER and EARKIV_OIDC_AUDIENCE must be given both or neither",
                )
            )

    def complain(self) -> None:
        if self._mistakes:
            sv, en = ("; ".join(texts) + "." for texts in zip(*self._mistakes, strict=True))
            raise ConfigurationError(sv, en)

    def _parsed(self, name: str, default: _T, parse: Callable[[str], _T], sv: str, en: str) -> _T:
        self._known.add(name)
        value = self._environment.get(name, "")
        if not value:
            return default
        try:
            return parse(value)
        except (ValueError, RuntimeError):
            shown = "***" if name in _SECRET else repr(value[:_SHOWN])
            self._mistakes.append((f"{name} är {shown} men ska vara {sv}", f"{name} is {shown} but must be {en}"))
            return default


def _address(value: str) -> Secret:
    scheme, separator, rest = value.partition("://")
    if not (scheme and separator and rest):
        raise ValueError("no address")
    return Secret(value)


def _issuer(value: str) -> str:
    if not is_address(value):
        raise ValueError("no issuer")
    return value


def _database(value: str) -> Secret:
    if not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("no PostgreSQL")
    return Secret(value)


def _key(value: str) -> Secret:
    if not _KEY.fullmatch(value):
        raise ValueError("no key")
    return Secret(value)


def _path(value: str) -> Path:
    if "\0" in value:
        raise ValueError(value)
    return Path(value).expanduser().absolute()
