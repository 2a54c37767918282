"""Settings are read once, and all that is wrong with them is told at once."""

from pathlib import Path

import pytest

from access.settings import PublicSettings, SettingsRefused, read_settings
from access.store_place import BucketPlace


def test_home_is_enough() -> None:
    told = read_settings({"EARKIV_HOME": "/archive", "PATH": "/bin"})
    assert (told.store, told.index) == (Path("/archive/public/store"), Path("/archive/public/index.sqlite"))
    assert (told.name, told.host, told.port, told.url) == ("Läsesalen", "127.0.0.1", 8081, None)


def test_every_setting_arrives() -> None:
    told = read_settings(
        {
            "EARKIV_PUBLIC_STORE": "/s",
            "EARKIV_PUBLIC_INDEX": "/i",
            "EARKIV_PUBLIC_NAME": " Exempelstadens läsesal ",
            "EARKIV_PUBLIC_CONTACT": "arkivet@example.se",
            "EARKIV_PUBLIC_PHONE": "08-1",
            "EARKIV_PUBLIC_VISIT": "Gatan 1",
            "EARKIV_PUBLIC_URL": "https://example.se/arkiv/",
            "EARKIV_PUBLIC_HOST": "0.0.0.0",  # noqa: S104 - a setting that is read, nothing that listens
            "EARKIV_PUBLIC_PORT": "0",
        }
    )
    assert told == PublicSettings(
        store=Path("/s"),
        index=Path("/i"),
        name="Exempelstadens läsesal",
        contact="arkivet@example.se",
        phone="08-1",
        visit="Gatan 1",
        url="https://example.se/arkiv",
        host="0.0.0.0",  # noqa: S104 - a setting that is read, nothing that listens
        port=0,
    )


def test_all_mistakes_are_told_together_in_both_languages() -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings(
            {
                "EARKIV_PUBLIC_STORE": "/s",
                "EARKIV_PUBLIC_PROT": "80",
                "EARKIV_PUBLIC_PORT": "80 000",
                "EARKIV_PUBLIC_URL": "arkiv.example.se",
                "EARKIV_PUBLIC_CONTACT": "arkivet",
            }
        )
    told = [fault.sv for fault in refused.value.faults]
    assert [each.split()[0].rstrip(",") for each in told] == [
        "EARKIV_PUBLIC_PROT",
        "Ange",
        "EARKIV_PUBLIC_CONTACT",
        "EARKIV_PUBLIC_URL",
        "EARKIV_PUBLIC_PORT",
    ]
    assert all(fault.en in str(refused.value) for fault in refused.value.faults)


@pytest.mark.parametrize("port", ["65536", "-1", "٣", "1.5", "http"])
def test_a_port_is_a_port(port: str) -> None:
    with pytest.raises(SettingsRefused):
        read_settings({"EARKIV_HOME": "/a", "EARKIV_PUBLIC_PORT": port})


@pytest.mark.parametrize("url", ["ftp://x.se", "https://", "https://x.se/?a=1", "https://[x", "javascript:alert(1)"])
def test_an_address_is_an_address(url: str) -> None:
    with pytest.raises(SettingsRefused):
        read_settings({"EARKIV_HOME": "/a", "EARKIV_PUBLIC_URL": url})


def test_an_index_in_postgresql_takes_the_place_of_the_file() -> None:
    address = "postgresql://reader:secret@db/public"
    told = read_settings({"EARKIV_PUBLIC_STORE": "/s", "EARKIV_PUBLIC_DATABASE": address})
    assert told.database == address
    assert "secret" not in repr(told)


def test_a_database_of_another_kind_is_a_mistake() -> None:
    with pytest.raises(SettingsRefused, match="EARKIV_PUBLIC_DATABASE"):
        read_settings({"EARKIV_HOME": "/a", "EARKIV_PUBLIC_DATABASE": "mysql://db/public"})


_BUCKET = {
    "EARKIV_PUBLIC_STORE": "s3://public/room/",
    "EARKIV_PUBLIC_STORE_KEY_ID": "reader",
    "EARKIV_PUBLIC_STORE_SECRET": "hemligt",
    "EARKIV_PUBLIC_INDEX": "/i",
}


def test_a_store_in_a_bucket_is_read_with_a_key_of_its_own() -> None:
    told = read_settings({**_BUCKET, "EARKIV_PUBLIC_STORE_ENDPOINT": "http://s3:7480"})
    assert told.store == BucketPlace(
        bucket="public",
        prefix="room/",
        endpoint="http://s3:7480",
        key_id="reader",
        secret="hemligt",  # noqa: S106 - a setting that is read
    )
    assert "hemligt" not in repr(told)


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"EARKIV_PUBLIC_STORE": "s3://"}, 1),
        ({"EARKIV_PUBLIC_STORE": "s3://b@d/x"}, 1),
        ({"EARKIV_PUBLIC_STORE": "s3://public/../archive"}, 1),
        ({"EARKIV_PUBLIC_STORE": "http://s3/public"}, 3),
        ({"EARKIV_PUBLIC_STORE": "/srv/public"}, 2),
        ({"EARKIV_PUBLIC_STORE_SECRET": ""}, 1),
        ({"EARKIV_PUBLIC_STORE_KEY_ID": "", "EARKIV_PUBLIC_STORE_SECRET": ""}, 2),
        ({"EARKIV_PUBLIC_STORE_ENDPOINT": "s3:7480"}, 1),
        ({"EARKIV_PUBLIC_STORE_ENDPOINT": "http://[s3"}, 1),
        ({"EARKIV_PUBLIC_STORE_ENDPOINT": "http://s3:70000"}, 1),
        ({"EARKIV_PUBLIC_STORE_ENDPOINT": "http://who:secret@s3"}, 1),
    ],
)
def test_a_bucket_that_cannot_be_meant_is_told(said: dict[str, str], faults: int) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read_settings({**_BUCKET, **said})
    assert len(refused.value.faults) == faults, refused.value
    assert "hemligt" not in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "EARKIV_DATABASE",
        "EARKIV_FORMER_DATABASE",
        "EARKIV_BROKER_URL",
        "EARKIV_API_KEY",
        "EARKIV_METRICS_KEY",
        "EARKIV_S3_KEY_ID",
        "EARKIV_S3_SECRET",
        "EARKIV_STORE_ARCHIVE_SECRET",
        "EARKIV_STORE_PUBLIC_SECRET",
        "EARKIV_DESK_OIDC_SECRET",
    ],
)
def test_nothing_secret_of_the_archive_is_taken_along(name: str) -> None:
    """A reading room that holds it is no other building, whether it would use it or not."""
    assert read_settings({"EARKIV_HOME": "/archive", name: " "}).port == 8081
    with pytest.raises(SettingsRefused) as refused:
        read_settings({"EARKIV_HOME": "/archive", name: "hemligt"})
    assert name in str(refused.value)
    assert "hemligt" not in str(refused.value)


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"EARKIV_HOME": "/a"}, "/a/public/requests/requests.sqlite"),
        ({"EARKIV_HOME": "/a", "EARKIV_PUBLIC_REQUESTS": "/r.sqlite"}, "/r.sqlite"),
        ({"EARKIV_HOME": "/a", "EARKIV_PUBLIC_REQUESTS": "postgresql://r@/d"}, "postgresql://r@/d"),
        ({"EARKIV_PUBLIC_STORE": "/s", "EARKIV_PUBLIC_INDEX": "/i"}, None),
    ],
)
def test_requests_lie_beside_what_is_read_or_where_it_is_said(told: dict[str, str], where: str | None) -> None:
    settings = read_settings(told)
    assert settings.requests == where
    assert "r@" not in repr(settings)
