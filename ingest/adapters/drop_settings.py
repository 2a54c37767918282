"""Where drops are left (`EARKIV_DROPS`), and how a bucket for them is reached: `EARKIV_DROPS_…`, a key of its own.

The archive's own `EARKIV_S3_…` never stand in: producers write there, and what may be done there is done there alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ingest.adapters.s3.address import S3Address
from ingest.adapters.secrets import Secret
from ingest.adapters.store_settings import DEFAULT_REGION, StoreSettings, is_endpoint, overlap
from ingest.errors import ConfigurationError

_PLACE: Final = "EARKIV_DROPS"
_ENDPOINT: Final = "EARKIV_DROPS_ENDPOINT"
_REGION: Final = "EARKIV_DROPS_REGION"
_KEY_ID: Final = "EARKIV_DROPS_KEY_ID"
_SECRET: Final = "EARKIV_DROPS_SECRET"  # noqa: S105 - the name of a setting
_SCHEME: Final = "s3://"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSettings:
    """Where buckets with drops are, `endpoint` None = Amazon's own for the region, and the key; "" = none was given.

    `place` is the folder or the `s3://BUCKET/PREFIX` that is watched where no other is named.
    """

    place: str = ""
    endpoint: str | None = None
    region: str = DEFAULT_REGION
    key_id: str = ""
    secret: Secret = field(default_factory=lambda: Secret(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class DropsRead:
    """What the environment says of drops: the settings, every mistake, and the names that were looked for."""

    settings: DropSettings
    mistakes: tuple[tuple[str, str], ...] = ()
    known: frozenset[str] = frozenset({_PLACE, _ENDPOINT, _REGION, _KEY_ID, _SECRET})


def read_drops(environment: Mapping[str, str]) -> DropsRead:
    """Read how buckets with drops are reached; a mistake is told with all others."""
    said = {name: environment.get(name, "").strip() for name in (_PLACE, _ENDPOINT, _REGION, _KEY_ID, _SECRET)}
    mistakes = tuple(_mistakes(said))
    if mistakes:
        return DropsRead(settings=DropSettings(), mistakes=mistakes)
    settings = DropSettings(
        place=said[_PLACE],
        endpoint=said[_ENDPOINT] or None,
        region=said[_REGION] or DEFAULT_REGION,
        key_id=said[_KEY_ID],
        secret=Secret(said[_SECRET]),
    )
    return DropsRead(settings=settings)


def _mistakes(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if said[_ENDPOINT] and not is_endpoint(said[_ENDPOINT]):
        yield f"{_ENDPOINT} ska vara http(s)://dator[:port]", f"{_ENDPOINT} must be http(s)://host[:port]"
    for name, other in ((_KEY_ID, _SECRET), (_SECRET, _KEY_ID)):
        if said[other] and not said[name]:
            yield f"{name} saknas", f"{name} is missing"


def drop_place(said: str, settings: DropSettings, stores: StoreSettings) -> Path | S3Address:
    """Give the folder, or the bucket of `s3://BUCKET/PREFIX`, in which drops are left.

    Raises ConfigurationError for an address that is none, without a key for it, or of a place where a store lies.
    """
    if not said.startswith(_SCHEME):
        return Path(said)
    bucket, _, path = said.removeprefix(_SCHEME).partition("/")
    if not bucket or "@" in said:
        raise ConfigurationError("Adressen ska vara s3://hink/prefix.", "The address must be s3://bucket/prefix.")
    if not settings.key_id:
        raise ConfigurationError(
            f"{_KEY_ID} och {_SECRET} saknas: hinken för leveranser har en egen nyckel.",
            f"{_KEY_ID} and {_SECRET} are missing: the bucket with drops has a key of its own.",
        )
    address = S3Address(
        bucket=bucket,
        prefix=f"{path.strip('/')}/" if path.strip("/") else "",
        endpoint=settings.endpoint,
        region=settings.region,
        key_id=settings.key_id,
        secret=settings.secret,
    )
    for name, place in stores.named():
        if place is not None and overlap(address, place):
            raise ConfigurationError(
                f"Där ligger arkivets lager {name}: ta en annan hink.",
                f"The archive's store {name} lies there: take another bucket.",
            )
    return address
