"""Settings: what is read, what holds by default, and that all mistakes come at once."""

import logging
from ipaddress import ip_network
from pathlib import Path
from typing import Final

import pytest

from ingest.adapters.clamd import ClamdAddress
from ingest.adapters.log_lines import LogForm
from ingest.adapters.secrets import Secret
from ingest.config import Language, Settings, read_settings
from ingest.domain.receivers import Receivers
from ingest.errors import ConfigurationError


def test_an_empty_environment_gives_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({"EARKIV_HOME": "", "EARKIV_WORKERS": " "}, processors=3)
    assert settings.home == tmp_path / "earkiv-home"
    assert settings.schemas is None
    assert settings.language is Language.SWEDISH
    assert settings.workers == 3
    assert settings.clamd is None
    assert settings.unknown == ()


EVERY: Final = {
    "EARKIV_HOME": "/srv/arkiv",
    "EARKIV_SCHEMAS": "/srv/scheman",
    "EARKIV_LANG": "en",
    "EARKIV_WORKERS": "4",
    "EARKIV_BATCH_SIZE": "2",
    "EARKIV_LOCK_WAIT": "0",
    "EARKIV_TOOL_PATIENCE": "60",
    "EARKIV_TOOL_MEMORY": "1024",
    "EARKIV_ARCHIVE_NAME": "Exempelstadens stadsarkiv",
    "EARKIV_TOOLS": "/opt/verktyg",
    "EARKIV_CONVERSION_SECONDS": "60",
    "EARKIV_CONVERSION_MEMORY": "512",
    "EARKIV_CONVERSION_BYTES": "100",
    "EARKIV_CONVERSION_SMALL_SECONDS": "5",
    "EARKIV_CONVERSION_SMALL_MEMORY": "200",
    "EARKIV_CONVERSIONS": "3",
    "EARKIV_VERAPDF": "/opt/verapdf/verapdf",
    "EARKIV_BROKER_URL": "redis://:hemligt@mq:6379/0",
    "EARKIV_CLAMD": "tcp:skanner:3310",
    "EARKIV_CLAMD_MAX_BYTES": "1000",
    "EARKIV_CLAMD_MAX_AGE_DAYS": "2",
    "EARKIV_CLAMD_TIMEOUT": "30",
    "EARKIV_WEBHOOK_HOSTS": "Exempelstaden=a.example, *.B.example; *=c.example;",
    "EARKIV_WEBHOOK_NETWORKS": "10.20.0.0/16, fd00::/8",
    "EARKIV_TEST_DAYS": "7",
    "EARKIV_WOKERS": "4",
    "PATH": "/bin",
}


def test_every_setting_is_read() -> None:
    assert read_settings(EVERY, processors=1) == Settings(
        home=Path("/srv/arkiv"),
        schemas=Path("/srv/scheman"),
        language=Language.ENGLISH,
        workers=4,
        batch_size=2,
        lock_wait_seconds=0,
        tool_patience_seconds=60,
        tool_memory_mib=1024,
        archive_name="Exempelstadens stadsarkiv",
        tools="/opt/verktyg",
        conversion_seconds=60,
        conversion_memory=512,
        conversion_bytes=100,
        conversion_small_seconds=5,
        conversion_small_memory=200,
        conversions=3,
        verapdf=Path("/opt/verapdf/verapdf"),
        broker=Secret("redis://:hemligt@mq:6379/0"),
        clamd=ClamdAddress(host="skanner", port=3310),
        clamd_max_bytes=1000,
        test_days=7,
        clamd_max_age_days=2,
        clamd_timeout_seconds=30,
        receivers=Receivers(
            networks=(ip_network("10.20.0.0/16"), ip_network("fd00::/8")),
            hosts={"Exempelstaden": ("a.example", "*.b.example"), "*": ("c.example",)},
        ),
        unknown=("EARKIV_WOKERS",),
    )


def test_what_an_operator_sets_is_read() -> None:
    settings = read_settings(
        {
            "EARKIV_METRICS_KEY": "en-nyckel",
            "EARKIV_STUCK_MINUTES": "5",
            "EARKIV_LEAST_RATE": "0",
            "EARKIV_LOG": "text",
        },
        processors=1,
    )
    assert (settings.metrics_key, settings.stuck_minutes, settings.log) == (Secret("en-nyckel"), 5, LogForm.TEXT)
    assert settings.least_rate == 0
    assert "en-nyckel" not in repr(settings)
    with pytest.raises(ConfigurationError, match="EARKIV_LOG is 'xml' but must be json or text") as fault:
        read_settings({"EARKIV_LOG": "xml", "EARKIV_METRICS_KEY": "en nyckel"}, processors=1)
    assert "en nyckel" not in fault.value.sv


def test_all_mistakes_are_told_together_in_both_languages() -> None:
    with pytest.raises(ConfigurationError) as fault:
        read_settings(
            {"EARKIV_LANG": "fi", "EARKIV_WORKERS": "0", "EARKIV_LOCK_WAIT": "-1", "EARKIV_HOME": "a\0b"},
            processors=1,
        )
    for text in (fault.value.sv, fault.value.en):
        assert all(f"EARKIV_{name}" in text for name in ("LANG", "WORKERS", "LOCK_WAIT", "HOME"))
    assert "sv eller en" in fault.value.sv
    assert "sv or en" in fault.value.en


@pytest.mark.parametrize(("timeout", "patience"), [("60", "60"), ("61", "60"), ("", "299")])
def test_a_scanner_may_not_be_silent_for_longer_than_counts_as_dead(timeout: str, patience: str) -> None:
    """Beside the other mistakes; the file that is being scanned would be told as one that kills its process."""
    wrong = {"EARKIV_CLAMD_TIMEOUT": timeout, "EARKIV_TOOL_PATIENCE": patience, "EARKIV_WORKERS": "0"}
    with pytest.raises(ConfigurationError) as fault:
        read_settings({**wrong, "EARKIV_CLAMD": "unix:/run/clamd"}, processors=1)
    for text in (fault.value.sv, fault.value.en):
        assert all(f"EARKIV_{name}" in text for name in ("CLAMD_TIMEOUT", "TOOL_PATIENCE", "WORKERS"))


def test_the_patience_of_a_scanner_is_of_no_account_where_there_is_none() -> None:
    assert read_settings({"EARKIV_TOOL_PATIENCE": "60"}, processors=1).clamd_timeout_seconds == 300
    scanned = {"EARKIV_CLAMD": "unix:/run/clamd", "EARKIV_TOOL_PATIENCE": "60", "EARKIV_CLAMD_TIMEOUT": "59"}
    assert read_settings(scanned, processors=1).clamd_timeout_seconds == 59


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NETWORKS", "10.20.0.1/16"),
        ("NETWORKS", "x"),
        ("NETWORKS", "10.0.0.0/8,"),
        ("HOSTS", "a.example"),
        ("HOSTS", "=a.example"),
        ("HOSTS", "Exempelstaden="),
        ("HOSTS", "Exempelstaden=https://a.example"),
    ],
)
def test_where_webhooks_may_go_is_said_exactly(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"EARKIV_WEBHOOK_{name}"):
        read_settings({f"EARKIV_WEBHOOK_{name}": value}, processors=1)


@pytest.mark.parametrize("value", ["0", "100001", "many", "1.5"])
def test_a_number_out_of_bounds_is_a_mistake(value: str) -> None:
    with pytest.raises(ConfigurationError, match="EARKIV_BATCH_SIZE"):
        read_settings({"EARKIV_BATCH_SIZE": value}, processors=1)


def test_a_broker_address_that_is_wrong_is_not_shown() -> None:
    with pytest.raises(ConfigurationError, match="EARKIV_BROKER_URL") as fault:
        read_settings({"EARKIV_BROKER_URL": ":hemligt@mq"}, processors=1)
    assert "hemligt" not in fault.value.sv + fault.value.en


def test_a_broker_address_is_not_shown_with_the_other_settings() -> None:
    settings = read_settings({"EARKIV_BROKER_URL": "redis://:hemligt@mq:6379/0"}, processors=1)
    assert "hemligt" not in repr(settings)
    assert settings.broker.reveal() == "redis://:hemligt@mq:6379/0"


@pytest.mark.parametrize("name", ["EARKIV_DATABASE", "EARKIV_FORMER_DATABASE", "EARKIV_PUBLIC_DATABASE"])
def test_a_wrong_address_of_a_database_is_not_shown(name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_settings({name: "postgres//arkiv:hemligt@db/public"}, processors=1)
    assert name in str(refused.value)
    assert "hemligt" not in str(refused.value)


def test_a_secret_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret("hemligt")
    logging.getLogger("test").warning("%s %r", secret, secret)
    shown = f"{secret} {secret!r} {[secret]} {secret:>5} {caplog.text}"
    assert "hemligt" not in shown
    assert "***" in shown
    assert secret.reveal() == "hemligt"
    assert secret == Secret("hemligt") != Secret("annat")
    assert not hasattr(secret, "__dict__")
