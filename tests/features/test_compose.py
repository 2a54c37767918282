"""The compose file and the image: what can be said of them without an engine to run them."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from access.settings import KNOWN, SettingsRefused
from access.settings import read_settings as read_public
from ingest.config import read_settings

REPOSITORY = Path(__file__).resolve().parents[2]
COMPOSE = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
LASTING = ("postgres", "redis", "publicdb", "api", "worker", "room")
PASSWORDS = ("EARKIV_DB_PASSWORD", "ROOM_WRITER_PASSWORD", "ROOM_READER_PASSWORD", "ROOM_ADMIN_PASSWORD")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def services() -> dict[str, str]:
    """The text of each service, by the file's own indentation."""
    block = COMPOSE.partition("\nservices:\n")[2].partition("\nnetworks:\n")[0]
    parts = re.split(r"^  ([a-z]+):\n", block, flags=re.MULTILINE)
    shared = COMPOSE.partition("x-archive: &archive\n")[2].partition("\nservices:\n")[0]
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    return {name: text.replace("<<: *archive", shared) for name, text in told.items()}


def environment_of(service: str) -> dict[str, str]:
    """What a service is told, with each value as the file says it."""
    return dict(re.findall(r"^ +([A-Z][A-Z_0-9]+): (.*)$", services()[service], flags=re.MULTILINE))


def networks_of(service: str) -> set[str]:
    (named,) = re.findall(r"networks: \[(.*)\]", services()[service])
    return set(named.split(", "))


def mounts_of(service: str) -> set[str]:
    listed = re.findall(r"volumes:(?: \[(.*)\]|((?:\n +- .*)+))", services()[service])
    return set(re.findall(r"[\w./-]+:/[\w./-]+(?::ro)?", "".join(one or other for one, other in listed)))


@pytest.mark.ci
def test_a_compose_command_accepts_the_file() -> None:
    command = _compose_command()
    if command is None:
        assert set(services()) == {*LASTING, "establish", "earkiv"}
        return
    environment = {**os.environ, **dict.fromkeys(PASSWORDS, "losenord")}
    answer = subprocess.run(
        [*command, "config"], check=False, capture_output=True, text=True, cwd=REPOSITORY, env=environment
    )
    assert answer.returncode == 0, answer.stderr
    assert "workers.app" in answer.stdout
    assert "postgresql://earkiv:losenord@postgres/earkiv" in answer.stdout


def _compose_command() -> tuple[str, ...] | None:
    for command in (("docker", "compose"), ("docker-compose",)):
        if shutil.which(command[0]) and _works((*command, "version")):
            return command
    return None


def _works(command: tuple[str, ...]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("name", [*LASTING, "establish", "earkiv"])
def test_no_service_can_write_to_its_image_or_gain_rights(name: str) -> None:
    service = services()[name]
    assert "read_only: true" in service
    assert "cap_drop: [ALL]" in service
    assert "no-new-privileges:true" in service


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_tells_its_health_and_comes_back(name: str) -> None:
    assert "healthcheck:" in services()[name]
    assert "restart: unless-stopped" in services()[name]


def test_the_ping_goes_to_the_worker_by_its_name() -> None:
    names = re.findall(r"--(?:hostname|destination)=([a-z@]+)", services()["worker"])
    assert len(names) == 2
    assert len(set(names)) == 1


def test_nothing_is_open_to_other_machines() -> None:
    assert re.findall(r'ports: \["([^"]*)"\]', COMPOSE) == ["127.0.0.1:8080:8080", "127.0.0.1:8081:8081"]


def test_no_password_stands_in_the_file() -> None:
    assert all(said.startswith("${") for said in re.findall(r"PASSWORD: (\S+)", COMPOSE))


def test_every_setting_of_the_file_is_one() -> None:
    named = dict.fromkeys(re.findall(r"^    (EARKIV_[A-Z_0-9]+):", COMPOSE, flags=re.MULTILINE), "")
    assert read_settings(named, 1).unknown == ()


def test_the_procfile_starts_what_the_compose_file_starts() -> None:
    lines = [line for line in (REPOSITORY / "Procfile").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert {line.partition(":")[0] for line in lines} == {"api", "worker"}
    assert all("workers.app" in line or "earkiv serve" in line for line in lines)


def test_the_reading_room_has_a_procfile_of_its_own() -> None:
    """Whoever starts one starts all that stands in it, in one environment."""
    lines = (REPOSITORY / "Procfile.public").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line[0] != "#"] == ["room: python -m access"]


def test_the_reading_room_is_told_of_its_own_settings_alone() -> None:
    told = environment_of("room")
    assert told
    assert all(name.startswith("EARKIV_PUBLIC_") for name in told)
    asked = set(re.findall(r"\$\{([A-Z_0-9]+)", services()["room"]))
    assert {name for name in asked if not name.startswith("EARKIV_PUBLIC_")} == {"ROOM_READER_PASSWORD"}
    given = {name: value for name, value in told.items() if not value.startswith("${")}
    settings = read_public({**given, "EARKIV_PUBLIC_PORT": "8081", "EARKIV_PUBLIC_STORE": "/var/lib/earkiv/public"})
    assert settings.database is not None
    assert settings.database.startswith("postgresql://earkiv_reader:")


def test_every_setting_that_the_reading_room_takes_can_be_said_in_the_file() -> None:
    left_out = {"EARKIV_PUBLIC_INDEX"}
    with pytest.raises(SettingsRefused) as refused:
        read_public(dict.fromkeys(environment_of("room"), "\0"))
    assert not [fault.en for fault in refused.value.faults if "is no setting" in fault.en]
    assert {f"EARKIV_PUBLIC_{name}" for name in KNOWN} - left_out == set(environment_of("room"))


def test_the_reading_room_reaches_neither_the_archive_nor_its_stores() -> None:
    assert networks_of("room") == {"reading"}
    assert {name for name in LASTING if "reading" in networks_of(name)} == {"publicdb", "room"}
    assert "publicdb" not in {name for name in LASTING if "archive" in networks_of(name)}
    assert mounts_of("room") == {"public:/var/lib/earkiv/public:ro"}
    assert "public:/var/lib/earkiv/public" in mounts_of("worker")
    assert "*archive" not in COMPOSE.partition("\n  room:\n")[2].partition("\n  # ")[0]
    told = services()["room"]
    for secret in ("EARKIV_DB_PASSWORD", "ROOM_WRITER", "ROOM_ADMIN", "EARKIV_S3", "EARKIV_HOME", "earkiv/home"):
        assert secret not in told


def test_what_the_archive_writes_the_room_reads_with_less_rights() -> None:
    for name in ("api", "worker", "establish", "earkiv"):
        told = environment_of(name)
        assert "earkiv_publisher:" in told["EARKIV_PUBLIC_DATABASE"]
        assert told["EARKIV_STORE_PUBLIC"] == "${EARKIV_STORE_PUBLIC:-/var/lib/earkiv/public}"
        assert "ROOM_READER" not in services()[name]
        assert "@publicdb/earkiv_requests" in told["EARKIV_PUBLIC_REQUESTS"]
        assert "//earkiv_desk:${ROOM_WRITER_PASSWORD:" in told["EARKIV_PUBLIC_REQUESTS"]
    assert "//earkiv_asker:${ROOM_READER_PASSWORD:" in environment_of("room")["EARKIV_PUBLIC_REQUESTS"]
    users = {"public-index": {"earkiv_publisher", "earkiv_reader"}, "public-requests": {"earkiv_desk", "earkiv_asker"}}
    for name, made in users.items():
        script = (REPOSITORY / "docs" / "how-to" / f"{name}.sql").read_text(encoding="utf-8")
        assert made == set(re.findall(r"CREATE ROLE (\w+)", script))
        place = f"./docs/how-to/{name}.sql:/docker-entrypoint-initdb.d/{name}.sql:ro"
        assert place in services()["publicdb"]


def test_every_image_has_a_version_and_ours_is_the_projects() -> None:
    images = re.findall(r"image: (\S+)", COMPOSE)
    assert all(re.search(r":\d", image) for image in images)
    assert {image for image in images if image.startswith("earkiv")} == {f"earkiv:{PROJECT['project']['version']}"}


def test_the_image_is_built_from_locks_and_runs_without_root() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    installs = re.findall(r"pip install (.*)", DOCKERFILE)
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert "earkiv schemas install" in stages[-2]
    assert re.findall(r"^USER (\S+)", stages[-1], flags=re.MULTILINE) == ["earkiv"]


def test_everything_that_the_image_is_built_from_is_sent_to_the_builder() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed = {*packages, "requirements", "pyproject.toml", PROJECT["project"]["readme"]}
    sent = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert needed <= sent
    assert all((REPOSITORY / name).exists() for name in sent)
