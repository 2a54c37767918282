"""Stores by role: what is read, what falls back on what, and that every mistake is told and no secret shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.store import S3Store
from ingest.adapters.secrets import Secret
from ingest.adapters.store_settings import StoreSettings, open_direct, open_store, read_stores
from ingest.config import read_settings
from ingest.domain.uploads import Part
from ingest.errors import ConfigurationError

KEYS = {"EARKIV_S3_KEY_ID": "id", "EARKIV_S3_SECRET": "hemligt", "EARKIV_S3_ENDPOINT": "http://s3:9000"}


def test_without_settings_all_lies_at_home() -> None:
    assert read_stores({}).settings == StoreSettings()
    assert list(StoreSettings().named()) == [
        ("staging", None),
        ("quarantine", None),
        ("archive", None),
        ("public", None),
        ("test", None),
    ]


def test_each_store_has_its_own_place_and_falls_back_on_common_keys() -> None:
    read = read_stores(
        {
            **KEYS,
            "EARKIV_STORE_STAGING": "s3://hink/mellan/",
            "EARKIV_STORE_ARCHIVE": "s3://arkiv",
            "EARKIV_STORE_ARCHIVE_ENDPOINT": "https://annan",
            "EARKIV_STORE_ARCHIVE_REGION": "eu-north-1",
            "EARKIV_STORE_ARCHIVE_KEY_ID": "arkiv-id",
            "EARKIV_STORE_ARCHIVE_SECRET": "arkiv-hemligt",
            "EARKIV_STORE_ARCHIVE_LOCK_DAYS": "30",
            "EARKIV_STORE_ARCHIVE_2": "/mnt/kopia",
        }
    )
    assert read.mistakes == ()
    assert read.settings.staging == S3Address(
        bucket="hink",
        prefix="mellan/",
        endpoint="http://s3:9000",
        region="us-east-1",
        key_id="id",
        secret=Secret("hemligt"),
    )
    assert read.settings.archive == (
        S3Address(
            bucket="arkiv",
            prefix="",
            endpoint="https://annan",
            region="eu-north-1",
            key_id="arkiv-id",
            secret=Secret("arkiv-hemligt"),
            lock_days=30,
        ),
        Path("/mnt/kopia"),
    )
    assert [name for name, _ in read.settings.named()] == [
        "staging",
        "quarantine",
        "archive",
        "archive-2",
        "public",
        "test",
    ]
    assert "hemligt" not in repr(read.settings)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"EARKIV_STORE_STAGING": "s3://hink"}, "EARKIV_STORE_STAGING_SECRET"),
        ({**KEYS, "EARKIV_STORE_STAGING": "s3://"}, "EARKIV_STORE_STAGING"),
        ({**KEYS, "EARKIV_STORE_STAGING": "s3://hink/../x"}, "EARKIV_STORE_STAGING"),
        ({**KEYS, "EARKIV_STORE_STAGING": "s3://hink/" + "å" * 200}, "EARKIV_STORE_STAGING"),
        ({"EARKIV_STORE_STAGING": "ftp://dator/mapp"}, "EARKIV_STORE_STAGING"),
        ({**KEYS, "EARKIV_STORE_PUBLIC": "s3://h", "EARKIV_S3_ENDPOINT": "s3:9000"}, "EARKIV_STORE_PUBLIC_ENDPOINT"),
        ({**KEYS, "EARKIV_STORE_PUBLIC": "s3://h", "EARKIV_S3_ENDPOINT": "http://[s3"}, "EARKIV_STORE_PUBLIC_ENDPOINT"),
        (
            {**KEYS, "EARKIV_STORE_PUBLIC": "s3://h", "EARKIV_S3_ENDPOINT": "http://s3:70000"},
            "EARKIV_STORE_PUBLIC_ENDPOINT",
        ),
        ({"EARKIV_STORE_STAGING_SECRET": "hemligt"}, "EARKIV_STORE_STAGING_SECRET"),
        (
            {**KEYS, "EARKIV_STORE_STAGING": "s3://h", "EARKIV_STORE_STAGING_PUBLIC_ENDPOINT": "s3.example"},
            "EARKIV_STORE_STAGING_PUBLIC_ENDPOINT",
        ),
        ({"EARKIV_STORE_STAGING_PUBLIC_ENDPOINT": "https://s3"}, "EARKIV_STORE_STAGING_PUBLIC_ENDPOINT"),
        ({**KEYS, "EARKIV_STORE_ARCHIVE": "s3://h", "EARKIV_STORE_ARCHIVE_LOCK_DAYS": "-1"}, "LOCK_DAYS"),
        ({"EARKIV_STORE_ARCHIVE_3": "/mnt/3"}, "EARKIV_STORE_ARCHIVE_2"),
        ({"EARKIV_STORE_ARCHIVE": "/a", "EARKIV_STORE_PUBLIC": "/a/b"}, "archive"),
        ({**KEYS, "EARKIV_STORE_ARCHIVE": "s3://h", "EARKIV_STORE_PUBLIC": "s3://h/p"}, "public"),
    ],
)
def test_a_mistake_is_named_without_the_secret(environment: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError) as fault:
        read_settings({**environment, "EARKIV_WORKERS": "0"}, 1)
    for text in (fault.value.sv, fault.value.en):
        assert named in text
        assert "EARKIV_WORKERS" in text
        assert "hemligt" not in text


def test_a_setting_of_stores_is_known_and_others_are_not() -> None:
    settings = read_settings({"EARKIV_STORE_PUBLIC": "/p", "EARKIV_STORE_PUBLIC_LOCK_DAYS": "1"}, 1)
    assert settings.unknown == ("EARKIV_STORE_PUBLIC_LOCK_DAYS",)


def test_a_place_is_opened_as_what_it_is(tmp_path: Path) -> None:
    (place,) = read_stores({**KEYS, "EARKIV_STORE_ARCHIVE": "s3://hink/å"}).settings.archive
    assert place is not None
    assert isinstance(open_store(place, "archive", tmp_path), S3Store)
    assert isinstance(open_store(tmp_path, "archive-2", tmp_path), DirectoryStore)


def test_producers_reach_staging_where_it_is_named_to_them_and_no_other_store() -> None:
    public = "EARKIV_STORE_STAGING_PUBLIC_ENDPOINT"
    environment = {**KEYS, "EARKIV_STORE_STAGING": "s3://h/mellan", public: "https://s3.example.org"}
    staging = read_stores(environment).settings.staging
    assert isinstance(staging, S3Address)
    assert staging.public_endpoint == "https://s3.example.org"
    direct = open_direct(staging)
    assert direct
    address = direct.address("uploads/u/k", "id", Part(number=1, size=9), timedelta(minutes=1))
    assert address.startswith("https://s3.example.org/h/mellan/uploads/u/k?")
    assert "hemligt" not in address
    for not_named in (None, Path("/mapp"), replace(staging, public_endpoint=None)):
        assert open_direct(not_named) is None
    settings = read_settings({**KEYS, "EARKIV_STORE_ARCHIVE_PUBLIC_ENDPOINT": "https://s3.example.org"}, 1)
    assert settings.unknown == ("EARKIV_STORE_ARCHIVE_PUBLIC_ENDPOINT",)
