"""Where the public store is: a folder, or a folder of a bucket with credentials of the reading room's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from access.language import Text

OPTIONS: Final = frozenset({"STORE_ENDPOINT", "STORE_REGION", "STORE_KEY_ID", "STORE_SECRET"})
"""Settings beside EARKIV_PUBLIC_STORE, for a bucket alone."""
DEFAULT_REGION: Final = "us-east-1"
_NAME = "EARKIV_PUBLIC_STORE"
_SCHEME = "s3://"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
_LONGEST_PREFIX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketPlace:
    """A folder of a bucket: `prefix` is "" or ends in `/`; `endpoint` None is Amazon's own for the region."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str = DEFAULT_REGION
    key_id: str = ""
    secret: str = field(default="", repr=False)


StorePlace = Path | BucketPlace


def place_of(said: Mapping[str, str], otherwise: Path) -> StorePlace:
    """Give the place that settings without faults name; `otherwise` where they name none."""
    named = said["STORE"]
    if not named.startswith(_SCHEME):
        return Path(named) if named else otherwise
    bucket, _, path = named.removeprefix(_SCHEME).partition("/")
    return BucketPlace(
        bucket=bucket,
        prefix=f"{path.strip('/')}/" if path.strip("/") else "",
        endpoint=said["STORE_ENDPOINT"] or None,
        region=said["STORE_REGION"] or DEFAULT_REGION,
        key_id=said["STORE_KEY_ID"],
        secret=said["STORE_SECRET"],
    )


def faults_of_place(said: Mapping[str, str]) -> Iterator[Text]:
    """Tell what is wrong with where the store is; no value is shown, since it may be a secret in the wrong place."""
    named = said["STORE"]
    if not named.startswith(_SCHEME):
        if "://" in named or "\0" in named:
            yield Text(
                f"{_NAME} ska vara en mapp eller s3://hink/prefix.", f"{_NAME} must be a folder or s3://bucket/prefix."
            )
        for option in sorted(OPTIONS):
            if said[option]:
                yield Text(
                    f"EARKIV_PUBLIC_{option} hör till ett {_NAME} som är s3://….",
                    f"EARKIV_PUBLIC_{option} needs {_NAME} to be s3://….",
                )
        return
    yield from _faults_of_bucket(said)


def _faults_of_bucket(said: Mapping[str, str]) -> Iterator[Text]:
    bucket, _, path = said["STORE"].removeprefix(_SCHEME).partition("/")
    is_strange = any(part in {"", ".", ".."} for part in path.strip("/").split("/")) and bool(path.strip("/"))
    if not _BUCKET.fullmatch(bucket) or is_strange or len(path.encode()) > _LONGEST_PREFIX:
        yield Text(f"{_NAME} ska vara s3://hink/prefix.", f"{_NAME} must be s3://bucket/prefix.")
    for option in ("STORE_KEY_ID", "STORE_SECRET"):
        if not said[option]:
            yield Text(
                f"EARKIV_PUBLIC_{option} saknas: läsesalen har en nyckel av sitt eget slag, som bara får läsa.",
                f"EARKIV_PUBLIC_{option} is missing: the reading room has a key of its own, which may only read.",
            )
    if said["STORE_ENDPOINT"] and not _is_endpoint(said["STORE_ENDPOINT"]):
        yield Text(
            "EARKIV_PUBLIC_STORE_ENDPOINT ska vara http(s)://dator[:port].",
            "EARKIV_PUBLIC_STORE_ENDPOINT must be http(s)://host[:port].",
        )


def _is_endpoint(told: str) -> bool:
    try:
        url = urlsplit(told)
        _ = url.port  # read, for one that is no port is told only then
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.hostname) and "@" not in told and url.path in {"", "/"}
