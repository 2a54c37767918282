"""What the how-to tells a producer to type, typed: by `curl`, which the slower tier has for certain."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.features import documented
from tests.features.api_client import KEY, Client, served

pytestmark = pytest.mark.ci
MOST_LINES: Final = 40


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path / "home") as client:
        yield client


def _address(client: Client) -> str:
    return str(client.http.base_url).rstrip("/")


def _script(client: Client, folder: Path) -> str:
    """Give the documented script for this archive, and put the documents of its case in place."""
    (script,) = (block for block in documented.blocks("producer") if block.startswith("#!"))
    for name in ("ansökan.pdf", "ritning.pdf"):
        (folder / name).write_text(name, encoding="utf-8")
    return script.replace("https://arkiv.example.se", _address(client))


def _run(script: str, folder: Path) -> str:
    """Run a script by the shell that its first line names."""
    program = folder / "deliver"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o700)
    return documented.run("./deliver", folder, EARKIV_API_KEY=KEY)


def test_the_documented_script_delivers_a_case_and_waits_for_its_receipt(client: Client, tmp_path: Path) -> None:
    script = _script(client, tmp_path)
    assert [_run(script, tmp_path) for _ in range(2)] == ["accepted\n", "accepted\n"]
    receipt = json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))
    assert {"documents/ansökan.pdf", "documents/ritning.pdf"} < {file["path"] for file in receipt["files"]}
    assert (receipt["delivery"], receipt["outcome"]) == ("2021-17", "accepted")
    assert len(script.splitlines()) <= MOST_LINES


def test_the_documented_script_hands_over_nothing_that_would_be_refused(client: Client, tmp_path: Path) -> None:
    wrong = _script(client, tmp_path).replace('"status": "closed"', '"status": "open"')
    with pytest.raises(AssertionError, match='"severity":"error"'):
        _run(wrong, tmp_path)
    assert client.archive.ports.catalogue.unfinished() == ()


def test_the_documented_command_makes_a_webhook(client: Client, tmp_path: Path) -> None:
    (block,) = (found for found in documented.blocks("producer") if "/v1/webhooks" in found)
    said = documented.run(block, tmp_path, archive=_address(client), auth=f"Authorization: Bearer {KEY}")
    assert json.loads(said)["secret"].startswith("whsec_")
