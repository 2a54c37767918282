"""Everything works with the network cut, and no socket is even asked for.

The cut is real: the commands run in a network namespace of their own, in which even loopback is down.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from samples.cases.crowd import crowd
from tests.architecture.source_tree import REPOSITORY
from tests.features.front_door import Answer, Door
from tests.unit.samples.described import BUILDERS, DELIVERIES

WATCH = REPOSITORY / "tests" / "features" / "socket_watch"
CONNECT = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5).close()"
IN_A_CHILD = (
    "import os, socket\nfrom concurrent.futures import ProcessPoolExecutor\nfrom multiprocessing import get_context\n"
    "if __name__ == '__main__':\n print(os.getpid())\n with ProcessPoolExecutor(1, get_context('spawn')) as pool:\n"
    "  pool.submit(socket.socket).exception()\n"
)


@pytest.fixture(scope="module")
def cut() -> tuple[str, ...]:
    """What runs a command without any network; where that is not to be had, a visible skip, in CI a failure."""
    command = ("unshare", "-n") if os.geteuid() == 0 else ("unshare", "-rn")
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, encoding="utf-8", check=False)
        fault = tried.stderr.strip() if tried.returncode else ""
    except FileNotFoundError as error:
        fault = str(error)
    if fault:
        missing = f"network namespaces are not to be had here ({' '.join(command)}: {fault})"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return command


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """One package of each dialect, and one whose files go to more than one process."""
    folder = tmp_path_factory.mktemp("packages")
    paths = tuple(folder / dialect for dialect in BUILDERS)
    for path in paths:
        told = replace(DELIVERIES["klagomal"](), identity=str(uuid5(NAMESPACE_OID, path.name)))
        BUILDERS[path.name](told, path)
    many = folder / "many"
    BUILDERS["fgs12"](crowd(cases=3, documents=10, size=100), many)
    return (*paths, many)


@pytest.fixture
def heard() -> Iterator[int]:
    """A port of this machine at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_network_is_really_cut(cut: tuple[str, ...], heard: int) -> None:
    connect = [sys.executable, "-c", CONNECT, str(heard)]
    assert subprocess.run(connect, check=False).returncode == 0
    without = subprocess.run([*cut, *connect], capture_output=True, encoding="utf-8", check=False)
    assert without.returncode == 1
    assert "OSError" in without.stderr


def test_the_watch_sees_sockets_of_children_too(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(IN_A_CHILD, encoding="utf-8")
    watched = os.environ | watching(tmp_path / "asked")
    parent = subprocess.run(
        [sys.executable, str(script)], env=watched, check=True, capture_output=True, encoding="utf-8"
    )
    asked = [line.split() for line in (tmp_path / "asked").read_text().splitlines()]
    assert asked[0][1] == "socket.__new__"
    assert asked[0][0] != parent.stdout.strip()


def test_the_watch_sees_a_command_that_asks(heard: int, tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home", settings=watching(tmp_path / "asked"))
    assert door.run("serve", "--port", str(heard)).code == 2
    assert (tmp_path / "asked").exists()


def test_packages_live_their_whole_life_without_network(
    cut: tuple[str, ...], packages: tuple[Path, ...], tmp_path: Path
) -> None:
    live(Door(home=tmp_path / "home", within=cut, settings={"EARKIV_WORKERS": "2", "EARKIV_BATCH_SIZE": "3"}), packages)


def test_packages_live_their_whole_life_without_asking_for_a_socket(packages: tuple[Path, ...], tmp_path: Path) -> None:
    settings = {"EARKIV_WORKERS": "2", "EARKIV_BATCH_SIZE": "3"} | watching(tmp_path / "asked")
    live(Door(home=tmp_path / "home", settings=settings), packages)
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def test_addresses_in_real_packages_are_not_followed(cut: tuple[str, ...], corpus: Path, tmp_path: Path) -> None:
    """The same is found with the network cut as with it, and nobody asks for a socket."""
    real = with_addresses(corpus)
    assert len(real) >= 10
    watched = Door(home=tmp_path / "home", settings=watching(tmp_path / "asked"))
    without = Door(home=tmp_path / "home", within=cut)
    assert found(without, real) == found(watched, real)
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def test_real_packages_are_taken_in_without_network(cut: tuple[str, ...], corpus: Path, tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home", within=cut)
    (public_360,) = (corpus / "fgs" / "p360").glob("*.zip")
    answer = door.run("ingest", "--json", corpus / "fgs" / "fgs12-sample" / "fgs12-erms", public_360)
    assert [receipt["outcome"] for receipt in answer.document] == ["accepted", "rejected"]
    assert door.run("verify", "--all").code == 0


def watching(asked: Path) -> dict[str, str]:
    """The settings by which every process of a command writes down the sockets it asks for."""
    return {"PYTHONPATH": os.pathsep.join((str(WATCH), str(REPOSITORY))), "SOCKET_WATCH": str(asked)}


def live(door: Door, packages: tuple[Path, ...]) -> None:
    """Judge packages, take them in, verify, list, show and export them, and rebuild the catalogue."""
    well(door.run("validate", "--html", door.home.with_name("page.html"), *packages))
    receipts = well(door.run("ingest", "--json", *packages)).document
    assert [receipt["outcome"] for receipt in receipts] == ["accepted"] * len(packages)
    well(door.run("verify", "--all"))
    well(door.run("rules"))
    for receipt, form in zip(receipts, ("csip", "fgs-1.2", "bagit"), strict=False):
        to = door.home.with_name(f"{form}.zip")
        well(door.run("export", receipt["package"], "--as", form, "--to", to))
        assert to.stat().st_size > 0
    well(door.run("rebuild"))
    assert len(well(door.run("list", "--json")).document) == len(packages)


def well(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err or answer.out
    return answer


def with_addresses(corpus: Path) -> tuple[Path, ...]:
    """The packages of the corpus in which a schemaLocation gives an address on the web."""
    rows = (corpus / "eark" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    eark = dict.fromkeys(corpus / "eark" / json.loads(row)["package"] for row in rows)
    fgs = (corpus / "fgs" / "fgs12-sample" / "fgs12-erms", *(corpus / "fgs" / "riksarkivet-fgs20").glob("*METS.xml"))
    return tuple(path for path in (*eark, *fgs) if _has_address(path))


def _has_address(package: Path) -> bool:
    documents = [package] if package.is_file() else package.rglob("*.xml")
    texts = (path.read_bytes() for path in documents if path.is_file())
    return any(b"schemaLocation=" in text and b"http" in text.partition(b"schemaLocation=")[2][:500] for text in texts)


def found(door: Door, paths: tuple[Path, ...]) -> Any:
    return door.run("validate", "--json", *paths).document
