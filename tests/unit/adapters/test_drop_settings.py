"""The bucket with drops: it has a key of its own, and lies where no store does."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters.drop_settings import DropSettings, drop_place, read_drops
from ingest.adapters.s3.address import S3Address
from ingest.adapters.secrets import Secret
from ingest.adapters.store_settings import StoreSettings
from ingest.config import read_settings
from ingest.errors import ConfigurationError

SETTINGS = DropSettings(endpoint="https://s3", region="se-1", key_id="id", secret=Secret("hemligt"))


def address(prefix: str) -> S3Address:
    return S3Address(
        bucket="hink", prefix=prefix, endpoint="https://s3", region="se-1", key_id="id", secret=Secret("hemligt")
    )


def test_what_the_environment_says_is_read_and_the_archives_own_keys_are_not() -> None:
    own = {"EARKIV_S3_KEY_ID": "arkiv", "EARKIV_S3_SECRET": "arkivhemligt", "EARKIV_S3_ENDPOINT": "https://arkiv"}
    assert read_settings(own, 1).drops == DropSettings()
    said = {"_ENDPOINT": "https://s3", "_REGION": "se-1", "_KEY_ID": "id", "_SECRET": "hemligt", "": "s3://hink/nämnd"}
    read = read_settings({f"EARKIV_DROPS{name}": value for name, value in said.items()}, 1)
    assert (read.drops, read.unknown) == (replace(SETTINGS, place="s3://hink/nämnd"), ())
    assert "hemligt" not in repr(read)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"KEY_ID": "id"}, "EARKIV_DROPS_SECRET"),
        ({"SECRET": "hemligt"}, "EARKIV_DROPS_KEY_ID"),
        ({"ENDPOINT": "s3.example.org"}, "EARKIV_DROPS_ENDPOINT"),
    ],
)
def test_mistakes_are_told_without_what_is_secret(said: dict[str, str], name: str) -> None:
    (mistake,) = read_drops({f"EARKIV_DROPS_{part}": value for part, value in said.items()}).mistakes
    assert all(name in text and "hemligt" not in text for text in mistake)


def test_a_folder_is_a_folder_and_a_bucket_is_one_with_a_prefix_or_without() -> None:
    assert drop_place("/srv/drops", DropSettings(), StoreSettings()) == Path("/srv/drops")
    assert drop_place("s3://hink/a/b/", SETTINGS, StoreSettings()) == address("a/b/")
    assert drop_place("s3://hink", SETTINGS, StoreSettings()) == address("")


@pytest.mark.parametrize("said", ["s3://", "s3:///a", "s3://id:hemligt@hink"])
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(ConfigurationError):
        drop_place(said, SETTINGS, StoreSettings())


def test_no_bucket_is_watched_without_a_key_or_where_a_store_lies() -> None:
    with pytest.raises(ConfigurationError, match="EARKIV_DROPS_KEY_ID"):
        drop_place("s3://hink", DropSettings(), StoreSettings())
    stores = StoreSettings(staging=address("mellan/"))
    with pytest.raises(ConfigurationError, match="staging"):
        drop_place("s3://hink", SETTINGS, stores)
    assert drop_place("s3://hink/drops", SETTINGS, stores) == address("drops/")
