"""Where the objects lie: one `EARKIV_STORE_…` per role, a folder or a bucket with its own credentials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.spelling import Spelling
from ingest.adapters.secrets import Secret
from ingest.adapters.store_keys import folder_of
from ingest.errors import ConfigurationError, InvalidKey
from ingest.network_ports import DirectStore
from ingest.ports import ObjectStore

MOST_REPLICAS: Final = 9
DEFAULT_REGION: Final = "us-east-1"
_MOST_LOCK_DAYS = 36_500
_OPTIONS = ("ENDPOINT", "REGION", "KEY_ID", "SECRET")
_LOCK = "LOCK_DAYS"
_PUBLIC = "PUBLIC_ENDPOINT"

StorePlace = Path | S3Address
"""A folder, or a folder of a bucket."""
Mistake = tuple[str, str]
"""What is wrong with a setting, in Swedish and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where each role's objects lie; None = in EARKIV_HOME. `archive` has every replica, the first is read."""

    staging: StorePlace | None = None
    quarantine: StorePlace | None = None
    archive: tuple[StorePlace | None, ...] = (None,)
    public: StorePlace | None = None
    test: StorePlace | None = None

    def named(self) -> Iterator[tuple[str, StorePlace | None]]:
        """Give every store by its name in receipts and logs: `archive`, `archive-2` and so on."""
        yield "staging", self.staging
        yield "quarantine", self.quarantine
        for number, place in enumerate(self.archive, 1):
            yield "archive" if number == 1 else f"archive-{number}", place
        yield "public", self.public
        yield "test", self.test


def require_at_home(stores: StoreSettings) -> None:
    """Refuse settings that the embedded archive would leave unheeded: its objects all lie in EARKIV_HOME."""
    if elsewhere := [name for name, place in stores.named() if place is not None]:
        raise ConfigurationError(
            f"Ett arkiv i EARKIV_HOME har alla sina lager där; ta bort EARKIV_STORE_… för {', '.join(elsewhere)}.",
            f"An archive in EARKIV_HOME has all its stores there; remove EARKIV_STORE_… for {', '.join(elsewhere)}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoresRead:
    """What the environment says of stores: the settings, every mistake, and the names that were looked for."""

    settings: StoreSettings
    mistakes: tuple[Mistake, ...]
    known: frozenset[str]


def open_store(place: StorePlace, name: str, scratch: Path) -> ObjectStore:
    """Open a store; nothing is asked of it yet. `scratch` is where an S3 store lends local copies from."""
    match place:
        case Path():
            return DirectoryStore(place, name)
        case S3Address():
            from ingest.adapters.s3.store import S3Store  # noqa: PLC0415 - boto3 takes long to load, and few need it

            return S3Store(place, name, scratch)


def open_direct(place: StorePlace | None) -> DirectStore | None:
    """Open staging as producers reach it by themselves, where the settings name it to them; else None."""
    if not isinstance(place, S3Address) or place.public_endpoint is None:
        return None
    from ingest.adapters.s3.direct import S3DirectStore  # noqa: PLC0415 - boto3 takes long to load, and few need it

    return S3DirectStore(place, place.public_endpoint)


def read_stores(environment: Mapping[str, str]) -> StoresRead:
    """Read all stores; a mistake leaves that store out and is told with all others."""
    reader = _Reader({name: value.strip() for name, value in environment.items()})
    replicas = [reader.place("ARCHIVE"), *(reader.place(f"ARCHIVE_{n}") for n in range(2, MOST_REPLICAS + 1))]
    reader.require_no_gap()
    settings = StoreSettings(
        staging=reader.place("STAGING"),
        quarantine=reader.place("QUARANTINE"),
        archive=(replicas[0], *(place for place in replicas[1:] if place is not None)),
        public=reader.place("PUBLIC"),
        test=reader.place("TEST"),
    )
    reader.require_apart(settings)
    return StoresRead(settings=settings, mistakes=tuple(reader.mistakes), known=frozenset(reader.known))


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.known = {f"EARKIV_S3_{option}" for option in _OPTIONS}
        self.mistakes: list[Mistake] = []

    def place(self, role: str) -> StorePlace | None:
        name = f"EARKIV_STORE_{role}"
        own = [_LOCK] if role.startswith("ARCHIVE") else [_PUBLIC] if role == "STAGING" else []
        options = [*_OPTIONS, *own]
        self.known |= {name, *(f"{name}_{option}" for option in options)}
        value = self._environment.get(name, "")
        if not value.startswith("s3://"):
            for option in options:
                if self._environment.get(f"{name}_{option}"):
                    self._wrong(f"{name}_{option}", f"hör till ett {name} som är s3://…", f"needs {name} to be s3://…")
        if value.startswith("s3://"):
            return self._bucket(name, value)
        if "://" in value or "\0" in value:
            self._wrong(name, "ska vara s3://hink/prefix eller en mapp", "must be s3://bucket/prefix or a folder")
            return None
        return Path(value).expanduser().absolute() if value else None

    def _bucket(self, name: str, value: str) -> S3Address | None:
        before = len(self.mistakes)
        bucket, _, path = value.removeprefix("s3://").partition("/")
        prefix = f"{path.strip('/')}/" if path.strip("/") else ""
        try:
            folder_of(prefix)
            Spelling(prefix=prefix)
        except InvalidKey:
            self._wrong(name, "har ett prefix som inte kan användas", "has a prefix that cannot be used")
        if not bucket or "@" in bucket:
            self._wrong(name, "ska vara s3://hink/prefix", "must be s3://bucket/prefix")
        said = {option: self._option(name, option) for option in _OPTIONS}
        for needed in ("KEY_ID", "SECRET"):
            if not said[needed]:
                self._wrong(
                    f"{name}_{needed}", "saknas, liksom EARKIV_S3_" + needed, f"is missing, and EARKIV_S3_{needed} too"
                )
        if said["ENDPOINT"] and not is_endpoint(said["ENDPOINT"]):
            self._wrong(f"{name}_ENDPOINT", "ska vara http(s)://dator[:port]", "must be http(s)://host[:port]")
        public = self._environment.get(f"{name}_{_PUBLIC}", "")
        if public and not is_endpoint(public):
            self._wrong(f"{name}_{_PUBLIC}", "ska vara http(s)://dator[:port]", "must be http(s)://host[:port]")
        address = S3Address(
            bucket=bucket,
            prefix=prefix,
            endpoint=said["ENDPOINT"] or None,
            region=said["REGION"] or DEFAULT_REGION,
            key_id=said["KEY_ID"],
            secret=Secret(said["SECRET"]),
            lock_days=self._lock_days(f"{name}_{_LOCK}"),
            public_endpoint=public or None,
        )
        return address if len(self.mistakes) == before else None

    def _option(self, name: str, option: str) -> str:
        return self._environment.get(f"{name}_{option}", "") or self._environment.get(f"EARKIV_S3_{option}", "")

    def _lock_days(self, name: str) -> int:
        value = self._environment.get(name, "") or "0"
        if value.isdecimal() and int(value) <= _MOST_LOCK_DAYS:
            return int(value)
        most = _MOST_LOCK_DAYS
        self._wrong(name, f"ska vara ett heltal från 0 till {most}", f"must be a whole number from 0 to {most}")
        return 0

    def require_no_gap(self) -> None:
        given = [f"EARKIV_STORE_ARCHIVE_{n}" in self._filled() for n in range(2, MOST_REPLICAS + 1)]
        for number, here in enumerate(given, 2):
            if not here and any(given[number - 1 :]):
                name = f"EARKIV_STORE_ARCHIVE_{number}"
                self._wrong(name, "saknas, men en kopia med högre nummer finns", "is missing below a higher number")

    def _filled(self) -> set[str]:
        return {name for name, value in self._environment.items() if value}

    def require_apart(self, settings: StoreSettings) -> None:
        """Two roles may not lie in one another: each empties, lists and grants rights for what is its own."""
        named = [(name, place) for name, place in settings.named() if place is not None]
        for number, (name, place) in enumerate(named):
            for other, beside in named[:number]:
                if overlap(place, beside):
                    self.mistakes.append(
                        (f"lagren {other} och {name} ligger i varandra", f"the stores {other} and {name} overlap")
                    )

    def _wrong(self, name: str, sv: str, en: str) -> None:
        # The value is not shown: an address may hold what nobody may see.
        self.mistakes.append((f"{name} {sv}", f"{name} {en}"))


def is_endpoint(value: str) -> bool:
    """Say whether it is the address of an S3 service: http(s)://host[:port]."""
    try:
        url = urlsplit(value)
        _ = url.port  # read, for one that is no port is told only then
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.hostname) and "@" not in value and url.path in {"", "/"}


def overlap(one: StorePlace, other: StorePlace) -> bool:
    """Say whether one place lies in the other."""
    if isinstance(one, Path) and isinstance(other, Path):
        return one.is_relative_to(other) or other.is_relative_to(one)
    if isinstance(one, S3Address) and isinstance(other, S3Address):
        same = (one.endpoint, one.bucket) == (other.endpoint, other.bucket)
        return same and (one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix))
    return False
