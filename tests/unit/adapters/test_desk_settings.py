"""How people sign in at the desk, as the environment says it."""

import pytest

from ingest.adapters.desk_settings import DeskSettings, read_desk
from ingest.config import read_settings
from ingest.errors import ConfigurationError

WHOLE = {
    "EARKIV_DESK_URL": "https://arkiv.example.se/",
    "EARKIV_DESK_OIDC_ISSUER": "https://login.example.se",
    "EARKIV_DESK_OIDC_CLIENT": "skrivbordet",
}


def test_nothing_said_is_nobody_signing_in_that_way() -> None:
    read = read_desk({})
    assert (read.settings, read.mistakes) == (DeskSettings(), ())


def test_what_is_said_is_read() -> None:
    more = {
        "EARKIV_DESK_OIDC_SECRET": "hemlig",
        "EARKIV_DESK_OIDC_ROLES": "groups",
        "EARKIV_DESK_OIDC_AGENCY": "org",
        "EARKIV_DESK_OIDC_SCOPE": "openid profile groups",
    }
    settings = read_settings(WHOLE | more, 1).desk
    assert settings.url == "https://arkiv.example.se"
    assert settings.oidc is not None
    assert (settings.oidc.client_id, settings.oidc.scope) == ("skrivbordet", "openid profile groups")
    assert (settings.oidc.names.roles, settings.oidc.names.agency) == ("groups", "org")
    assert "hemlig" not in repr(settings)
    plain = read_desk(WHOLE).settings.oidc
    assert plain is not None
    assert (plain.secret, plain.names.roles, plain.names.agency) == (None, "roles", "agency")


@pytest.mark.parametrize("name", WHOLE)
def test_half_of_it_is_a_mistake_that_names_what_is_missing(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is missing"):
        read_settings({key: value for key, value in WHOLE.items() if key != name}, 1)


def test_a_secret_alone_is_a_mistake_and_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as told:
        read_settings({"EARKIV_DESK_OIDC_SECRET": "hemlig"}, 1)
    assert "hemlig" not in told.value.sv + told.value.en


@pytest.mark.parametrize("address", ["http://login.example.se", "login.example.se", "https://x/?a=b", "https://[x"])
@pytest.mark.parametrize("name", ["EARKIV_DESK_URL", "EARKIV_DESK_OIDC_ISSUER"])
def test_an_address_is_https_unless_it_is_this_machine(name: str, address: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        read_settings(WHOLE | {name: address}, 1)
    assert read_desk(WHOLE | {name: "http://127.0.0.1:8080"}).mistakes == ()


def test_where_browsers_come_may_be_said_alone() -> None:
    assert read_desk({"EARKIV_DESK_URL": "https://arkiv.example.se"}).settings.oidc is None
